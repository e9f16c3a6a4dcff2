import type { BreakerStop, CheckEffects } from '../../pipeline/effects.ts';
import type { IdSource } from '../../pipeline/ports.ts';
import type { Transaction } from './database.ts';
import { recordEvents } from './record-events.ts';

const HOUR_MS = 3_600_000;

/** Name of the lock under which automatic measures are counted one after the other. */
const BREAKER_LOCK = 7_310_004;

interface Counts {
  readonly inAll: number;
  readonly ofSeller: number;
  readonly byRule: Readonly<Record<string, number>>;
}

/**
 * Lets an automatic measure pass and counts it, or gives what is written instead. Measures are counted under one lock,
 * so that two workers never both take the last place; above a quota, which is when there are many, nobody waits for it.
 */
export async function passBreaker(
  tx: Transaction,
  ids: IdSource,
  { check, breaker, nowMs }: CheckEffects,
): Promise<BreakerStop | undefined> {
  if (breaker === undefined) return undefined;
  const { sellerId, ruleIds } = breaker;
  const now = new Date(nowMs);
  const since = new Date(nowMs - HOUR_MS);
  let stop = breaker.ask(await countMeasures(tx, since, sellerId));
  if (stop === undefined) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${BREAKER_LOCK})`;
    stop = breaker.ask(await countMeasures(tx, since, sellerId));
  }
  if (stop === undefined) {
    await tx.automaticMeasure.createMany({
      data: [{ checkId: check.id, sellerId: sellerId ?? null, ruleIds: [...ruleIds], at: now }],
      skipDuplicates: true,
    });
    return undefined;
  }
  await recordTrip(tx, ids, stop, { sellerId, now });
  return stop;
}

async function countMeasures(tx: Transaction, since: Date, sellerId: string | undefined): Promise<Counts> {
  const rows = await tx.$queryRaw<{ ruleId: string | null; count: number }[]>`
    SELECT NULL AS "ruleId", count(*)::int AS count FROM automatic_measure WHERE at > ${since}
    UNION ALL SELECT '', count(*)::int FROM automatic_measure WHERE at > ${since} AND "sellerId" = ${sellerId ?? null}
    UNION ALL SELECT rule, count(*)::int FROM automatic_measure, unnest("ruleIds") AS rule WHERE at > ${since} GROUP BY rule`;
  const countOf = (name: string | null): number => rows.find(({ ruleId }) => ruleId === name)?.count ?? 0;
  return {
    inAll: countOf(null),
    ofSeller: countOf(''),
    byRule: Object.fromEntries(rows.flatMap(({ ruleId, count }) => (ruleId ? [[ruleId, count]] : []))),
  };
}

/** The alert is an event, once for each quota and hour; further stops are counted. */
async function recordTrip(
  tx: Transaction,
  ids: IdSource,
  { answer }: BreakerStop,
  { sellerId, now }: { readonly sellerId: string | undefined; readonly now: Date },
): Promise<void> {
  const { by, why } = answer;
  const key = by === 'RULE' ? (answer.ruleId ?? '') : by === 'SELLER' ? (sellerId ?? '') : '';
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  const [row] = await tx.$queryRaw<{ stopped: number }[]>`
    INSERT INTO breaker_trip ("by", key, hour, why, "firstAt") VALUES (${by}, ${key}, ${hour}, ${why}, ${now})
    ON CONFLICT ("by", key, hour) DO UPDATE SET stopped = breaker_trip.stopped + 1 RETURNING stopped`;
  if (row?.stopped !== 1) return;
  const subject = by === 'SELLER' ? `SELLER/${key}` : `RULE/${key === '' ? 'all' : key}`;
  await recordEvents(tx, ids, [{ type: 'assay.breaker.tripped', subject, data: { by, key, why } }], now);
}
