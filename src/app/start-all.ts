import { ensureFirstKey } from '../pipeline/api-keys.ts';
import { AssayClient } from '../cli/assay-client.ts';
import { describeDemo, runDemo } from '../cli/demo.ts';
import { tellFirstPerson } from './tell-first-person.ts';
import { createProgress } from '../cli/progress-bar.ts';
import { issueTicket } from '../pipeline/sessions.ts';
import { composeRuntime } from './compose.ts';
import type { Runtime } from './runtime.ts';
import type { Config, Secrets } from './config.ts';
import { PROJECT_PATHS } from './project-paths.ts';
import { startApi } from './start-api.ts';
import { startScheduler } from './start-scheduler.ts';
import { startWorker } from './start-worker.ts';
import { ensureCommandLineKey } from './with-server.ts';

export interface RunningAssay {
  close(): Promise<void>;
}

/** Where the console is: on the embedded default with a ticket, because whoever sees this terminal owns the data. */
async function consoleAddress({ config, sessions }: Runtime, address: string): Promise<string> {
  if (config.databaseUrlGiven) return address;
  const ticket = await issueTicket(sessions, { id: 'owner', name: 'Owner', scopes: ['admin'] });
  return `${address}/#ticket=${ticket}`;
}

/** Runs everything in this process: database, queues, workers, API, console, and the demo marketplace at first. */
export async function startAll(config: Config, secrets: Secrets, print: (text: string) => void): Promise<RunningAssay> {
  const startedMs = performance.now();
  const runtime = await composeRuntime(config, secrets);
  const closers: (() => Promise<void>)[] = [runtime.close];
  const close = async (): Promise<void> => {
    // What takes work in is closed before what does it, and that before what it is kept in.
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  };
  try {
    const worker = await startWorker(runtime);
    closers.push(worker.close);
    await startScheduler(runtime);
    const api = await startApi(runtime, { worker });
    closers.push(api.close);
    const first = await ensureFirstKey(runtime.apiKeys);
    print(`\n  Assay answers at ${api.address} (started in ${((performance.now() - startedMs) / 1_000).toFixed(1)} s)`);
    if (first.kind === 'created') {
      print(`  The first API key, shown only now: ${first.key.secret}`);
    }
    await tellFirstPerson(runtime, print);
    const link = await consoleAddress(runtime, api.address);
    if (config.isDemoWanted && !config.databaseUrlGiven) {
      print(`\n  Open the console while the demo marketplace loads:\n  ${link}\n`);
      const client = new AssayClient(api.address, await ensureCommandLineKey(runtime));
      const summary = await runDemo(client, config.demoDir ?? PROJECT_PATHS.demo, createProgress());
      print(summary.load === 'loaded' ? '\n  The demo marketplace is loaded.' : '\n  The demo marketplace:');
      print(describeDemo(summary));
    } else if (!config.databaseUrlGiven) {
      await ensureCommandLineKey(runtime);
    }
    print(`\n  The console: ${link}`);
    print(
      '  (the link signs you in once within 15 minutes; afterwards sign in with login and password, or an API key)',
    );
    print('  Stop with Ctrl-C.\n');
    return { close };
  } catch (fault) {
    await close();
    throw fault;
  }
}
