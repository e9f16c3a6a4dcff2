import { postgresBulkStore } from '../adapters/postgres/bulk-store.ts';
import type { CaseClock } from '../adapters/postgres/case-clock.ts';
import { postgresCaseFeed } from '../adapters/postgres/case-feed.ts';
import { postgresCaseStore } from '../adapters/postgres/case-store.ts';
import type { Database } from '../adapters/postgres/database.ts';
import { readDashboard } from '../adapters/postgres/dashboard.ts';
import { postgresDecisionStore } from '../adapters/postgres/decision-store.ts';
import { postgresQualityStore } from '../adapters/postgres/quality-store.ts';
import { postgresSearchStore } from '../adapters/postgres/search-store.ts';
import { postgresMacroStore, postgresSavedViewStore } from '../adapters/postgres/shelf-stores.ts';
import { postgresSellerAppealStore } from '../adapters/postgres/seller-appeal-store.ts';
import { findSamePicture } from '../adapters/postgres/same-picture.ts';
import { findSimilarCases } from '../adapters/postgres/similar-cases.ts';
import type { AssayRuleset } from '../adapters/rules/rule-schemas.ts';
import type { CaseworkDeps } from '../http/casework-deps.ts';
import { lossTeller } from '../pipeline/appeals/lost-by-decision.ts';
import { followCases } from '../pipeline/casework/case-stream.ts';
import { creditPreviewer } from '../pipeline/casework/preview-credit.ts';
import { creditReportsFrom, type CreditRules, type LedgerStore } from '../pipeline/credit-reports.ts';
import type { IdSource } from '../pipeline/ports.ts';
import type { Queries } from '../pipeline/queries.ts';

export interface CaseworkParts {
  readonly prisma: Database;
  /** The published rules, asked for anew each time. */
  readonly rules: () => AssayRuleset;
  readonly ledger: LedgerStore;
  readonly creditRules: () => CreditRules;
  readonly queries: Pick<Queries, 'cases'>;
  readonly ids: IdSource;
  readonly clock: CaseClock;
  readonly onError: (fault: unknown) => void;
}

/** Time between two looks for what happened to cases, while somebody listens. */
const STREAM_POLL_MS = 500;

/** Builds what working cases needs. */
export function composeCasework(parts: CaseworkParts): CaseworkDeps {
  const { prisma, rules, ledger, creditRules, queries, ids, clock, onError } = parts;
  const reports = creditReportsFrom(ledger, creditRules);
  return {
    ports: {
      cases: postgresCaseStore(prisma, clock, () => rules().queues.priority),
      decisions: postgresDecisionStore(prisma, ids),
      bulks: postgresBulkStore(prisma, clock),
      queries,
      settings: () => rules().settings['casework.yaml'],
      violations: () => rules().violations,
      rulesetDigest: () => rules().digest,
      quarantineDays: () => rules().settings['credit.yaml'].quarantineDays,
      previewCredit: creditPreviewer(ledger, creditRules),
      async pointsOf(sellerId) {
        const nowMs = clock.nowMs();
        return (await reports.report(sellerId, { asOfMs: nowMs, knownAtMs: nowMs }))?.penaltyPoints ?? 0;
      },
      legalIdOf: async (sellerId) => (sellerId === undefined ? undefined : (await ledger.subject(sellerId))?.legalId),
      lostByDecision: lossTeller(ledger, creditRules),
      ids,
      clock,
    },
    appeals: {
      store: postgresSellerAppealStore(prisma, ids, () => rules().queues.priority),
      settings: () => rules().settings['casework.yaml'],
      appealHours: () => rules().queues.appealHours,
      ids,
      clock,
    },
    queueTitles: () => rules().queues.queues,
    skillTitles: () => rules().queues.skills,
    stream: followCases(postgresCaseFeed(prisma), { pollMs: STREAM_POLL_MS, onError }),
    search: postgresSearchStore(prisma, clock),
    quality: {
      looks: postgresQualityStore(prisma),
      settings: () => rules().settings['casework.yaml'],
      ids,
      clock,
      roll01: Math.random,
    },
    readDashboard: (scope) =>
      readDashboard(
        prisma,
        { ...scope, nowMs: clock.nowMs() },
        new Map(rules().queues.queues.map(({ name, title }) => [name, title])),
      ),
    macros: { store: postgresMacroStore(prisma), clock, ids },
    savedViews: { store: postgresSavedViewStore(prisma), clock, ids },
    samePicture: (id, reach) => findSamePicture(prisma, clock, id, reach),
    similarCases: (id, reach) => findSimilarCases(prisma, clock, id, reach),
  };
}
