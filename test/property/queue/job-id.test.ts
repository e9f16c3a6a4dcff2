import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeJobId, encodeJobId } from '../../../src/adapters/queue/job-id.ts';

const id = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(':', '%', '3', 'A', '2', '5', 'a', '.') }),
  fc.nat().map(String),
);

describe('the id of a job', () => {
  it('comes back from its encoding as it was', () => {
    fc.assert(
      fc.property(id, (text) => {
        expect(decodeJobId(encodeJobId(text))).toBe(text);
      }),
    );
  });

  it('is encoded without what BullMQ refuses, and differently from every other id', () => {
    fc.assert(
      fc.property(id, id, (one, other) => {
        expect(encodeJobId(one)).not.toMatch(/:|^\d*$/);
        expect(encodeJobId(one) === encodeJobId(other)).toBe(one === other);
      }),
    );
  });

  it('is left alone when somebody else has given it', () => {
    expect(decodeJobId('repeat:sweep:1700000000000')).toBe('repeat:sweep:1700000000000');
  });
});
