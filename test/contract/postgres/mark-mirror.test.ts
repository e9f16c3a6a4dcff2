import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildMarkBase } from '../../../src/adapters/marks/build-mark-base.ts';
import { startLiveIndexes, type LiveIndexes } from '../../../src/adapters/postgres/live-indexes.ts';
import { markMirror } from '../../../src/adapters/postgres/mark-mirror.ts';
import { postgresMarkStore } from '../../../src/adapters/postgres/mark-store.ts';
import { uuidSource } from '../../../src/app/identifiers.ts';
import { createMarkIndex, indexRulesOf } from '../../../src/detectors/brand/mark-index.ts';
import { createOwnerIndex } from '../../../src/detectors/image/owner-index.ts';
import type { Mark } from '../../../src/domain/mark.ts';
import { openTestDatabase, type TestDatabase } from '../../support/database.ts';
import { shippedSettings, someMark } from '../../unit/brand/brand-fixture.ts';

const rules = indexRulesOf(shippedSettings);
let database: TestDatabase;
let indexes: LiveIndexes | undefined;
let openGate = (): void => undefined;

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  await indexes?.stop();
  await database.clear();
});
afterAll(async () => {
  openGate();
  await indexes?.stop();
  await database.close();
});

const storeMarks = async (marks: readonly Mark[]): Promise<void> => {
  const store = postgresMarkStore(database.prisma, uuidSource);
  const holders = [...new Set(marks.map(({ rightsHolderId }) => rightsHolderId))];
  await store.saveRightsHolders(
    holders.map((id) => ({ id, name: id, country: 'DE' })),
    0,
  );
  await store.saveMarks(marks, 0);
};

/** Indexes that are followed, with a gate that holds every build after the first. */
const follow = async (rebuildFrom: number) => {
  const live = {
    remarkable: new Map<string, Mark>(),
    owners: createOwnerIndex(),
    index: createMarkIndex([], shippedSettings),
  };
  const faults: unknown[] = [];
  let builds = 0;
  const gate = new Promise<void>((resolve) => (openGate = resolve));
  const mirror = markMirror(database.prisma, live, {
    // A count above the limit: the thread builds, however few marks there are.
    buildBase: async (pages) => {
      const isFirst = builds++ === 0;
      const base = await buildMarkBase(pages, isFirst ? 0 : 1e6, rules);
      if (!isFirst) await gate;
      return base;
    },
    onError: (fault) => faults.push(fault),
    rebuildFrom: () => rebuildFrom,
  });
  indexes = await startLiveIndexes(database.prisma, [mirror], { onError: (fault) => faults.push(fault) });
  return { ...live, catchUp: indexes.catchUp, faults, builds: () => builds };
};

const idsIn = ({ index }: { index: { findMarks(text: string): { markId: string }[] } }, text: string): string[] =>
  index.findMarks(text).map(({ markId }) => markId);

describe('mark mirror', () => {
  it('finds a mark as soon as it is stored, and no more when it is withdrawn', async () => {
    await storeMarks([someMark('m1', 'Quandelo')]);
    const live = await follow(1_000);
    expect(idsIn(live, 'Quandelo bag')).toEqual(['m1']);
    await storeMarks([someMark('m2', 'Brintosa', { ownSellerIds: ['s1'] })]);
    await live.catchUp();
    expect(idsIn(live, 'Quandelo Brintosa bag')).toEqual(['m1', 'm2']);
    expect([...live.remarkable.keys()]).toEqual(['m2']);
    expect(live.owners.marksOfSeller('s1').map(({ id }) => id)).toEqual(['m2']);
    await postgresMarkStore(database.prisma, uuidSource).withdraw('m2', 1);
    await live.catchUp();
    expect(idsIn(live, 'Quandelo Brintosa bag')).toEqual(['m1']);
    expect(live.remarkable.size).toBe(0);
    expect(live.owners.mark('m2')).toBeUndefined();
  });

  it('keeps what changes while a thread builds the index anew', async () => {
    await storeMarks([someMark('m1', 'Quandelo'), someMark('m2', 'Brintosa')]);
    const live = await follow(2);
    await storeMarks([someMark('m3', 'Zorvex'), someMark('m4', 'Plivoran')]);
    await live.catchUp();
    await expect.poll(live.builds).toBe(2);
    // The build has begun and is held at the gate: these changes come on top of it.
    await storeMarks([someMark('m5', 'Wextori')]);
    await postgresMarkStore(database.prisma, uuidSource).withdraw('m3', 1);
    await live.catchUp();
    const all = 'Quandelo Brintosa Zorvex Plivoran Wextori';
    expect(idsIn(live, all)).toEqual(['m1', 'm2', 'm4', 'm5']);
    const swap = vi.spyOn(live.index, 'swapBase');
    openGate();
    await expect.poll(() => swap.mock.calls.length).toBeGreaterThan(0);
    expect(idsIn(live, all)).toEqual(['m1', 'm2', 'm4', 'm5']);
    expect(live.faults).toEqual([]);
  });
});
