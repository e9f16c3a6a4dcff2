// Makes a fresh clone ready: packages, Prisma client, compiled code and, with the argument `console`, the web console.
// Node built-ins only, because nothing is installed when it first runs. Does nothing when everything is in place.
// With the argument `lenient` type errors are told, but do not stop it (a new migration may come before the code for it).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const LOCK_FILE = '.setup.lock';
const STAMPS_DIR = 'node_modules/.stamps';
const STAMP_OF_PLATFORM = `${STAMPS_DIR}/platform`;
const MIN_NODE = { major: 20, minor: 19 };
/** A setup that runs for longer than this has been killed. */
const STALE_LOCK_MS = 15 * 60_000;

process.chdir(ROOT);
const wantsConsole = process.argv.includes('console');
const isLenient = process.argv.includes('lenient');

assertNodeVersion();
const steps = [
  {
    name: 'packages',
    inputs: ['package-lock.json'],
    isInPlace: () => existsSync('node_modules/.package-lock.json'),
    run: () => arePackagesInstalled() || installPackages(),
  },
  {
    name: 'database client',
    inputs: ['package-lock.json', 'prisma/schema.prisma', 'prisma.config.ts'],
    isInPlace: () => existsSync('src/adapters/postgres/generated/client.ts'),
    run: () => runPackage('prisma/build/index.js', ['generate'], { isQuiet: true }),
  },
  {
    name: 'code',
    inputs: ['package-lock.json', 'tsconfig.json', 'prisma/schema.prisma', ...sourceFiles()],
    isInPlace: () => existsSync('dist/.complete'),
    run: compileCode,
  },
  {
    name: 'web console',
    isWanted: wantsConsole && existsSync('src/console/vite.config.ts'),
    inputs: ['package-lock.json', ...filesBelow('src/console'), ...filesBelow('src/domain')],
    isInPlace: () => existsSync('dist/console/index.html'),
    run: () =>
      runPackage('vite/bin/vite.js', ['build', '--config', 'src/console/vite.config.ts', '--logLevel', 'warn']),
  },
];

// Looked at before the lock is taken: the usual case is that nothing is to be done.
if (steps.some(isDue)) {
  takeLock();
  for (const step of steps) if (isDue(step)) perform(step);
}

function assertNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > MIN_NODE.major || (major === MIN_NODE.major && minor >= MIN_NODE.minor)) return;
  fail(`Assay needs Node ${MIN_NODE.major}.${MIN_NODE.minor} or newer; this is ${process.version}.`);
}

/** Whether a step's inputs have changed since it was last done, or its output is gone. */
function isDue(step) {
  if (step.isWanted === false) return false;
  return !step.isInPlace() || readIfThere(stampFile(step)) !== digestOf(step.inputs);
}

function perform(step) {
  const startedMs = Date.now();
  console.log(`[setup] ${step.name} …`);
  const digest = digestOf(step.inputs);
  step.run();
  mkdirSync(STAMPS_DIR, { recursive: true });
  writeFileSync(stampFile(step), digest);
  writeFileSync(STAMP_OF_PLATFORM, platform());
  console.log(`[setup] ${step.name} ready after ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
}

/** Whether the installed packages are those of the lock file, as after an `npm install` by hand. */
function arePackagesInstalled() {
  const wanted = readPackages('package-lock.json');
  const installed = readPackages('node_modules/.package-lock.json');
  const paths = new Set([...Object.keys(wanted), ...Object.keys(installed)].filter((key) => key !== ''));
  for (const key of paths) {
    const isLeftOut = installed[key] === undefined && wanted[key]?.optional === true;
    if (!isLeftOut && installed[key]?.integrity !== wanted[key]?.integrity) return false;
    if (!isLeftOut && (installed[key] === undefined || !existsSync(key))) return false;
  }
  // Another platform or Node may share the folder (a mounted checkout): its binaries do not run here.
  return readIfThere(STAMP_OF_PLATFORM) === '' || readIfThere(STAMP_OF_PLATFORM) === platform();
}

function readPackages(file) {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')).packages ?? {}) : {};
}

function installPackages() {
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm tells its scripts where it lies itself; that one is sure to be there.
  const npmCli = process.env.npm_execpath;
  if (npmCli !== undefined && npmCli.endsWith('npm-cli.js')) run(process.execPath, [npmCli, ...args]);
  else run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args);
}

function compileCode() {
  rmSync('dist/.complete', { force: true });
  const hasErrors = !runPackage('typescript/bin/tsc', ['-p', 'tsconfig.json'], { mayFail: isLenient });
  for (const file of sourceFiles()) {
    if (/\.(?:ts|tsx)$/.test(file)) continue;
    const target = path.join('dist', path.relative('src', file));
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(file, target);
  }
  if (!hasErrors) writeFileSync('dist/.complete', '');
}

/** Files that make up `dist` apart from the console, which has a build of its own. */
function sourceFiles() {
  const isElsewhere = (file) => file.startsWith(path.join('src', 'console')) || file.endsWith('.mjs');
  return filesBelow('src').filter((file) => !isElsewhere(file) && !file.includes(`postgres${path.sep}generated`));
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((file) => path.join(folder, String(file)))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
    .sort();
}

function digestOf(files) {
  const hash = createHash('sha256').update(platform());
  for (const file of files) hash.update(`\0${file}\0`).update(existsSync(file) ? readFileSync(file) : '');
  return hash.digest('hex');
}

/** What compiled packages depend on: system, processor and the binary interface of Node. */
function platform() {
  return `${process.platform} ${process.arch} ${process.versions.modules}`;
}

function stampFile(step) {
  return path.join(STAMPS_DIR, step.name.replaceAll(' ', '-'));
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function runPackage(file, args, options = {}) {
  return run(process.execPath, [path.join('node_modules', file), ...args], options);
}

/** Runs a command to its end. Returns whether it succeeded; a failure ends the setup unless it may fail. */
function run(command, args, { isQuiet = false, mayFail = false } = {}) {
  // With NODE_ENV=production npm would leave out what the build needs.
  const { NODE_ENV: _unused, ...env } = process.env;
  const isShellNeeded = command.endsWith('.cmd');
  const stdio = isQuiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const result = spawnSync(command, args, { stdio, env, shell: isShellNeeded, encoding: 'utf8' });
  if (result.status === 0) return true;
  if (isQuiet) console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  if (mayFail) return false;
  return fail(`[setup] failed: ${path.basename(command)} ${args.join(' ')}`, result.status ?? 1);
}

/** One setup at a time: `npm start` and `npm test` may be started side by side. */
function takeLock() {
  for (let isFirst = true; ; isFirst = false) {
    try {
      const handle = openSync(LOCK_FILE, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      break;
    } catch (fault) {
      if (fault.code !== 'EEXIST') throw fault;
      if (isLockStale()) {
        rmSync(LOCK_FILE, { force: true });
        continue;
      }
      if (isFirst) console.log('[setup] waiting for another setup to end …');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    }
  }
  process.on('exit', () => rmSync(LOCK_FILE, { force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));
}

function isLockStale() {
  const ageMs = Date.now() - (statSync(LOCK_FILE, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  const pid = Number(readIfThere(LOCK_FILE));
  if (ageMs > STALE_LOCK_MS) return true;
  if (!(pid > 0) || ageMs < 1_000) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (fault) {
    return fault.code === 'ESRCH';
  }
}

function fail(message, status = 1) {
  console.error(message);
  process.exit(status);
}
