import type { AccountIdentifier, IdentifierKind, NetworkClass } from '../../domain/account.ts';

/** Kinds of identifier that are kept as links. An autonomous system holds too many accounts to link any two. */
export type LinkKind = Exclude<IdentifierKind, 'ASN'>;

export const LINK_KINDS = [
  'DEVICE',
  'PAYMENT',
  'ADDRESS',
  'PHONE',
  'EMAIL',
  'IP',
  'SUBNET',
] as const satisfies LinkKind[];

const NETWORK_CLASSES = [
  'UNKNOWN',
  'RESIDENTIAL',
  'BUSINESS',
  'MOBILE',
  'RELAY',
  'VPN',
  'HOSTING',
  'TOR',
  'PRIVATE',
] as const satisfies NetworkClass[];

/** One account's use of one value. */
export interface Incidence {
  readonly node: number;
  readonly value: number;
  readonly kind: LinkKind;
  readonly epoch: number;
  readonly networkClass: NetworkClass;
  readonly seenAtMs: number;
}

const NONE = 0;

const grown = <A extends Uint32Array | Float64Array | Uint8Array>(
  old: A,
  length: number,
  make: (n: number) => A,
): A => {
  const next = make(length);
  next.set(old);
  return next;
};
const uints = (n: number): Uint32Array => new Uint32Array(n);
const doubles = (n: number): Float64Array => new Float64Array(n);
const bytes = (n: number): Uint8Array => new Uint8Array(n);

/** 64 bits of a text in two words. The text is a keyed hash already; this only folds it, so two multiplications do. */
const hash64 = (text: string): [high: number, low: number] => {
  let high = 0x811c_9dc5;
  let low = 0x9747_b28c;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    high = Math.imul(high ^ code, 0x0100_0193);
    low = Math.imul(low ^ code, 0x5bd1_e995);
    low ^= low >>> 15;
  }
  return [(high ^ (high >>> 13)) >>> 0, low >>> 0];
};

/**
 * Which account uses which value, in typed arrays: a million accounts with eight identifiers each need some 400 MB less
 * than maps of sets. Values are known by 64 bits of their keyed hash together with kind and epoch; at ten million values
 * two different ones meet with a chance of 3 in a million, which joins two strangers weakly at worst.
 * Accounts are slots from 1; node, value and slot 0 mean none.
 */
export class IncidenceStore {
  #valueHigh = uints(1024);
  #valueLow = uints(1024);
  #valueKind = bytes(1024);
  #valueEpoch = uints(1024);
  #valueHead = uints(1024);
  #valueSharers = uints(1024);
  #valueCount = 1;
  #buckets = uints(2048);

  #nodeAccount = uints(1024);
  #nodeValue = uints(1024);
  #nodeNext = uints(1024);
  #nodePrevious = uints(1024);
  #nodeOfAccountNext = uints(1024);
  #nodeSeen = doubles(1024);
  #nodeClass = bytes(1024);
  #nodeCount = 1;
  #freeNode = NONE;

  #accountHead = uints(1024);

