import { postgresCaseStore } from '../adapters/postgres/case-store.ts';
import type { Database } from '../adapters/postgres/database.ts';
import type { AssayRuleset } from '../adapters/rules/rule-schemas.ts';
import type { CaseworkDeps } from '../http/casework-deps.ts';
import type { Clock } from '../pipeline/ports.ts';

interface CaseworkParts {
  readonly prisma: Database;
  /** The published rules, asked for anew each time. */
  readonly rules: () => AssayRuleset;
  readonly clock: Clock;
}

/** Builds what working cases needs. */
export function composeCasework({ prisma, rules, clock }: CaseworkParts): CaseworkDeps {
  return {
    ports: {
      cases: postgresCaseStore(prisma, () => rules().queues.priority),
      settings: () => rules().settings['casework.yaml'],
      clock,
    },
    queueTitles: () => rules().queues.queues,
  };
}
