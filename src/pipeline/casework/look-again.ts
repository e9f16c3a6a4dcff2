import { AppError } from '../../domain/errors.ts';
import type {
  AgreementRow,
  AgreementView,
  BlindResult,
  DisputedLook,
  Judgement,
} from '../../domain/views/quality-view.ts';
import type { CaseworkSettings } from '../../policy/casework-settings.ts';
import { classOf, cohensKappa } from '../../policy/kappa.ts';
import type { Clock, IdSource } from '../ports.ts';
import type { QualityStore, StoredLook } from './quality-store.ts';
import type { Reviewer } from './reviewer.ts';

export interface QualityPorts {
  readonly looks: QualityStore;
  readonly settings: () => CaseworkSettings;
  readonly ids: IdSource;
  readonly clock: Clock;
  /** A number in 0 ≤ roll < 1, for choosing between samples and golden cases. */
  readonly roll01: () => number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A decided case to be judged once more; now and then one whose answer is known. */
export async function takeLook(ports: QualityPorts, reviewer: Reviewer): Promise<StoredLook | undefined> {
  const { looks, settings, ids, clock, roll01 } = ports;
  const nowMs = clock.nowMs();
  const { goldenShare01, blindLookHours } = settings();
  const golden = () =>
    looks.takeGolden(reviewer.id, { id: ids.next(), nowMs, dueAtMs: nowMs + blindLookHours * HOUR_MS });
  const isGolden = roll01() < goldenShare01;
  const first = isGolden ? await golden() : undefined;
  return first ?? looks.take({ id: reviewer.id, queues: reviewer.reach.queues }, nowMs);
}

/** The second judgement. Only now is the first one told. */
export async function answerLook(
  { looks, clock }: QualityPorts,
  reviewer: Reviewer,
  id: string,
  { note, ...second }: Judgement & { readonly note: string },
): Promise<BlindResult> {
  const look = await looks.find(id);
  if (look === undefined || look.secondBy !== reviewer.id)
    throw new AppError('resource.not-found', `There is no second look “${id}” of yours.`);
  const agreement = classOf(look.first) === classOf(second) ? 'AGREE' : 'DISAGREE';
  const isWritten = await looks.answer(id, reviewer.id, { second, note, state: agreement, nowMs: clock.nowMs() });
  if (!isWritten) throw new AppError('resource.conflict', 'This second look was answered already.');
  const needsAdjudication = agreement === 'DISAGREE' && look.kind === 'SAMPLE';
  return { id, agreement, first: look.first, second, needsAdjudication };
}

/** A lead's word on which of two judgements holds. */
export async function settleLook(
  { looks }: QualityPorts,
  reviewer: Reviewer,
  id: string,
  holds: 'FIRST' | 'SECOND',
): Promise<BlindResult> {
  const look = await looks.find(id);
  if (look?.second === undefined) throw new AppError('resource.not-found', `There is no answered second look “${id}”.`);
  if (look.firstBy === reviewer.id || look.secondBy === reviewer.id)
    throw new AppError('case.same-person', 'Whoever gave one of the judgements cannot say which holds.');
  if (!(await looks.settle(id, reviewer.id, holds)))
    throw new AppError('resource.conflict', 'Nothing is in dispute here any more.');
  return { id, agreement: 'DISAGREE', first: look.first, second: look.second, needsAdjudication: false };
}

/** How far reviewers agree, over the looks of the last days. */
export async function measureAgreement({ looks, settings, clock }: QualityPorts, days: number): Promise<AgreementView> {
  const answered = (await looks.answered(clock.nowMs() - days * DAY_MS)).filter(
    (one): one is StoredLook & { second: Judgement; secondBy: string } => one.second !== undefined,
  );
  const samples = answered.filter(({ kind }) => kind === 'SAMPLE');
  const names = await looks.names([...new Set(answered.flatMap(({ firstBy, secondBy }) => [firstBy, secondBy]))]);
  const row = (key: string, title: string, of: readonly (StoredLook & { second: Judgement })[]): AgreementRow => {
    const measured = cohensKappa(of.map(({ first, second }) => [classOf(first), classOf(second)] as const));
    const { kappaAlarmBelow, kappaAlarmPairs } = settings();
    const { kappa } = measured;
    return {
      key,
      title,
      ...measured,
      isAlarming: kappa !== undefined && measured.pairs >= kappaAlarmPairs && kappa < kappaAlarmBelow,
    };
  };
  const types = [...new Set(samples.map(({ violationType }) => violationType))].toSorted();
  const people = [...new Set(samples.flatMap(({ firstBy, secondBy }) => [firstBy, secondBy]))].toSorted();
  const golden = answered.filter(({ kind }) => kind === 'GOLDEN');
  const nameOf = (id: string): string => names.get(id) ?? id;
  return {
    overall: row('overall', 'All', samples),
    byViolationType: types.map((type) =>
      row(
        type,
        type,
        samples.filter(({ violationType }) => violationType === type),
      ),
    ),
    byReviewer: people.map((id) =>
      row(
        id,
        nameOf(id),
        samples.filter(({ firstBy, secondBy }) => firstBy === id || secondBy === id),
      ),
    ),
    golden: [...new Set(golden.map(({ secondBy }) => secondBy))].toSorted().map((personId) => {
      const own = golden.filter(({ secondBy }) => secondBy === personId);
      const correct = own.filter(({ state }) => state === 'AGREE').length;
      return { personId, name: nameOf(personId), looks: own.length, correct };
    }),
    waiting: await looks.countWaiting(),
    toAdjudicate: (await looks.disputed(1_000)).length,
  };
}

/** Disputes for a lead, oldest first. */
export async function listDisputes({ looks }: QualityPorts): Promise<DisputedLook[]> {
  return (await looks.disputed(200)).flatMap(({ second, secondBy, answeredAtMs, ...look }) =>
    second === undefined || secondBy === undefined
      ? []
      : [
          {
            id: look.id,
            caseId: look.caseId,
            kind: look.kind,
            firstBy: look.firstBy,
            secondBy,
            first: look.first,
            second,
            note: look.note,
            at: new Date(answeredAtMs ?? 0).toISOString(),
          },
        ],
  );
}
