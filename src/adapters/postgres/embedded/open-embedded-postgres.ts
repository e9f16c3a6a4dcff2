import { randomUUID } from 'node:crypto';
import { AppError } from '../../../domain/errors.ts';
import { lockDataFolder, type DataFolderLock } from './data-folder-lock.ts';
import { hubPoolConfig, type HubPoolConfig } from './hub-stream.ts';
import { startMaintenance } from './maintenance.ts';
import { openPglite, type PgliteLocation } from './open-pglite.ts';
import { PgliteHub } from './pglite-hub.ts';
import { RemotePgliteHub } from './remote-pglite-hub.ts';

export interface EmbeddedPostgresOptions extends PgliteLocation {
  /** Whether SQL runs in a thread of its own. Without it every statement holds up this event loop. */
  readonly inThread: boolean;
  /** Time between two rounds of maintenance; 0 for none. Default five minutes. */
  readonly maintenanceEveryMs?: number;
  /** Told about faults in the background; they do not stop the database. */
  readonly onError?: (fault: unknown) => void;
}

/** A Postgres inside this process, spoken to with `pg` like a server. */
export interface EmbeddedPostgres {
  /** For `new pg.Pool({ ...poolConfig, max })` and `new PrismaPg({ ...poolConfig, max })`. */
  readonly poolConfig: HubPoolConfig;
  /** Tells other processes that find the data folder taken where this one answers over HTTP. */
  announce(address: string): void;
  /** Writes everything to disk and gives the data folder free. End the pools before. Idempotent. */
  close(): Promise<void>;
}

const DEFAULT_MAINTENANCE_EVERY_MS = 5 * 60_000;

/**
 * Opens the embedded Postgres on a data folder (made when missing) or in memory.
 *
 * Throws `database.locked` when another process has the folder open, and `database.unavailable` when PGlite cannot
 * open it. Writes survive the death of the process, not a power cut: PGlite does not call fsync.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir } = options;
  const lock = dataDir === 'memory' ? undefined : await lockDataFolder(dataDir, randomUUID());
  try {
    const { poolConfig, stop } = options.inThread ? await openInThread(options) : await openInProcess(options);
    return composeEmbedded(options, { poolConfig, stop, lock });
  } catch (fault) {
    lock?.release();
    throw fault;
  }
}

interface OpenHub {
  readonly poolConfig: HubPoolConfig;
  readonly stop: () => Promise<void>;
}

async function openInThread(options: EmbeddedPostgresOptions): Promise<OpenHub> {
  const hub = await RemotePgliteHub.start(locationOf(options));
  return { poolConfig: hubPoolConfig(hub), stop: () => hub.stop() };
}

async function openInProcess(options: EmbeddedPostgresOptions): Promise<OpenHub> {
  const database = await openPglite(locationOf(options)).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('database.unavailable', `The embedded database cannot be opened: ${why}`, { cause });
  });
  const hub = new PgliteHub(database);
  const stop = async (): Promise<void> => {
    hub.close();
    await database.close();
  };
  return { poolConfig: hubPoolConfig(hub), stop };
}

function locationOf({ dataDir, templateFile }: PgliteLocation): PgliteLocation {
  return templateFile === undefined ? { dataDir } : { dataDir, templateFile };
}

function composeEmbedded(
  options: EmbeddedPostgresOptions,
  { poolConfig, stop, lock }: OpenHub & { readonly lock: DataFolderLock | undefined },
): EmbeddedPostgres {
  const everyMs = options.maintenanceEveryMs ?? DEFAULT_MAINTENANCE_EVERY_MS;
  const onError = options.onError ?? ((): void => undefined);
  const maintenance = everyMs > 0 ? startMaintenance(poolConfig, { everyMs, onError }) : undefined;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    try {
      await maintenance?.stop();
      await stop();
    } finally {
      lock?.release();
    }
  };
  return {
    poolConfig,
    announce: (address) => lock?.announce(address),
    close: () => (closing ??= close()),
  };
}
