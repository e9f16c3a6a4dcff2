import { Command } from 'commander';
import { bankCommand } from '../cli/bank.ts';
import { checkCommand } from '../cli/check.ts';
import type { CommandContext } from '../cli/command-context.ts';
import { creditCommand } from '../cli/credit.ts';
import { creditSimulateCommand } from '../cli/credit-simulate.ts';
import { demoCommand } from '../cli/demo.ts';
import { doctorCommand } from '../cli/doctor.ts';
import { importCommand } from '../cli/import.ts';
import { processCommands } from '../cli/processes.ts';
import { rulesCommand } from '../cli/rules-command.ts';
import { AppError } from '../domain/errors.ts';
import { ensureFirstKey } from '../pipeline/api-keys.ts';
import { composeRuntime } from './compose.ts';
import { readConfig } from './config.ts';
import { examine } from './examine.ts';
import { PROJECT_PATHS } from './project-paths.ts';
import { startAll } from './start-all.ts';
import { startApi } from './start-api.ts';
import { startHealth } from './start-health.ts';
import { startScheduler } from './start-scheduler.ts';
import { startWorker } from './start-worker.ts';
import { tellFirstPerson } from './tell-first-person.ts';
import { withServer } from './with-server.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const remark = (text: string): void => void process.stderr.write(`${text}\n`);

/** Runs one role of a scaled installation in this process. */
async function startRole(role: 'api' | 'worker' | 'scheduler') {
  const { config, secrets } = readConfig(process.env);
  const runtime = await composeRuntime({ ...config, logLevel: config.logLevel ?? 'info' }, secrets);
  const running =
    role === 'api'
      ? await startApi(runtime)
      : role === 'worker'
        ? await startWorker(runtime)
        : await startScheduler(runtime);
  if (role === 'api') {
    const first = await ensureFirstKey(runtime.apiKeys);
    if (first.kind === 'created') print(`The first API key, shown only now: ${first.key.secret}`);
    await tellFirstPerson(runtime, print);
  }
  const health = role === 'api' ? undefined : await startHealth(runtime);
  return {
    async close() {
      await health?.close();
      await running?.close();
      await runtime.close();
    },
  };
}

/** The measuring commands bring much along, so they are loaded only when one of them is called or help is asked for. */
async function measuringCommands(called: string | undefined): Promise<readonly Command[]> {
  const isWanted = called === undefined || ['eval', 'bench', 'make', 'help', '--help', '-h'].includes(called);
  if (!isWanted) return [];
  const { benchCommand, evalCommand, makeCommand } = await import('../cli/measurements.ts');
  const { benchBacktestCommand } = await import('../cli/bench-backtest.ts');
  const { benchConsoleCommand } = await import('../cli/bench-console.ts');
  const benchOfConsole = benchConsoleCommand(async (options) => {
    const { benchConsole } = await import('./console-bench/bench-console.ts');
    const { config, secrets } = readConfig(process.env);
    return benchConsole(config, secrets, options);
  });
  const benchOfBacktest = benchBacktestCommand(async (options) => {
    const { benchBacktest } = await import('./backtest-bench.ts');
    const { config, secrets } = readConfig(process.env);
    return benchBacktest(config, secrets, options);
  });
  return [evalCommand(), benchCommand().addCommand(benchOfConsole).addCommand(benchOfBacktest), makeCommand()];
}

async function createProgram(): Promise<Command> {
  const context: CommandContext = {
    withServer(work, options) {
      const { config, secrets } = readConfig(process.env);
      const { ASSAY_URL: url, ASSAY_API_KEY: apiKey } = process.env;
      const remote = { ...(url === undefined ? {} : { url }), ...(apiKey === undefined ? {} : { apiKey }) };
      return withServer(config, secrets, remote, work, options);
    },
    ...(process.env['ASSAY_PASSWORD'] === undefined ? {} : { password: process.env['ASSAY_PASSWORD'] }),
    print,
    remark,
  };
  const program = new Command('assay')
    .description('Trust, fraud and IP-compliance moderation for online marketplaces')
    .showHelpAfterError('(assay --help tells the commands and options)');
  const commands = [
    ...processCommands({
      start: () => {
        const { config, secrets } = readConfig(process.env);
        return startAll({ ...config, logLevel: config.logLevel ?? 'warn' }, secrets, print);
      },
      api: () => startRole('api'),
      worker: () => startRole('worker'),
      scheduler: () => startRole('scheduler'),
    }),
    demoCommand({ ...context, demoFolder: PROJECT_PATHS.demo }),
    checkCommand(context),
    importCommand(context),
    bankCommand(context),
    creditCommand(context).addCommand(creditSimulateCommand(context)),
    rulesCommand(context),
    doctorCommand({ ...context, examine: () => examine(process.env) }),
    ...(await measuringCommands(process.argv[2])),
  ];
  for (const command of commands) program.addCommand(command);
  return program;
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder, and a file is needed',
  ENOTDIR: 'it is a file, and a folder is needed',
};

/** What is wrong with the path that a command was given, where the system says so. */
function unreadablePath(fault: unknown): string | undefined {
  if (!(fault instanceof Error) || !('code' in fault) || !('path' in fault)) return undefined;
  const why = UNREADABLE[String(fault.code)];
  return why === undefined ? undefined : `${String(fault.path)} cannot be read: ${why}.`;
}

/** Tells a fault as one readable sentence; what nobody foresaw, with its stack. */
function tellFault(fault: unknown): void {
  const unreadable = unreadablePath(fault);
  if (unreadable !== undefined) {
    remark(`assay: ${unreadable}`);
    return;
  }
  if (!(fault instanceof AppError)) {
    console.error(fault);
    return;
  }
  remark(`assay: ${fault.message}`);
  const isListed = fault.details.every(({ message }) => fault.message.includes(message));
  if (!isListed) for (const { path, message } of fault.details) remark(`  ${path}: ${message}`);
}

try {
  const program = await createProgram();
  await program.parseAsync();
} catch (fault) {
  tellFault(fault);
  process.exit(1);
}
