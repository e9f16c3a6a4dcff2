import type { Mark } from '../../domain/mark.ts';
import { GramHasher } from './gram-hash.ts';
import { createFingerprintTable, fingerprintOf, insertFingerprint, slotOf } from './fingerprint-table.ts';
import type { FingerprintTable } from './fingerprint-table.ts';
import { extrasOf } from './mark-record.ts';
import type { MarkExtras, MarkRecord } from './mark-record.ts';
import { GrowingUint32, GrowingUint8, TextPoolBuilder, textAt } from './text-pool.ts';
import type { TextPool } from './text-pool.ts';

const REPUTED = 1;
const REGISTERED = 2;
const FIGURATIVE = 4;

/** Marks column by column on shared memory; a mark is a row number. */
export interface MarkColumns {
  readonly count: number;
  readonly ids: TextPool;
  readonly texts: TextPool;
  readonly rowsById: FingerprintTable;
  readonly holders: Uint32Array;
  readonly holderIds: TextPool;
  /** Nice classes 1–32 and 33–45 as bits from the lowest. */
  readonly classesLow: Uint32Array;
  readonly classesHigh: Uint32Array;
  readonly flags: Uint8Array;
  readonly territorySet: Uint32Array;
  readonly territorySets: readonly (readonly string[])[];
  readonly extras: ReadonlyMap<number, MarkExtras>;
}

const EMPTY_EXTRAS: MarkExtras = { ownSellerIds: [], authorizations: [] };

const hashId = (hasher: GramHasher, id: string): { a: number; b: number } => {
  const units = new Uint16Array(id.length);
  for (let at = 0; at < id.length; at++) units[at] = id.charCodeAt(at);
  hasher.read(units, units.length);
  // Ids may be longer than a gram, so they are hashed in pieces.
  let a = id.length;
  let b = id.length;
  for (let start = 0; start < id.length; start += 32) {
    const end = Math.min(id.length, start + 32);
    a = (Math.imul(a, 31) + hasher.a(start, end)) | 0;
    b = (Math.imul(b, 37) + hasher.b(start, end)) | 0;
  }
  return { a, b };
};

/** Row of the mark with this id, or -1. */
export const rowOfMark = (columns: MarkColumns, id: string): number => {
  const { a, b } = hashId(new GramHasher(), id);
  const table = columns.rowsById;
  const fingerprint = fingerprintOf(b);
  let slot = slotOf(table, a);
  while (table.fingerprints[slot] !== 0) {
    const row = table.values[slot]!;
    if (table.fingerprints[slot] === fingerprint && textAt(columns.ids, row) === id) return row;
    if (++slot === table.capacity) slot = 0;
  }
  return -1;
};

/** The mark of a row as an object. */
export const recordAt = (columns: MarkColumns, row: number): MarkRecord => {
  const flags = columns.flags[row]!;
  const niceClasses: number[] = [];
  for (let niceClass = 1; niceClass <= 45; niceClass++) {
    const bits = niceClass <= 32 ? columns.classesLow[row]! : columns.classesHigh[row]!;
    if ((bits >>> ((niceClass - 1) & 31)) & 1) niceClasses.push(niceClass);
  }
  return {
    id: textAt(columns.ids, row),
    rightsHolderId: textAt(columns.holderIds, columns.holders[row]!),
    text: textAt(columns.texts, row),
    hasReputation: (flags & REPUTED) !== 0,
    isRegistered: (flags & REGISTERED) !== 0,
    isFigurative: (flags & FIGURATIVE) !== 0,
    niceClasses,
    territories: columns.territorySets[columns.territorySet[row]!]!,
    ...(columns.extras.get(row) ?? EMPTY_EXTRAS),
  };
};

/** Collects marks row by row. */
export class MarkColumnsBuilder {
  readonly #ids = new TextPoolBuilder();
  readonly #texts = new TextPoolBuilder();
  readonly #holders = new GrowingUint32();
  readonly #holderIds = new TextPoolBuilder();
  readonly #holderRows = new Map<string, number>();
  readonly #classesLow = new GrowingUint32();
  readonly #classesHigh = new GrowingUint32();
  readonly #flags = new GrowingUint8();
  readonly #territorySet = new GrowingUint32();
  readonly #territorySets: (readonly string[])[] = [];
  readonly #territoryRows = new Map<string, number>();
  readonly #extras = new Map<number, MarkExtras>();
  readonly #idHashA = new GrowingUint32();
  readonly #idHashB = new GrowingUint32();
  readonly #hasher = new GramHasher();

  get count(): number {
    return this.#flags.length;
  }

  /** Adds a mark and gives its row. */
  push(mark: Mark): number {
    const row = this.#ids.push(mark.id);
    const hash = hashId(this.#hasher, mark.id);
    this.#idHashA.push(hash.a >>> 0);
    this.#idHashB.push(hash.b >>> 0);
    this.#texts.push(mark.wordMarkSpecification.markVerbalElementText);
    this.#holders.push(this.#holderRow(mark.rightsHolderId));
    let low = 0;
    let high = 0;
    for (const niceClass of mark.niceClasses) {
      if (niceClass <= 32) low |= 1 << (niceClass - 1);
      else high |= 1 << (niceClass - 33);
    }
    this.#classesLow.push(low >>> 0);
    this.#classesHigh.push(high >>> 0);
    this.#flags.push(
      (mark.hasReputation ? REPUTED : 0) |
        (mark.markCurrentStatusCode === 'REGISTERED' ? REGISTERED : 0) |
        (mark.rightType === 'FIGURATIVE_MARK' || mark.markFeature === 'Figurative' ? FIGURATIVE : 0),
    );
    this.#territorySet.push(this.#territoryRow(mark.territories));
    const extras = extrasOf(mark);
    if (extras !== undefined) this.#extras.set(row, extras);
    return row;
  }

  #holderRow(holderId: string): number {
    const known = this.#holderRows.get(holderId);
    if (known !== undefined) return known;
    const row = this.#holderIds.push(holderId);
    this.#holderRows.set(holderId, row);
    return row;
  }

  #territoryRow(territories: readonly string[]): number {
    const key = territories.join(' ');
    const known = this.#territoryRows.get(key);
    if (known !== undefined) return known;
    const row = this.#territorySets.push(territories) - 1;
    this.#territoryRows.set(key, row);
    return row;
  }

  seal(): MarkColumns {
    const count = this.count;
    const rowsById = createFingerprintTable(count);
    for (let row = 0; row < count; row++)
      insertFingerprint(rowsById, this.#idHashA.at(row), this.#idHashB.at(row), row);
    return {
      count,
      ids: this.#ids.seal(),
      texts: this.#texts.seal(),
      rowsById,
      holders: this.#holders.seal(),
      holderIds: this.#holderIds.seal(),
      classesLow: this.#classesLow.seal(),
      classesHigh: this.#classesHigh.seal(),
      flags: this.#flags.seal(),
      territorySet: this.#territorySet.seal(),
      territorySets: this.#territorySets,
      extras: this.#extras,
    };
  }
}
