import type { CreditEntryDraft } from '../../domain/credit.ts';
import type { FaultParty } from '../../domain/order.ts';
import { createSeededRandom } from '../demo-marketplace/seeded-random.ts';

const DAY_MS = 86_400_000;
const ZEROS = '0'.repeat(64);

/** The kinds of seller of the world, how common each is, and how it behaves. */
export const SELLER_KINDS = [
  { kind: 'EXCELLENT', share01: 0.35, good01: 0.97, delivery01: 0.03, penalties: 0 },
  { kind: 'ORDINARY', share01: 0.45, good01: 0.9, delivery01: 0.06, penalties: 0.1 },
  { kind: 'CARELESS', share01: 0.14, good01: 0.7, delivery01: 0.08, penalties: 0.5 },
  { kind: 'COUNTERFEITER', share01: 0.06, good01: 0.75, delivery01: 0.05, penalties: 2.5 },
] as const;
export type SellerKind = (typeof SELLER_KINDS)[number]['kind'];

/** A made-up seller with a ledger. */
export interface WorldSeller {
  readonly legalId: string;
  readonly kind: SellerKind;
  readonly registeredAtMs: number;
  readonly entries: readonly CreditEntryDraft[];
}

export interface WorldOptions {
  readonly sellers: number;
  /** Mean number of entries of a seller; most have fewer, some a hundred times as many. */
  readonly meanEntries: number;
  readonly nowMs: number;
  readonly seed: number;
}

const DELIVERY_FAULTS: readonly FaultParty[] = ['CARRIER', 'CUSTOMS', 'BUYER', 'UNDETERMINED', 'SELLER'];

/** Longest tail of a seller's ledger, in means. */
const MAX_MEANS = 200;

type Random = () => number;

const pick = <Value>(values: readonly Value[], random: Random): Value => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new RangeError('nothing to pick from');
  return value;
};

/** Pareto with shape 1.5 has the mean 3 times its smallest value: few large sellers, many small ones. */
const ledgerSize = (meanEntries: number, random: Random): number =>
  Math.max(1, Math.round(Math.min(meanEntries * MAX_MEANS, (meanEntries / 3) * (1 - random()) ** (-1 / 1.5))));

const kindOf = (random: Random): (typeof SELLER_KINDS)[number] => {
  let left = random();
  return SELLER_KINDS.find(({ share01 }) => (left -= share01) < 0) ?? SELLER_KINDS[1];
};

/** One seller of the world; the same number and seed give the same seller. */
export const makeSeller = (index: number, options: WorldOptions): WorldSeller => {
  const source = createSeededRandom(options.seed * 1_000_003 + index);
  const random: Random = () => source.next01();
  const traits = kindOf(random);
  const size = ledgerSize(options.meanEntries, random);
  const ageDays = 30 + Math.floor(random() * 900);
  const registeredAtMs = options.nowMs - ageDays * DAY_MS;
  const legalId = `legal-${index}`;
  const buyers = Math.max(1, Math.round(size * 0.8));
  const entries: CreditEntryDraft[] = [];
  for (let number = 0; number < size; number += 1) {
    const atMs = Math.floor(registeredAtMs + random() * (options.nowMs - registeredAtMs));
    const isDelivery = random() < traits.delivery01;
    const isGood = !isDelivery && random() < traits.good01;
    const stars = isGood ? (random() < 0.7 ? 5 : 4) : 1 + Math.floor(random() * 3);
    const party: FaultParty = isDelivery ? pick(DELIVERY_FAULTS, random) : 'SELLER';
    entries.push({
      entryId: `e-${index}-${number}`,
      sellerLegalId: legalId,
      kind: 'EVIDENCE',
      subjectRef: `REVIEW/r-${index}-${number}`,
      dimension: isDelivery ? 'DELIVERY' : 'ITEM',
      valueBp: (stars - 1) * 2_500,
      weightPpm: 1_000_000,
      points: 0,
      faultParty: party,
      orderId: `o-${index}-${number}`,
      buyerClusterId: `b-${index}-${Math.floor(random() * buyers)}`,
      effectiveAtMs: atMs,
      recordedAtMs: atMs,
      why: 'A review.',
      rulesetVersion: ZEROS,
      evidenceSha256: ZEROS,
    });
  }
  const penalties = Math.floor(traits.penalties * 2 * random() + random() * 0.3);
  for (let number = 0; number < penalties; number += 1) {
    const isSerious = traits.kind === 'COUNTERFEITER' && random() < 0.5;
    const atMs = Math.floor(registeredAtMs + random() * (options.nowMs - registeredAtMs));
    const penalty: CreditEntryDraft = {
      entryId: `p-${index}-${number}`,
      sellerLegalId: legalId,
      kind: 'PENALTY',
      subjectRef: `LISTING/l-${index}-${number}`,
      violationType: isSerious ? 'IP_TM_COUNTERFEIT_GOODS' : 'IP_CR_IMAGE_THEFT',
      valueBp: 0,
      weightPpm: 0,
      points: isSerious ? 12 : 2,
      faultParty: 'SELLER',
      effectiveAtMs: atMs,
      recordedAtMs: atMs,
      decisionId: `d-${index}-${number}`,
      why: 'A penalty.',
      rulesetVersion: ZEROS,
      evidenceSha256: ZEROS,
    };
    entries.push(penalty);
    if (isSerious) entries.push({ ...penalty, entryId: `s-${index}-${number}`, kind: 'STRIKE', points: 1 });
  }
  return { legalId, kind: traits.kind, registeredAtMs, entries };
};
