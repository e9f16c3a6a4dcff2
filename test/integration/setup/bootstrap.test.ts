import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const BOOTSTRAP = fileURLToPath(new URL('../../../src/app/bootstrap.mjs', import.meta.url));

/** Stands in for a tool: notes its call, and makes what the tool would make. */
const toolThatMakes = (name: string, file: string): string => `
  const { appendFileSync, existsSync, mkdirSync, writeFileSync } = require('node:fs');
  appendFileSync('calls', '${name} NODE_ENV=' + (process.env.NODE_ENV ?? 'unset') + '\\n');
  if (existsSync('${name}-fails')) { console.error('${name} found an error'); process.exit(3); }
  mkdirSync(require('node:path').dirname('${file}'), { recursive: true });
  writeFileSync('${file}', '');
`;

describe('the set-up of a checkout', () => {
  let checkout: string;

  const put = async (file: string, content: string): Promise<void> => {
    await mkdir(path.dirname(path.join(checkout, file)), { recursive: true });
    await writeFile(path.join(checkout, file), content);
  };
  const calls = async (): Promise<string[]> =>
    (await readFile(path.join(checkout, 'calls'), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const toolsCalled = async (): Promise<string[]> => (await calls()).map((line) => line.split(' ')[0] ?? '');

  async function setUp(...args: string[]): Promise<{ status: number; output: string }> {
    const child = spawn(process.execPath, [path.join(checkout, 'src/app/bootstrap.mjs'), ...args], {
      env: { ...process.env, NODE_ENV: 'production', npm_execpath: path.join(checkout, 'npm-cli.js') },
    });
    const closed = once(child, 'close') as Promise<[number]>;
    const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { status: (await closed)[0], output: output + errors };
  }

  beforeEach(async () => {
    checkout = await mkdtemp(path.join(tmpdir(), 'assay-setup-'));
    await put('package.json', '{}');
    await put(
      'package-lock.json',
      JSON.stringify({ packages: { '': {}, 'node_modules/prisma': { integrity: 'sha512-a' } } }),
    );
    await put('prisma/schema.prisma', 'model A {}');
    await put('src/domain/a.ts', 'export const a = 1;');
    await put('src/domain/words.json', '["one"]');
    await mkdir(path.join(checkout, 'src/app'), { recursive: true });
    await cp(BOOTSTRAP, path.join(checkout, 'src/app/bootstrap.mjs'));
    await put(
      'npm-cli.js',
      `${toolThatMakes('npm', 'node_modules/prisma/installed')}
      for (const [file, source] of JSON.parse(require('node:fs').readFileSync('tools.json', 'utf8'))) {
        mkdirSync(require('node:path').dirname(file), { recursive: true }); writeFileSync(file, source);
      }
      require('node:fs').copyFileSync('package-lock.json', 'node_modules/.package-lock.json');`,
    );
    await put(
      'tools.json',
      JSON.stringify([
        ['node_modules/prisma/build/index.js', toolThatMakes('prisma', 'src/adapters/postgres/generated/client.ts')],
        ['node_modules/typescript/bin/tsc', toolThatMakes('tsc', 'dist/domain/a.js')],
        ['node_modules/vite/bin/vite.js', toolThatMakes('vite', 'dist/console/index.html')],
      ]),
    );
  });
  afterEach(async () => {
    await rm(checkout, { recursive: true, force: true });
  });

  it('makes a fresh clone ready, with development packages whatever NODE_ENV says', async () => {
    expect(await setUp()).toMatchObject({ status: 0 });
    expect(await calls()).toEqual(['npm NODE_ENV=unset', 'prisma NODE_ENV=unset', 'tsc NODE_ENV=unset']);
    expect(await readFile(path.join(checkout, 'dist/domain/words.json'), 'utf8')).toBe('["one"]');
  });

  it('does and says nothing when everything is in place', async () => {
    await setUp();
    expect(await setUp()).toEqual({ status: 0, output: '' });
    expect(await calls()).toHaveLength(3);
  });

  it('repeats what a change has made stale, and no more', async () => {
    await setUp();
    await put('src/domain/a.ts', 'export const a = 2;');
    await setUp();
    expect((await toolsCalled()).slice(3)).toEqual(['tsc']);
    await put('prisma/schema.prisma', 'model B {}');
    await setUp();
    expect((await toolsCalled()).slice(4)).toEqual(['prisma', 'tsc']);
    await rm(path.join(checkout, 'src/adapters/postgres/generated'), { recursive: true });
    await setUp();
    expect((await toolsCalled()).slice(6)).toEqual(['prisma']);
  });

  it('leaves packages alone that are those of the lock file, however they came', async () => {
    await setUp();
    await rm(path.join(checkout, 'node_modules/.stamps'), { recursive: true });
    await setUp();
    expect((await toolsCalled()).filter((tool) => tool === 'npm')).toHaveLength(1);
    const newLock = { packages: { '': {}, 'node_modules/prisma': { integrity: 'sha512-b' } } };
    await put('package-lock.json', JSON.stringify(newLock));
    await setUp();
    expect((await toolsCalled()).filter((tool) => tool === 'npm')).toHaveLength(2);
  });

  it('builds the console only when it is asked for', async () => {
    await put('src/console/vite.config.ts', '');
    await setUp();
    expect(await toolsCalled()).not.toContain('vite');
    await setUp('console');
    expect((await toolsCalled()).at(-1)).toBe('vite');
  });

  it('fails with the error of the tool, and tries again the next time', async () => {
    await put('tsc-fails', '');
    const failed = await setUp();
    expect(failed).toMatchObject({ status: 3, output: expect.stringContaining('tsc found an error') });
    expect((await setUp('lenient')).status).toBe(0);
    await rm(path.join(checkout, 'tsc-fails'));
    expect((await setUp()).status).toBe(0);
    expect((await toolsCalled()).filter((tool) => tool === 'tsc')).toHaveLength(3);
    expect(await setUp()).toEqual({ status: 0, output: '' });
  });

  it('does each step once when two are started together', async () => {
    const [one, two] = await Promise.all([setUp(), setUp()]);
    expect([one.status, two.status]).toEqual([0, 0]);
    expect((await toolsCalled()).toSorted()).toEqual(['npm', 'prisma', 'tsc']);
  });

  it('goes on after a set-up that was killed', async () => {
    const dead = spawn(process.execPath, ['--eval', '']);
    await once(dead, 'close');
    await put('.setup.lock', String(dead.pid));
    expect((await setUp()).status).toBe(0);
  });
});
