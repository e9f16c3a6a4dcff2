import { replayCredit } from '../pipeline/replay-credit.ts';
import { remindKyb } from '../pipeline/remind-kyb.ts';
import { creditModelOf } from '../pipeline/simulate-ruleset.ts';
import type { CreditRules } from '../pipeline/credit-reports.ts';
import type { Runtime } from './runtime.ts';

/** Automatic measures are counted within an hour; older rows serve nobody. */
const MEASURES_KEPT_MS = 2 * 24 * 3_600_000;

/** The daily work of one process: replays all credit, reminds of identity duties, clears what the breaker counted. */
export async function runNightly(runtime: Runtime, reason: string): Promise<void> {
  const { ledger, clock, logger, metrics, credit, connected, creditRules } = runtime;
  const models = new Map<string, CreditRules | undefined>();
  const rulesOf = async (rulesetDigest: string): Promise<CreditRules | undefined> => {
    if (!models.has(rulesetDigest)) {
      const version = await runtime.rulesets.store.find(rulesetDigest);
      models.set(rulesetDigest, version && { model: creditModelOf(version.files), rulesetDigest });
    }
    return models.get(rulesetDigest);
  };
  const replay = await replayCredit({ ledger, clock, rules: creditRules, rulesOf });
  metrics.creditReplayed(replay.faults.length);
  if (replay.faults.length > 0)
    logger.error(
      { faults: replay.faults.slice(0, 10), count: replay.faults.length },
      'stored credit is not what the ledger says',
    );
  const reminders = await remindKyb(credit.kyb);
  const olderThan = new Date(clock.nowMs() - MEASURES_KEPT_MS);
  const cleared = await connected.prisma.automaticMeasure.deleteMany({ where: { at: { lt: olderThan } } });
  const { faults, ...counts } = replay;
  logger.info(
    { reason, ...counts, faults: faults.length, reminders, cleared: cleared.count },
    'the nightly work is done',
  );
}
