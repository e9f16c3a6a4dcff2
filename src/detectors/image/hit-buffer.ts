import type { DescriptorHits } from './descriptor-votes.ts';

/** Collects hits in any order and gives them back by the handle of the bank picture. Used again for every search. */
export interface HitBuffer {
  clear(): void;
  add(handle: number, subject: number, bank: number): void;
  /** Calls `each` once a handle that has at least `least` hits; the arrays are valid only during the call. */
  forEachHandle(least: number, each: (handle: number, hits: DescriptorHits) => void): void;
}

/** An empty buffer; it grows with what it holds and does not shrink. */
export function createHitBuffer(): HitBuffer {
  let handles = new Uint32Array(4_096);
  let subjects = new Uint16Array(4_096);
  let banks = new Uint16Array(4_096);
  let count = 0;
  /** Hits of each handle, then where its next hit goes; zero between calls. */
  let places = new Uint32Array(1_024);
  return {
    clear() {
      count = 0;
    },
    add(handle, subject, bank) {
      if (count === handles.length) {
        handles = grow(handles, Uint32Array);
        subjects = grow(subjects, Uint16Array);
        banks = grow(banks, Uint16Array);
      }
      handles[count] = handle;
      subjects[count] = subject;
      banks[count] = bank;
      count++;
    },
    forEachHandle(least, each) {
      const touched: number[] = [];
      for (let i = 0; i < count; i++) {
        const handle = handles[i] as number;
        while (handle >= places.length) places = grow(places, Uint32Array);
        if (places[handle] === 0) touched.push(handle);
        places[handle] = (places[handle] as number) + 1;
      }
      const sorted = { subject: new Uint16Array(count), bank: new Uint16Array(count) };
      const ends: number[] = [];
      let next = 0;
      for (const handle of touched) {
        const size = places[handle] as number;
        places[handle] = next;
        next += size;
        ends.push(next);
      }
      for (let i = 0; i < count; i++) {
        const handle = handles[i] as number;
        const to = places[handle] as number;
        places[handle] = to + 1;
        sorted.subject[to] = subjects[i] as number;
        sorted.bank[to] = banks[i] as number;
      }
      let from = 0;
      touched.forEach((handle, k) => {
        const to = ends[k] as number;
        places[handle] = 0;
        if (to - from >= least) {
          const subject = sorted.subject.subarray(from, to);
          each(handle, { count: to - from, subject, bank: sorted.bank.subarray(from, to) });
        }
        from = to;
      });
    },
  };
}

function grow<A extends Uint16Array | Uint32Array>(array: A, kind: new (length: number) => A): A {
  const larger = new kind(array.length * 2);
  larger.set(array);
  return larger;
}
