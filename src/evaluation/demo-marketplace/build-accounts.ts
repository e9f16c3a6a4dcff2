import { DAY_MS, HOUR_MS, isoTime, msBefore } from './demo-calendar.ts';
import { drawAddress, HOME_COUNTRIES, type HomeCountry } from './demo-cast/demo-networks.ts';
import { PLACES } from './demo-cast/people-words.ts';
import { DEMO_SELLERS } from './demo-cast/demo-sellers.ts';
import type { DemoAccount, DemoTruth } from './demo-records.ts';
import { createPeopleMaker, type DemoBuyer } from './make-people.ts';
import type { SeededRandom } from './seeded-random.ts';

/** All people of the demo, in the groups in which the stories need them. */
export interface DemoPeople {
  readonly ordinary: DemoBuyer[];
  readonly praiseRing: DemoBuyer[];
  readonly gadgetRing: DemoBuyer[];
  readonly attackRing: DemoBuyer[];
  readonly sockPuppets: DemoBuyer[];
  readonly families: DemoBuyer[][];
  readonly students: DemoBuyer[];
  readonly sellerAccounts: DemoAccount[];
}

const spreadOver = (startMs: number, hours: number, random: SeededRandom): number =>
  startMs + Math.round(random.next01() * hours * HOUR_MS);

const repeat = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_unused, index) => make(index));

