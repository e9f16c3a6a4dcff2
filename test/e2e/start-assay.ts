import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeDemoSlice } from '../support/demo-slice.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Loading takes a quarter of a minute on a free machine; busy ones get their time. */
const START_WITHIN_MS = 10 * 60_000;

/** A whole Assay in a process of its own, as `npm start` runs it. */
export interface StartedAssay {
  readonly address: string;
  /** Signs in once. */
  readonly signInLink: string;
  readonly firstKey: string;
  stop(): Promise<void>;
}

/** The project's rules, and one more reason to ask a second person: the demo has no case that is grave enough. */
function writeRules(folder: string): void {
  cpSync(path.join(ROOT, 'rules'), folder, { recursive: true });
  const file = path.join(folder, 'casework.yaml');
  const text = readFileSync(file, 'utf8');
  const line = '\nsecondReview:\n';
  if (!text.includes(line)) throw new Error(`${file} has no list of reasons for a second review.`);
  const added = '  - why: Whether a right holds is judged by two people.\n    reasons: [RIGHT_INVALID]\n';
  writeFileSync(file, text.replace(line, `${line}${added}`));
}

/** Builds what is out of date, starts Assay on the demo of these sellers, and waits until everything is checked. */
export async function startAssay(sellerIds: ReadonlySet<string>): Promise<StartedAssay> {
  const built = spawnSync(process.execPath, ['src/app/bootstrap.mjs', 'console'], { cwd: ROOT, encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The build failed:\n${built.stdout}${built.stderr}`);
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-e2e-'));
  const demoDir = path.join(folder, 'demo');
  writeDemoSlice(demoDir, sellerIds);
  const rulesDir = path.join(folder, 'rules');
  writeRules(rulesDir);
  const child = spawn(process.execPath, [path.join(ROOT, 'dist', 'app', 'main.js'), 'start'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      ASSAY_DATA_DIR: path.join(folder, 'data'),
      ASSAY_DEMO_DIR: demoDir,
      ASSAY_RULES_DIR: rulesDir,
      ASSAY_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A run that is broken off leaves no server behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const hasEnded = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGINT');
    await hasEnded;
    rmSync(folder, { recursive: true, force: true });
  };
  let output = '';
  const signInLink = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => reject(new Error(`Assay ${why}. It printed:\n${output}`));
    const timer = setTimeout(() => fail('was not ready in time'), START_WITHIN_MS);
    const read = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
      // A first link is printed while the demo is still being loaded.
      const link = /The console: (https?:\/\/\S+#ticket=[\w-]+)/.exec(output)?.[1];
      // The console is there before the demo is; the tests want to find something.
      if (link === undefined || !output.includes('The demo marketplace')) return;
      clearTimeout(timer);
      resolve(link);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => fail(`ended with ${String(code)}`));
  }).catch(async (fault: unknown) => {
    await stop();
    throw fault;
  });
  const firstKey = /first API key[^:]*: (\S+)/.exec(output)?.[1];
  if (firstKey === undefined) throw new Error(`Assay printed no first key:\n${output}`);
  return { address: new URL(signInLink).origin, signInLink, firstKey, stop };
}
