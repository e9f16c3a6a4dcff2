import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDemo, type DemoSummary } from '../../../src/cli/demo.ts';
import { silentProgress } from '../../../src/cli/progress-bar.ts';
import { verifyChain } from '../../../src/credit/hash-chain.ts';
import { openTestAssay, type TestAssay } from '../../support/assay.ts';

const MINUTES = 60_000;

/** Loads a demo marketplace and holds what comes out against its truth. */
export function describeDemo(name: string, folder: () => string, minExpected: number): void {
  describe(name, () => {
    let assay: TestAssay;
    let summary: DemoSummary;

    beforeAll(async () => {
      assay = await openTestAssay();
      summary = await runDemo(assay.client, folder(), silentProgress);
    }, 10 * MINUTES);
    afterAll(() => assay.close());

    it('is checked whole: every check is done and none failed', () => {
      const { DONE = 0, SUPERSEDED = 0, ...others } = summary.stats.checksByState;
      expect(others).toEqual({});
      const { listings, reviews, accounts, orders } = summary.stats.subjects;
      expect(DONE + SUPERSEDED).toBeGreaterThanOrEqual(listings + reviews + accounts + orders);
    });

    it('comes out as its truth says', () => {
      expect(summary.truth.missed).toEqual([]);
      expect(summary.truth.expected).toBeGreaterThan(minExpected);
    });

    it(
      'takes nothing twice when it is loaded again',
      async () => {
        const again = await runDemo(assay.client, folder(), silentProgress);
        expect(again.load).toBe('was-there');
        expect(again.stats).toEqual(summary.stats);
      },
      2 * MINUTES,
    );

    it('books nothing against sellers for parcels that customs, carriers or buyers kept', async () => {
      const { prisma } = assay.runtime.connected;
      const entries = await prisma.creditEntry.findMany({ where: { kind: 'EVIDENCE' }, select: { payload: true } });
      const parties = entries.map(({ payload }) => (payload as { faultParty: string }).faultParty);
      expect(parties).toContain('CUSTOMS');
      expect(parties).toContain('CARRIER');
      const report = await assay.runtime.creditReports.report('s-kyoto-craft', {
        asOfMs: Date.now(),
        knownAtMs: Date.now(),
      });
      expect(report?.tier).toMatch(/^(GOOD|EXCELLENT)$/);
    });

    it('keeps each ledger as an unbroken chain', async () => {
      const { prisma } = assay.runtime.connected;
      const heads = await prisma.creditHead.findMany();
      expect(heads.length).toBeGreaterThan(3);
      for (const { legalId } of heads) {
        expect(verifyChain(await assay.runtime.ledger.entries(legalId))).toEqual({ kind: 'whole' });
      }
    });

    it('refuses to change the ledger', async () => {
      const { prisma } = assay.runtime.connected;
      await expect(prisma.creditEntry.deleteMany({})).rejects.toThrow(/append-only/);
    });
  });
}
