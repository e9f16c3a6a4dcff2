import { describe, expect, it } from 'vitest';
import { rememberCostly } from '../../../src/adapters/postgres/remember-costly.ts';

/** A clock that the computing turns on, and what it has computed so far. */
function costly(tookMs: number) {
  let nowMs = 0;
  let computed = 0;
  const ask = rememberCostly(
    async (key) => {
      computed += 1;
      const answer = `${key}${computed}`;
      await Promise.resolve();
      nowMs += tookMs;
      return answer;
    },
    () => nowMs,
  );
  return { ask, pass: (ms: number) => void (nowMs += ms), computed: () => computed };
}

describe('costly answers', () => {
  it('are computed once for all who ask at one moment, and once for each question', async () => {
    const { ask } = costly(100);
    expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual(['a1', 'a1', 'b2']);
  });

  it('are kept for fifty times what they took, then given once more while the next is computed', async () => {
    const { ask, pass, computed } = costly(100);
    expect(await ask('a')).toBe('a1');
    pass(4_900);
    expect(await ask('a')).toBe('a1');
    pass(200);
    expect(await Promise.all([ask('a'), ask('a')])).toEqual(['a1', 'a1']);
    expect(computed()).toBe(2);
    expect(await ask('a')).toBe('a2');
  });

  it('are computed each time where they are cheap', async () => {
    const { ask } = costly(5);
    expect([await ask('a'), await ask('a')]).toEqual(['a1', 'a2']);
  });

  it('are asked for again after a fault', async () => {
    let isBroken = true;
    const ask = rememberCostly(async () => {
      if (isBroken) throw new Error('broken');
      return 'well';
    });
    await expect(ask('a')).rejects.toThrow('broken');
    isBroken = false;
    expect(await ask('a')).toBe('well');
  });
});
