import type { PseudonymousAccount } from '../../domain/account.ts';
import type { Finding } from '../../domain/finding.ts';
import { ACCOUNT_DETECTOR_VERSION } from './account-facts.ts';
import type { TravelSettings } from './settings.ts';

const EARTH_RADIUS_KM = 6_371;
const HOUR_MS = 3_600_000;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Two visits that no traveller makes. */
interface TravelJump {
  readonly from: string;
  readonly to: string;
  readonly hours: number;
  /** The shortest way between the two countries' edges, in km. */
  readonly distanceKm: number;
}

/** Shortest way from country to country in km: great circle between centres (haversine) less both radii, at least 0. */
const countryDistanceKm = (from: string, to: string, settings: TravelSettings): number => {
  const [a, b] = [settings.countries[from], settings.countries[to]];
  if (a === undefined || b === undefined || from === to) return 0;
  const half =
    Math.sin(radians(b[0] - a[0]) / 2) ** 2 +
    Math.cos(radians(a[0])) * Math.cos(radians(b[0])) * Math.sin(radians(b[1] - a[1]) / 2) ** 2;
  return Math.max(0, 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(half)) - a[2] - b[2]);
};

/** Jumps between successive visits whose networks can be placed; visits through others are passed over. */
const findJumps = (account: PseudonymousAccount, settings: TravelSettings): TravelJump[] => {
  const placed = account.sessions.filter(
    (session) => session.country !== undefined && settings.classes.includes(session.networkClass),
  );
  const jumps: TravelJump[] = [];
  for (const [position, session] of placed.entries()) {
    const before = placed[position - 1];
    if (before?.country === undefined || session.country === undefined) continue;
    const distanceKm = countryDistanceKm(before.country, session.country, settings);
    const hours = (session.atMs - before.atMs) / HOUR_MS;
    if (distanceKm > hours * settings.maxSpeedKmh)
      jumps.push({ from: before.country, to: session.country, hours, distanceKm });
  }
  return jumps;
};

/** The finding that an account is used in two places at once; a sign of a stolen account, never of a cluster. */
export const findImpossibleTravel = (account: PseudonymousAccount, settings: TravelSettings): Finding[] => {
  const jumps = findJumps(account, settings);
  const [first] = jumps;
  if (first === undefined || jumps.length < settings.minJumps) return [];
  return [
    {
      detector: 'account',
      detectorVersion: ACCOUNT_DETECTOR_VERSION,
      violationType: 'ACC_IMPERSONATION_HIJACK',
      probability: settings.probability01,
      summary: `The account was used in ${first.from} and ${first.to} in less time than the way takes, ${jumps.length} times: somebody else may have it.`,
      evidence: jumps.slice(0, 10).map((jump) => ({
        kind: 'FACT',
        why: `From ${jump.from} to ${jump.to}, at least ${Math.round(jump.distanceKm)} km, in ${jump.hours.toFixed(1)} hours, over networks that show where one is.`,
        name: 'impossible travel',
        value: Math.round(jump.distanceKm),
        unit: 'km',
      })),
      about: 'impossible-travel',
      signals: { jumps: jumps.length },
    },
  ];
};