  /** Adds an incidence. The caller adds an account's identifiers once, after removing what it had. */
  add(slot: number, identifier: AccountIdentifier): void {
    if (identifier.kind === 'ASN') return;
    const value = this.#valueOf(identifier, LINK_KINDS.indexOf(identifier.kind));
    const node = this.#newNode();
    const head = this.#valueHead[value] ?? NONE;
    this.#nodeAccount[node] = slot;
    this.#nodeValue[node] = value;
    this.#nodeSeen[node] = identifier.seenAtMs;
    this.#nodeClass[node] = NETWORK_CLASSES.indexOf(identifier.networkClass ?? 'UNKNOWN');
    this.#nodeNext[node] = head;
    this.#nodePrevious[node] = NONE;
    if (head !== NONE) this.#nodePrevious[head] = node;
    this.#valueHead[value] = node;
    this.#valueSharers[value] = (this.#valueSharers[value] ?? 0) + 1;
    if (slot >= this.#accountHead.length)
      this.#accountHead = grown(this.#accountHead, Math.max(slot + 1, this.#accountHead.length * 2), uints);
    this.#nodeOfAccountNext[node] = this.#accountHead[slot] ?? NONE;
    this.#accountHead[slot] = node;
  }

  /** Drops all incidences of an account. */
  removeAccount(slot: number): void {
    let node = this.#accountHead[slot] ?? NONE;
    while (node !== NONE) {
      const value = this.#nodeValue[node] ?? NONE;
      const next = this.#nodeNext[node] ?? NONE;
      const previous = this.#nodePrevious[node] ?? NONE;
      if (previous === NONE) this.#valueHead[value] = next;
      else this.#nodeNext[previous] = next;
      if (next !== NONE) this.#nodePrevious[next] = previous;
      this.#valueSharers[value] = (this.#valueSharers[value] ?? 1) - 1;
      const following = this.#nodeOfAccountNext[node] ?? NONE;
      this.#nodeNext[node] = this.#freeNode;
      this.#freeNode = node;
      node = following;
    }
    if (slot < this.#accountHead.length) this.#accountHead[slot] = NONE;
  }

  /** The values that an account uses. */
  incidencesOf(slot: number): Incidence[] {
    const found: Incidence[] = [];
    for (let node = this.#accountHead[slot] ?? NONE; node !== NONE; node = this.#nodeOfAccountNext[node] ?? NONE)
      found.push(this.#incidence(node));
    return found;
  }

  /** How many accounts use the value. */
  sharersOf(value: number): number {
    return this.#valueSharers[value] ?? 0;
  }

  /** Calls `visit` with each account that uses the value, and with its incidence number. */
  forEachSharer(value: number, visit: (slot: number, node: number) => void): void {
    for (let node = this.#valueHead[value] ?? NONE; node !== NONE; node = this.#nodeNext[node] ?? NONE)
      visit(this.#nodeAccount[node] ?? NONE, node);
  }

  seenAtMs(node: number): number {
    return this.#nodeSeen[node] ?? 0;
  }

  networkClass(node: number): NetworkClass {
    return NETWORK_CLASSES[this.#nodeClass[node] ?? 0] ?? 'UNKNOWN';
  }

  #incidence(node: number): Incidence {
    const value = this.#nodeValue[node] ?? NONE;
    return {
      node,
      value,
      kind: LINK_KINDS[this.#valueKind[value] ?? 0] ?? 'DEVICE',
      epoch: this.#valueEpoch[value] ?? 0,
      networkClass: this.networkClass(node),
      seenAtMs: this.seenAtMs(node),
    };
  }

  #newNode(): number {
    if (this.#freeNode !== NONE) {
      const node = this.#freeNode;
      this.#freeNode = this.#nodeNext[node] ?? NONE;
      return node;
    }
    if (this.#nodeCount === this.#nodeAccount.length) {
      const length = this.#nodeCount * 2;
      this.#nodeAccount = grown(this.#nodeAccount, length, uints);
      this.#nodeValue = grown(this.#nodeValue, length, uints);
      this.#nodeNext = grown(this.#nodeNext, length, uints);
      this.#nodePrevious = grown(this.#nodePrevious, length, uints);
      this.#nodeOfAccountNext = grown(this.#nodeOfAccountNext, length, uints);
      this.#nodeSeen = grown(this.#nodeSeen, length, doubles);
      this.#nodeClass = grown(this.#nodeClass, length, bytes);
    }
    this.#nodeCount += 1;
    return this.#nodeCount - 1;
  }

  /** Position in the open-addressing table where the value is or may go. */
  #bucketOf(high: number, low: number, kind: number, epoch: number): number {
    const mask = this.#buckets.length - 1;
    let bucket = (low ^ Math.imul(high, 0x9e37_79b1) ^ Math.imul(kind + 8 * epoch + 1, 0x85eb_ca6b)) & mask;
    for (;;) {
      const value = this.#buckets[bucket] ?? NONE;
      if (
        value === NONE ||
        (this.#valueLow[value] === low &&
          this.#valueHigh[value] === high &&
          this.#valueKind[value] === kind &&
          this.#valueEpoch[value] === epoch)
      )
        return bucket;
      bucket = (bucket + 1) & mask;
    }
  }

  #valueOf(identifier: AccountIdentifier, kind: number): number {
    const [high, low] = hash64(identifier.value);
    const epoch = identifier.keyEpoch;
    const bucket = this.#bucketOf(high, low, kind, epoch);
    const known = this.#buckets[bucket] ?? NONE;
    if (known !== NONE) return known;
    const value = this.#valueCount;
    if (value === this.#valueHigh.length) {
      const length = value * 2;
      this.#valueHigh = grown(this.#valueHigh, length, uints);
      this.#valueLow = grown(this.#valueLow, length, uints);
      this.#valueKind = grown(this.#valueKind, length, bytes);
      this.#valueEpoch = grown(this.#valueEpoch, length, uints);
      this.#valueHead = grown(this.#valueHead, length, uints);
      this.#valueSharers = grown(this.#valueSharers, length, uints);
    }
    this.#valueCount += 1;
    this.#valueHigh[value] = high;
    this.#valueLow[value] = low;
    this.#valueKind[value] = kind;
    this.#valueEpoch[value] = epoch;
    this.#buckets[bucket] = value;
    if (this.#valueCount * 2 > this.#buckets.length) this.#rehash();
    return value;
  }

  #rehash(): void {
    this.#buckets = uints(this.#buckets.length * 2);
    for (let value = 1; value < this.#valueCount; value += 1) {
      const bucket = this.#bucketOf(
        this.#valueHigh[value] ?? 0,
        this.#valueLow[value] ?? 0,
        this.#valueKind[value] ?? 0,
        this.#valueEpoch[value] ?? 0,
      );
      this.#buckets[bucket] = value;
    }
  }
}
