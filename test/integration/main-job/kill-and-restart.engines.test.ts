import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectDatabase } from '../../../src/adapters/postgres/connect.ts';
import { PROJECT_PATHS } from '../../../src/app/project-paths.ts';
import { writeDemoSlice } from '../../support/demo-slice.ts';

const MINUTES = 60_000;
const MAIN = path.resolve('dist', 'app', 'main.js');

/** A praised seller with his ring, a counterfeiter, a seller whom customs hit. */
const SELLERS = new Set(['s-brightnest', 's-mirror-luxe', 's-kyoto-craft']);

/** What must be the same in the end, whatever happened on the way: everything that a seller or moderator could see. */
async function readEndState(dataDir: string) {
  const connected = await connectDatabase({ embedded: { dataDir: path.join(dataDir, 'postgres'), inThread: false } });
  try {
    const { prisma } = connected;
    const checks = await prisma.check.groupBy({ by: ['state'], where: { trigger: 'SUBMISSION' }, _count: true });
    const listings = await prisma.listing.findMany({
      orderBy: { id: 'asc' },
      select: { id: true, version: true, publication: true },
    });
    const flagged = await prisma.finding.findMany({
      where: { subjectKind: 'LISTING' },
      distinct: ['subjectId', 'violationType'],
      orderBy: [{ subjectId: 'asc' }, { violationType: 'asc' }],
      select: { subjectId: true, violationType: true },
    });
    const reviews = await prisma.review.findMany({
      orderBy: { id: 'asc' },
      select: { id: true, version: true, authenticity: true },
    });
    const credit = await prisma.creditSnapshot.findMany({
      orderBy: { sellerId: 'asc' },
      select: { sellerId: true, score: true, tier: true },
    });
    const rings = await prisma.ring.findMany({
      where: { mergedIntoId: null },
      select: { direction: true, memberAccountIds: true },
    });
    const openRingCases = await prisma.case.count({ where: { subjectKind: 'RING', openKey: { not: null } } });
    const stale = await prisma.creditHead.count({ where: { snapshotSeq: { lt: prisma.creditHead.fields.lastSeq } } });
    return {
      checks: Object.fromEntries(checks.map(({ state, _count }) => [state, _count])),
      listings,
      flagged,
      reviews,
      credit,
      rings: rings.map(({ direction, memberAccountIds }) => [direction, memberAccountIds.toSorted()]),
      openRingCases,
      stale,
      waiting: await prisma.outboxMessage.count(),
      accounts: await prisma.account.count(),
      orders: await prisma.order.count(),
    };
  } finally {
    await connected.close();
  }
}

describe('a start that is killed in the middle of the demo load', () => {
  let root: string;
  let demoDir: string;
  let rulesDir: string;
  const children: ChildProcess[] = [];

  beforeAll(() => {
    root = mkdtempSync(path.join(tmpdir(), 'assay-kill-'));
    demoDir = path.join(root, 'demo');
    rulesDir = path.join(root, 'rules');
    writeDemoSlice(demoDir, SELLERS);
    // Whether a person looks beforehand goes by the tier that a seller has when a listing is checked, which is a matter
    // of the moment. Everything else must be the same.
    cpSync(PROJECT_PATHS.rules, rulesDir, { recursive: true });
    const creditRules = path.join(rulesDir, 'credit.yaml');
    writeFileSync(
      creditRules,
      readFileSync(creditRules, 'utf8').replaceAll(/(preCheckShare01|postCheckShare01): [\d.]+/g, '$1: 0'),
    );
  });
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    rmSync(root, { recursive: true, force: true });
  });

  /** Starts Assay on a data folder; resolves with the output once `until` has appeared in it. */
  function start(dataDir: string, until: RegExp): Promise<{ child: ChildProcess; output: string }> {
    const child = spawn(process.execPath, [MAIN, 'start'], {
      env: {
        ...process.env,
        ASSAY_DATA_DIR: dataDir,
        ASSAY_DEMO_DIR: demoDir,
        ASSAY_RULES_DIR: rulesDir,
        ASSAY_PORT: '0',
        DATABASE_URL: '',
        REDIS_URL: '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let output = '';
    return new Promise((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString('utf8');
        if (until.test(output)) resolve({ child, output });
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => reject(new Error(`assay start ended with ${code}:\n${output}`)));
    });
  }

  const end = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', () => resolve());
      child.kill(signal);
    });

  it(
    'ends in the same state as an undisturbed one',
    async () => {
      const calm = path.join(root, 'calm');
      const undisturbed = await start(calm, /The console:/);
      await end(undisturbed.child, 'SIGINT');

      const rough = path.join(root, 'rough');
      for (const moment of [/listings: \d+ …/, /checks: \d+ …/]) {
        const { child } = await start(rough, moment);
        await end(child, 'SIGKILL');
      }
      const last = await start(rough, /The console:/);
      await end(last.child, 'SIGINT');

      const expected = await readEndState(calm);
      expect(expected.rings.length).toBeGreaterThan(0);
      expect(expected.checks['DONE']).toBeGreaterThan(400);
      expect(expected.waiting + expected.stale).toBe(0);
      let reached = await readEndState(rough);
      // What a killed process had sent and not crossed off is sent again when its claim runs out, half a minute later.
      for (let round = 0; round < 20 && reached.waiting > 0; round++) {
        const again = await start(rough, /The console:/);
        await end(again.child, 'SIGINT');
        reached = await readEndState(rough);
      }
      expect(reached).toEqual(expected);
    },
    6 * MINUTES,
  );
});
