import { AppError } from '../domain/errors.ts';
import type { Finding } from '../domain/finding.ts';
import type { StandingLine } from '../credit/buyer-standing.ts';
import { reportBuyer, type BuyerPorts } from './buyer-reports.ts';
import type { IdSource } from './ports.ts';

/** What a buyer says against their standing. */
export interface StandingAppeal {
  readonly id: string;
  readonly accountId: string;
  /** The lines that are disputed. */
  readonly about: readonly StandingLine[];
  readonly statement: string;
  readonly submittedBy: string;
  readonly submittedAtMs: number;
}

/** An appeal with what a person made of it. */
export interface JudgedAppeal extends StandingAppeal {
  readonly state: 'OPEN' | 'GRANTED' | 'REJECTED';
  readonly decidedAtMs?: number;
}

export interface StandingAppealStore {
  /** Of an account, newest first. */
  list(accountId: string): Promise<readonly JudgedAppeal[]>;
  /** Keeps the appeal and has the account looked at again, so that it comes to a person. */
  save(appeal: StandingAppeal): Promise<void>;
}

export interface StandingAppealPorts {
  readonly store: StandingAppealStore;
  readonly buyers: BuyerPorts;
  readonly ids: IdSource;
  readonly kickOutbox: () => void;
}

/**
 * Takes a buyer's appeal against lines of their standing. Only a person decides it, as a case about the account; where it
 * is granted, what was settled before then counts no more. While an appeal is open a second one waits for it.
 *
 * @throws AppError `resource.not-found` where the account is not stored; `resource.conflict` where an appeal is open, or
 * nothing of what it is about counts against the buyer.
 */
export async function appealStanding(
  ports: StandingAppealPorts,
  accountId: string,
  told: Pick<StandingAppeal, 'about' | 'statement' | 'submittedBy'>,
): Promise<JudgedAppeal> {
  const report = await reportBuyer(ports.buyers, accountId);
  if (report === undefined) throw new AppError('resource.not-found', `There is no account “${accountId}”.`);
  const held = report.appealableLines;
  const about = told.about.length === 0 ? held : told.about;
  const free = about.filter((line) => !held.includes(line));
  if (about.length === 0 || free.length > 0)
    throw new AppError(
      'resource.conflict',
      `Nothing of ${about.length === 0 ? 'any kind' : free.join(', ')} counts against this buyer, so there is nothing to appeal.`,
    );
  const open = (await ports.store.list(accountId)).find(({ state }) => state === 'OPEN');
  if (open !== undefined)
    throw new AppError('resource.conflict', `The appeal ${open.id} of this buyer is open: a person decides it first.`);
  const appeal = { ...told, about, id: ports.ids.next(), accountId, submittedAtMs: ports.buyers.clock.nowMs() };
  await ports.store.save(appeal);
  ports.kickOutbox();
  return { ...appeal, state: 'OPEN' };
}

/** What an open appeal is to the check of an account: something that a person must decide, whatever else was found. */
export function appealFindings(appeals: readonly JudgedAppeal[], probability: number): readonly Finding[] {
  return appeals
    .filter(({ state }) => state === 'OPEN')
    .map(({ id, about, statement }) => ({
      detector: 'buyer-appeal',
      detectorVersion: 1,
      violationType: 'SYS_STANDING_APPEAL',
      probability,
      summary: `The buyer says that their standing is wrong in what it says of ${about.join(', ')}. Confirm where they are right: what was settled until now then counts no more.`,
      evidence: [
        { kind: 'FACT', why: 'The buyer says why.', name: 'statement', value: statement },
        { kind: 'FACT', why: 'The appeal is about these lines.', name: 'lines', value: about.join(', ') },
      ],
      about: id,
      signals: {},
    }));
}
