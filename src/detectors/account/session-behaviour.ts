import type { PseudonymousAccount } from '../../domain/account.ts';
import type { BehaviourEdge } from './behaviour.ts';
import type { AccountSettings, TravelSettings } from './settings.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DEGREES_PER_HOUR = 15;
const KM_PER_DEGREE = 111;

type SessionSettings = AccountSettings['sessions'];

/**
 * What accounts have in common in when and how they come: visits minutes apart again and again (SESSION_TIMING), and a
 * clock set to the same zone that is not that of the country they seem to come from (TIME_ZONE). People of one household
 * do both, so these kinds only support what speaks already (`supportingBehaviours`). One edge a kind and pair.
 */
export const sessionEdges = (
  accounts: readonly PseudonymousAccount[],
  { sessions, travel }: { readonly sessions: SessionSettings; readonly travel: TravelSettings },
): BehaviourEdge[] => {
  const visitors = accounts.map((account) => ({
    id: account.id,
    times: account.sessions.map(({ atMs }) => atMs).sort((a, b) => a - b),
    oddZones: oddZonesOf(account, sessions, travel),
  }));
  const edges: BehaviourEdge[] = [];
  for (const [position, left] of visitors.entries()) {
    for (const right of visitors.slice(position + 1)) {
      const timing = timingNats(left.times, right.times, sessions.timing);
      if (timing !== undefined)
        edges.push({
          a: left.id,
          b: right.id,
          kind: 'SESSION_TIMING',
          nats: timing.nats,
          why: `${left.id} and ${right.id} came within ${sessions.timing.withinMinutes} minutes of each other ${timing.together} times.`,
        });
      const zone = [...left.oddZones].find((name) => right.oddZones.has(name));
      if (zone !== undefined)
        edges.push({
          a: left.id,
          b: right.id,
          kind: 'TIME_ZONE',
          nats: sessions.timeZone.nats,
          why: `The clocks of ${left.id} and ${right.id} are both set to ${zone}, which is not where their networks are.`,
        });
    }
  }
  return edges;
};

/** How surprising it is that visits of two accounts lie so near: a Chernoff bound of the Poisson tail, in nats. */
const timingNats = (
  left: readonly number[],
  right: readonly number[],
  { withinMinutes, minTogether, rhythmFactor, capNats }: SessionSettings['timing'],
): { together: number; nats: number } | undefined => {
  const windowMs = withinMinutes * MINUTE_MS;
  let together = 0;
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    const gapMs = (right[j] ?? 0) - (left[i] ?? 0);
    if (Math.abs(gapMs) <= windowMs) {
      together += 1;
      i += 1;
      j += 1;
    } else if (gapMs > 0) i += 1;
    else j += 1;
  }
  if (together < minTogether) return undefined;
  const first = Math.min(left[0] ?? 0, right[0] ?? 0);
  const spanMs = Math.max(DAY_MS, Math.max(left.at(-1) ?? 0, right.at(-1) ?? 0) - first);
  // Everybody comes at the same hours of the day, so chance is higher than an even spread would give.
  const expected = (rhythmFactor * left.length * right.length * 2 * windowMs) / spanMs;
  if (together <= expected) return undefined;
  return { together, nats: Math.min(capNats, together * Math.log(together / expected) - together + expected) };
};

/** Zones that the browser told in several visits and that cannot be those of the country of the network. */
const oddZonesOf = (
  { sessions }: PseudonymousAccount,
  { timeZone }: SessionSettings,
  travel: TravelSettings,
): ReadonlySet<string> => {
  const counts = new Map<string, number>();
  for (const { atMs, timeZone: zone, country } of sessions) {
    if (zone === undefined || country === undefined || !isOdd({ zone, country, atMs }, timeZone.slackHours, travel))
      continue;
    counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= timeZone.minSessions).map(([zone]) => zone));
};

/**
 * Whether a zone's offset is further from the sun's time in the country than its width and the slack allow. Clocks run
 * ahead of the sun by up to three hours in places (western China, Spain in summer).
 */
const isOdd = (
  { zone, country, atMs }: { readonly zone: string; readonly country: string; readonly atMs: number },
  slackHours: number,
  { countries }: TravelSettings,
): boolean => {
  const place = countries[country];
  const offset = offsetHours(zone, atMs);
  if (place === undefined || offset === undefined) return false;
  const [latitude, longitude, radiusKm] = place;
  const widthDegrees = radiusKm / (KM_PER_DEGREE * Math.max(0.2, Math.cos((latitude * Math.PI) / 180)));
  const apart = Math.abs(offset - longitude / DEGREES_PER_HOUR);
  return Math.min(apart, 24 - apart) > widthDegrees / DEGREES_PER_HOUR + slackHours;
};

/** Hours ahead of UTC in an IANA zone at a moment; undefined for a name that is none. */
const offsetHours = (zone: string, atMs: number): number | undefined => {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const match = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name);
    if (match === null) return undefined;
    const hours = Number(match[2] ?? 0) + Number(match[3] ?? 0) / 60;
    return match[1] === '-' ? -hours : hours;
  } catch {
    // Browsers tell zones that this engine does not know, and some tell nonsense.
    return undefined;
  }
};
