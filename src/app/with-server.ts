import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readDataFolderOwner } from '../adapters/postgres/embedded/data-folder-lock.ts';
import { AssayClient } from '../cli/assay-client.ts';
import { AppError } from '../domain/errors.ts';
import { createApiKey } from '../pipeline/api-keys.ts';
import { composeRuntime } from './compose.ts';
import type { Runtime } from './runtime.ts';
import type { Config, Secrets } from './config.ts';
import { loadDemoMarks } from '../cli/load-demo.ts';
import { PROJECT_PATHS } from './project-paths.ts';
import { startApi } from './start-api.ts';
import { startWorker } from './start-worker.ts';

/** The key with which the command line talks to the server on the same data folder; readable by its owner alone. */
const keyFile = (dataDir: string): string => path.join(dataDir, 'command-line.key');

/** Where the command line finds an Assay that is not on this machine's data folder. */
export interface RemoteAssay {
  readonly url?: string;
  readonly apiKey?: string;
}

/** Makes sure that the command line has a key to the embedded installation. */
export async function ensureCommandLineKey(runtime: Runtime): Promise<string> {
  const file = keyFile(runtime.config.dataDir);
  const stored = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (stored !== '') return stored;
  const { secret } = await createApiKey(runtime.apiKeys, `command line ${randomBytes(3).toString('hex')}`, ['admin']);
  await rm(file, { force: true });
  await writeFile(file, `${secret}\n`, { mode: 0o600, flag: 'wx' });
  return secret;
}

export interface ServerOptions {
  /** Where nothing is stored yet, run in memory with the marks and bank pictures of the demo, and store nothing. */
  readonly isScratchEnough?: boolean;
}

/** A runtime in memory: nothing of it stays. */
const composeScratch = (config: Config, secrets: Secrets): Promise<Runtime> =>
  composeRuntime({ ...config, isInMemory: true }, { ...secrets, pseudonymKey: randomBytes(32).toString('base64') });

/**
 * Runs work against the Assay that has the data: the one that ASSAY_URL names, the one that is running on the data
 * folder, or else one that is started on it for this work alone.
 */
export async function withServer<Result>(
  config: Config,
  secrets: Secrets,
  { url, apiKey }: RemoteAssay,
  work: (client: AssayClient) => Promise<Result>,
  options: ServerOptions = {},
): Promise<Result> {
  if (url !== undefined) {
    if (apiKey === undefined)
      throw new AppError('auth.missing', 'ASSAY_URL is set: set ASSAY_API_KEY to a key of it, too.');
    return work(new AssayClient(url, apiKey));
  }
  if (!config.databaseUrlGiven) {
    const owner = await readDataFolderOwner(path.join(config.dataDir, 'postgres'));
    if (owner.kind === 'held') return work(await clientOfRunning(config.dataDir, owner));
  }
  const scratch = options.isScratchEnough === true && !config.databaseUrlGiven && !existsSync(config.dataDir);
  const runtime = scratch ? await composeScratch(config, secrets) : await composeRuntime(config, secrets);
  try {
    const worker = await startWorker(runtime);
    try {
      const api = await startApi(runtime, { port: 0, worker });
      try {
        const key =
          config.databaseUrlGiven || scratch
            ? (await createApiKey(runtime.apiKeys, 'command line, one run', ['admin'])).secret
            : await ensureCommandLineKey(runtime);
        const client = new AssayClient(api.address, key);
        if (scratch) await loadDemoMarks(client, PROJECT_PATHS.demo);
        return await work(client);
      } finally {
        await api.close();
      }
    } finally {
      await worker.close();
    }
  } finally {
    await runtime.close();
  }
}

async function clientOfRunning(
  dataDir: string,
  { pid, address }: { readonly pid: number; readonly address?: string | undefined },
): Promise<AssayClient> {
  const key = (await readFile(keyFile(dataDir), 'utf8').catch(() => '')).trim();
  if (address !== undefined && key !== '') return new AssayClient(address, key);
  throw new AppError(
    'database.locked',
    `Process ${pid} has the data folder ${dataDir} open and is still starting or stopping. Try again in a moment.`,
  );
}
