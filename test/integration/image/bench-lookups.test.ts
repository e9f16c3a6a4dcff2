import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compiledTwin } from '../../../src/adapters/compiled-twin.ts';
import { benchLookups } from '../../../src/evaluation/images/bench-lookups.ts';

const clocks = {
  nowMs: () => performance.now(),
  cpuMicros: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
};

describe('the bench of lookups', () => {
  it('finds every planted neighbour in an index from a file, and in two threads that share it', async () => {
    const file = path.join(tmpdir(), `assay-bench-${process.pid}`);
    const threadFile = compiledTwin('../../../src/evaluation/images/lookup-thread', import.meta.url);
    const bench = await benchLookups(20_000, 'skewed', { clocks, file, threadFile });
    expect(bench.misses).toBe(0);
    expect(bench.loadSeconds).toBeGreaterThan(0);
    expect(bench.threads).toMatchObject({ threads: 2 });
    expect(bench.threads.perSecond).toBeGreaterThan(100);
    expect(existsSync(file)).toBe(false);
  });
});