/** Makes every account of the demo and tells the truth which of them belong together. */
export const buildAccounts = (random: SeededRandom, truth: DemoTruth): DemoPeople => {
  const makePerson = createPeopleMaker(random);
  const ordinary = repeat(412, () => makePerson());

  const hidden = random.fork('hidden');
  const relay = repeat(8, () => makePerson({ network: 'RELAY', country: 'US' }));
  const lonelyVpn = repeat(6, () => makePerson({ network: 'VPN' }));
  const towers = repeat(3, () => drawAddress('MOBILE', 'US', hidden));
  const mobile = repeat(36, (index) => makePerson({ country: 'US', ips: [towers[index % 3] ?? '172.56.10.10'] }));
  const officeIp = drawAddress('OFFICE', 'DE', hidden);
  const office = repeat(12, () => makePerson({ country: 'DE', ips: [officeIp, drawAddress('HOME', 'DE', hidden)] }));

  const families = [4, 3].map((size, house) => {
    const country: HomeCountry = house === 0 ? 'NL' : 'ES';
    const ip = drawAddress('HOME', country, hidden);
    const address =
      house === 0
        ? { line: 'Kerkstraat 14', city: 'Haarlem', postcode: '2011 CD', country: 'NL' }
        : { line: 'calle del Sol 8, 3º B', city: 'Valencia', postcode: '46001', country: 'ES' };
    return repeat(size, (index) =>
      makePerson({
        country,
        ips: [ip],
        address,
        deviceIds: [`dev-tablet-${house}`, `dev-phone-${house}-${index}`],
        payments: index < 2 ? [`card-fp-household-${house}`] : [`card-fp-own-${house}-${index}`],
      }),
    );
  });

  const dormIp = drawAddress('UNIVERSITY', 'DE', hidden);
  const students = repeat(18, () =>
    makePerson({
      country: 'DE',
      ips: [dormIp],
      address: { line: 'Studentenwohnheim Am Markt 3', city: 'Leipzig', postcode: '04109', country: 'DE' },
      registeredAtMs: spreadOver(msBefore(400), 24 * 12, hidden),
    }),
  );

  const praiseRing = repeat(14, (index) =>
    makePerson({
      registeredAtMs: spreadOver(msBefore(46), 24 * 6, hidden),
      ...(index < 6 ? { deviceIds: [`dev-click-${Math.floor(index / 2)}`] } : {}),
      ...(index < 5 ? { network: 'HOSTING' as const } : {}),
    }),
  );
  const gadgetRing = repeat(10, () => makePerson({ registeredAtMs: spreadOver(msBefore(75), 24 * 20, hidden) }));
  const lampworldDevice = 'dev-lw-office';
  const attackRing = repeat(12, (index) =>
    makePerson({
      registeredAtMs: spreadOver(msBefore(30), 24 * 3, hidden),
      network: index % 2 === 0 ? 'VPN' : 'HOSTING',
      ...(index < 5 ? { deviceIds: [lampworldDevice, `dev-lw-${index}`] } : {}),
      ...(index >= 3 && index < 8 ? { payments: ['card-fp-lw-prepaid'] } : {}),
    }),
  );
  const puppetBlocks = repeat(3, () => drawAddress('HOSTING', 'US', hidden).split('.').slice(0, 3).join('.'));
  const sockPuppets = repeat(12, (index) =>
    makePerson({
      registeredAtMs: spreadOver(msBefore(24), 36, hidden),
      country: index % 3 === 0 ? 'PL' : 'DE',
      ips: repeat(2, () => `${puppetBlocks[index % 3] ?? '51.68.9'}.${hidden.integer(2, 250)}`),
      deviceIds: [`dev-farm-${index % 4}`],
      payments: [`card-fp-prepaid-${index % 2}`],
      ...(index < 5
        ? { address: { line: 'ulica Polna 77, box 5', city: 'Gdańsk', postcode: '80-001', country: 'PL' } }
        : {}),
    }),
  );

  const sellerAccounts = DEMO_SELLERS.map((seller): DemoAccount => {
    const chance = random.fork(`owner of ${seller.id}`);
    const country: HomeCountry = seller.country in HOME_COUNTRIES ? (seller.country as HomeCountry) : 'PL';
    const own = { deviceId: `dev-shop-${seller.id.slice(2)}`, payment: `bank-fp-${seller.id.slice(2)}` };
    const device =
      seller.id === 's-lampworld' ? lampworldDevice : seller.id === 's-trendrush' ? 'dev-farm-0' : own.deviceId;
    const payment = seller.id === 's-trendrush' ? 'card-fp-prepaid-0' : own.payment;
    const registeredAtMs = msBefore(seller.registeredDaysAgo);
    const ip = drawAddress('HOME', country, chance);
    return {
      id: `owner-${seller.id.slice(2)}`,
      kind: 'SELLER',
      sellerId: seller.id,
      registeredAt: isoTime(registeredAtMs),
      email: `shop@${seller.id.slice(2)}.example`,
      displayName: seller.storeName,
      sessions: repeat(3, (index) => ({
        at: isoTime(registeredAtMs + index * DAY_MS * Math.floor((seller.registeredDaysAgo - 1) / 3)),
        ip,
        deviceId: device,
        timeZone: HOME_COUNTRIES[country].timeZone,
        language: HOME_COUNTRIES[country].language,
      })),
      payments: [{ fingerprint: payment, kind: 'BANK_ACCOUNT' }],
      addresses: [
        {
          line: `${chance.pick(PLACES[country].streets)} ${chance.integer(1, 90)}`,
          city: PLACES[country].towns[0]?.[0] ?? 'Gdańsk',
          country,
        },
      ],
    };
  });

  const idsOf = (people: readonly DemoBuyer[]): string[] => people.map(({ account }) => account.id);
  truth.clusters.push(
    {
      id: 'trendrush-puppets',
      members: [...idsOf(sockPuppets), 'owner-trendrush'],
      story:
        'Twelve buyers made within 36 hours on rented servers with four devices and two prepaid cards; one device and one card are those of the shop they praise.',
    },
    {
      id: 'lampworld-attackers',
      members: [...idsOf(attackRing.slice(0, 8)), 'owner-lampworld'],
      story: 'Attackers that share a device with the competitor’s own account, and a prepaid card.',
    },
  );
  families.forEach((family, house) => {
    truth.notClusters.push({
      id: `family-${house + 1}`,
      members: idsOf(family),
      story: 'A family: one address, one connection, one tablet, the parents’ card. Each buys what they like.',
    });
  });
  truth.notClusters.push(
    {
      id: 'dormitory',
      members: idsOf(students),
      story: 'Eighteen students in one house behind one address, who came in the same fortnight.',
    },
    { id: 'office', members: idsOf(office), story: 'Colleagues who shop from the office network.' },
    {
      id: 'mobile-towers',
      members: idsOf(mobile),
      story: 'Subscribers behind three shared addresses of a mobile network.',
    },
  );
  for (const [people, why] of [
    [lonelyVpn, 'Uses a VPN, shares nothing with anybody. A VPN alone is no violation.'],
    [relay, 'Comes through a privacy relay, which never weighs against anybody.'],
    [families.flat(), 'Lives with others under one roof.'],
    [students, 'Lives in a student dormitory.'],
    [office, 'Shops from the office.'],
    [mobile, 'Shares an address of a mobile network with strangers.'],
  ] as const) {
    for (const { account } of people) truth.mustNotFlag.push({ subject: 'ACCOUNT', id: account.id, why });
  }
  return {
    ordinary: [...ordinary, ...relay, ...lonelyVpn, ...mobile, ...office],
    praiseRing,
    gadgetRing,
    attackRing,
    sockPuppets,
    families,
    students,
    sellerAccounts,
  };
};
