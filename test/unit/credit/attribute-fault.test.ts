import { describe, expect, it } from 'vitest';
import { order, type Order } from '../../../src/domain/order.ts';
import { attributeFault } from '../../../src/credit/attribute-fault.ts';
import { shippedModel } from './ledger-fixtures.ts';

type EventFields = { readonly type: string; readonly at: string } & Readonly<Record<string, unknown>>;

const orderOf = (events: readonly EventFields[], fields: Record<string, unknown> = {}): Order =>
  order.parse({
    id: 'o-1',
    listingId: 'l-1',
    sellerId: 's-1',
    accountId: 'b-1',
    valueMinor: 2_000,
    currency: 'USD',
    placedAt: '2026-05-01T10:00:00Z',
    handlingHours: 72,
    events: events.map((event, index) => ({ id: `ev-${index}`, ...event })),
    ...fields,
  });

const at = (day: string) => `2026-05-${day}T12:00:00Z`;
const uploaded = { type: 'TRACKING_UPLOADED', at: at('02') };
const scanned = { type: 'ACCEPTANCE_SCAN', at: at('03') };
const scannedLate = { type: 'ACCEPTANCE_SCAN', at: at('12') };
const disputed = { type: 'DISPUTE_OPENED', at: at('28'), reason: 'NOT_RECEIVED' };
const ruled = (responsible: string) => ({ type: 'DISPUTE_RULED', at: at('30'), responsible });

const CASES: readonly (readonly [string, readonly EventFields[], Record<string, unknown>, string, string?])[] = [
  ['nothing happened', [uploaded, scanned, { type: 'DELIVERED', at: at('15') }], {}, 'SELLER'],
  ['the carrier lost what was handed over in time', [uploaded, scanned, { type: 'LOST', at: at('20') }], {}, 'CARRIER'],
  [
    'it was lost after a late scan',
    [uploaded, scannedLate, { type: 'LOST', at: at('20') }],
    {},
    'UNDETERMINED',
    'SELLER',
  ],
  [
    'it was lost and nothing shows that it was handed over',
    [uploaded, { type: 'LOST', at: at('20') }],
    {},
    'UNDETERMINED',
    'SELLER',
  ],
  ['customs hold it', [uploaded, scanned, { type: 'CUSTOMS_HOLD', at: at('10') }], {}, 'CUSTOMS'],
  [
    'customs seized it as counterfeit',
    [uploaded, scanned, { type: 'CUSTOMS_SEIZURE', at: at('10'), reason: 'COUNTERFEIT' }],
    {},
    'SELLER',
  ],
  [
    'customs seized it as misdeclared',
    [uploaded, scanned, { type: 'CUSTOMS_SEIZURE', at: at('10'), reason: 'MISDECLARED' }],
    {},
    'SELLER',
  ],
  ['customs seized it without a reason', [uploaded, scanned, { type: 'CUSTOMS_SEIZURE', at: at('10') }], {}, 'CUSTOMS'],
  ['the buyer refused it', [uploaded, scannedLate, { type: 'REFUSED', at: at('20') }], {}, 'BUYER'],
  [
    'the buyer did not pay the duty and it came back',
    [uploaded, scanned, { type: 'DUTY_UNPAID', at: at('20') }, { type: 'RETURNED', at: at('25') }],
    {},
    'BUYER',
  ],
  [
    'it went to another address',
    [uploaded, scanned, { type: 'LOST', at: at('20') }],
    { addressMatches: false },
    'SELLER',
  ],
  [
    'the seller changed the carrier',
    [uploaded, scanned, { type: 'CARRIER_CHANGED', at: at('05'), by: 'SELLER' }],
    {},
    'SELLER',
  ],
  [
    'the platform changed the carrier',
    [uploaded, scanned, { type: 'CARRIER_CHANGED', at: at('05'), by: 'PLATFORM' }],
    {},
    'PLATFORM',
  ],
  ['nothing came, and it was handed over in time', [uploaded, scanned, disputed], {}, 'CARRIER'],
  ['nothing came, and nobody scanned it', [uploaded, disputed], {}, 'UNDETERMINED', 'SELLER'],
  [
    'nothing came, says the buyer, but the carrier delivered',
    [uploaded, scanned, { type: 'DELIVERED', at: at('15') }, disputed],
    {},
    'UNDETERMINED',
    'BUYER',
  ],
  [
    'tracking came after the dispute',
    [scanned, disputed, { type: 'TRACKING_UPLOADED', at: at('29') }],
    {},
    'UNDETERMINED',
    'SELLER',
  ],
  [
    'a dispute about the goods is open',
    [uploaded, scanned, { ...disputed, reason: 'NOT_AS_DESCRIBED' }],
    {},
    'UNDETERMINED',
    'SELLER',
  ],
  ['a ruling names the buyer', [uploaded, disputed, ruled('BUYER')], {}, 'BUYER'],
  [
    'a ruling names the seller though the carrier lost it',
    [uploaded, scanned, { type: 'LOST', at: at('20') }, disputed, ruled('SELLER')],
    {},
    'SELLER',
  ],
];

describe('the fault of an order', () => {
  it.each(CASES.map((one) => ({ what: one[0], one })))(
    'where $what',
    ({ one: [, events, fields, party, presumed] }) => {
      const fault = attributeFault(orderOf(events, fields), shippedModel.settings);
      expect(fault).toMatchObject({
        faultParty: party,
        ...(presumed === undefined ? {} : { presumedFault: presumed }),
      });
      expect(fault.why).toMatch(/^[A-Z].*\.$/);
      const backwards = attributeFault(
        orderOf(events.map((event, index) => ({ id: `ev-${index}`, ...event })).toReversed(), fields),
        shippedModel.settings,
      );
      expect(backwards).toEqual(fault);
    },
  );
});
