import { isoTime, LAST_MS, msBefore } from './demo-calendar.ts';
import type { DemoLanguage } from './demo-cast/cast-seller.ts';
import { drawAddress, HOME_COUNTRIES, type DemoNetwork, type HomeCountry } from './demo-cast/demo-networks.ts';
import { FIRST_NAMES, PLACES, USER_AGENTS } from './demo-cast/people-words.ts';
import type { DemoAccount } from './demo-records.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A buyer with what the review writer has to know of them. */
export interface DemoBuyer {
  readonly account: DemoAccount;
  readonly country: HomeCountry;
  readonly language: DemoLanguage;
  /** How often the buyer reviews, in proportion. */
  readonly eagerness: number;
}

const COUNTRY_WEIGHTS: readonly (readonly [HomeCountry, number])[] = [
  ['US', 18],
  ['GB', 14],
  ['DE', 12],
  ['ES', 9],
  ['RU', 8],
  ['FR', 6],
  ['CN', 6],
  ['NL', 4],
  ['IT', 4],
  ['SE', 3],
  ['PL', 4],
  ['AT', 3],
  ['CA', 5],
  ['AU', 4],
  ['MX', 4],
  ['BR', 2],
  ['KZ', 2],
  ['JP', 2],
];

const languageOf = (country: HomeCountry, random: SeededRandom): DemoLanguage => {
  const home = HOME_COUNTRIES[country].language.slice(0, 2);
  const own: DemoLanguage = home === 'de' || home === 'es' || home === 'ru' || home === 'zh' ? home : 'en';
  return random.chance(own === 'en' ? 1 : 0.72) ? own : 'en';
};

const drawCountry = (random: SeededRandom): HomeCountry => {
  let left = random.next01() * COUNTRY_WEIGHTS.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [country, weight] of COUNTRY_WEIGHTS) {
    left -= weight;
    if (left < 0) return country;
  }
  return 'US';
};

/** What two accounts may have in common; anything left out is the account's own. */
interface SharedThings {
  readonly country?: HomeCountry;
  readonly network?: DemoNetwork;
  /** Addresses from which the account comes, in turn. */
  readonly ips?: readonly string[];
  readonly deviceIds?: readonly string[];
  readonly payments?: readonly string[];
  readonly address?: {
    readonly line: string;
    readonly city: string;
    readonly postcode: string;
    readonly country: string;
  };
  readonly registeredAtMs?: number;
}

/** Makes people one after the other; each gets a number that tells nothing about the group. */
export const createPeopleMaker = (random: SeededRandom) => {
  const numbers = random.fork('numbers').sample(
    Array.from({ length: 900 }, (_unused, index) => index + 1),
    900,
  );
  let made = 0;
  return (shared: SharedThings = {}): DemoBuyer => {
    const number = numbers[made] ?? made;
    made += 1;
    const id = `buyer-${String(number).padStart(4, '0')}`;
    const chance = random.fork(id);
    const country = shared.country ?? drawCountry(chance);
    const place = PLACES[country];
    const [city, postcode] = chance.pick(place.towns);
    const registeredAtMs = shared.registeredAtMs ?? msBefore(chance.between(45, 1_100));
    const ips =
      shared.ips ??
      Array.from({ length: chance.integer(1, 2) }, () => drawAddress(shared.network ?? 'HOME', country, chance));
    const deviceIds =
      shared.deviceIds ??
      Array.from(
        { length: chance.pick([1, 1, 2]) },
        (_unused, index) => `dev-${number.toString(36)}${chance.integer(100_000, 999_999).toString(36)}${index}`,
      );
    const sessionCount = Math.max(ips.length, deviceIds.length, chance.integer(2, 4));
    const span = LAST_MS - registeredAtMs;
    const sessions = Array.from({ length: sessionCount }, (_unused, index) => ({
      at: isoTime(registeredAtMs + (index === 0 ? 0 : span * chance.next01())),
      ip: ips[index % ips.length] ?? '192.0.2.1',
      deviceId: deviceIds[index % deviceIds.length] ?? 'dev-none',
      userAgent: USER_AGENTS[(number + index) % USER_AGENTS.length] ?? USER_AGENTS[0],
      timeZone: HOME_COUNTRIES[country].timeZone,
      language: HOME_COUNTRIES[country].language,
    })).sort((left, right) => left.at.localeCompare(right.at));
    const name = chance.pick(FIRST_NAMES);
    return {
      country,
      language: languageOf(country, chance),
      eagerness: chance.pick([1, 1, 1, 2, 2, 3, 6]),
      account: {
        id,
        kind: 'BUYER',
        registeredAt: isoTime(registeredAtMs),
        email: `${
          name
            .normalize('NFD')
            .replace(/[^A-Za-z]/gu, '')
            .toLowerCase() || 'kunde'
        }.${number}@mail.example`,
        ...(chance.chance(0.3) ? { phone: `+44 20 7946 0${String(number).padStart(3, '0')}` } : {}),
        displayName: `${name} ${chance.pick(['A', 'B', 'D', 'F', 'H', 'K', 'L', 'M', 'P', 'R', 'S', 'T'])}.`,
        sessions,
        payments: (shared.payments ?? [`card-fp-${chance.integer(1e8, 9e8).toString(36)}${number.toString(36)}`]).map(
          (fingerprint) => ({ fingerprint, kind: 'CARD' as const }),
        ),
        addresses: [
          shared.address ?? {
            line: `${chance.pick(place.streets)} ${chance.integer(1, 180)}, ${number % 40}`,
            city,
            postcode,
            country,
          },
        ],
      },
    };
  };
};
