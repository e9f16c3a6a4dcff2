import type { Decision } from '../domain/decision.ts';
import type { Finding } from '../domain/finding.ts';
import type { DecisionInput } from '../policy/decision-input.ts';
import type { CaseDraft } from './effects.ts';
import type { Clock } from './ports.ts';
import type { CreditReports } from './queries.ts';

/** A seller of whom the marketplace says that the papers are forged, and nobody has judged it. */
export interface ForgedPapers {
  readonly sellerId: string;
  /** The version of the seller that said it. */
  readonly version: number;
  readonly market?: string;
}

export interface ForgedPapersStore {
  waiting(limit: number): Promise<readonly ForgedPapers[]>;
  /** Opens the case, told as an event, unless there is one for what was said. */
  open(papers: ForgedPapers, draft: CaseDraft, nowMs: number): Promise<'opened' | 'known'>;
}

export interface ForgedPapersPorts {
  readonly store: ForgedPapersStore;
  readonly decide: (input: DecisionInput) => Decision;
  /** Probability of what the marketplace says. */
  readonly claim01: () => number;
  readonly reports: CreditReports;
  readonly clock: Clock;
}

const ROUND = 100;
const HOUR_MS = 3_600_000;

/**
 * Brings forged papers of sellers to a person, routed by the rules as any finding is: until somebody has judged them they
 * are a strike, and no more. Gives how many cases it opened.
 */
export async function openForgedCases(ports: ForgedPapersPorts): Promise<number> {
  let opened = 0;
  for (;;) {
    const waiting = await ports.store.waiting(ROUND);
    for (const papers of waiting) if ((await openOne(ports, papers)) === 'opened') opened += 1;
    if (waiting.length < ROUND) return opened;
  }
}

async function openOne({ store, decide, claim01, reports, clock }: ForgedPapersPorts, papers: ForgedPapers) {
  const { sellerId, market } = papers;
  const nowMs = clock.nowMs();
  const report = await reports.report(sellerId, { asOfMs: nowMs, knownAtMs: nowMs });
  const finding: Finding = {
    detector: 'kyb',
    detectorVersion: 1,
    violationType: 'ACC_FALSE_QUALIFICATION',
    probability: claim01(),
    summary: 'The marketplace says that the papers of this business are forged.',
    evidence: [],
    about: sellerId,
    signals: {},
  };
  const decision = decide({
    subject: { kind: 'SELLER', id: sellerId, sellerId },
    findings: [finding],
    context: {
      sellerTier: report?.tier ?? 'NEW',
      sellerPoints: report?.penaltyPoints ?? 0,
      isLive: false,
      exposure: 0,
      nowMs,
      preCheckShare01: 0,
      postCheckShare01: 0,
      sampleRoll01: 1,
      ...(market === undefined ? {} : { market }),
    },
  });
  return store.open(
    papers,
    {
      caseKey: `KYB/${sellerId}`,
      queue: decision.queue ?? 'general',
      neededSkills: decision.neededSkills ?? [],
      severity: decision.severity,
      violationType: finding.violationType,
      confidence01: finding.probability,
      subjectKind: 'SELLER',
      subjectId: sellerId,
      sellerId,
      pictureKeys: [],
      summary: finding.summary,
      dueAtMs: nowMs + (decision.slaHours ?? 0) * HOUR_MS,
    },
    nowMs,
  );
}
