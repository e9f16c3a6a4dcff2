import { Command } from 'commander';

/** Something that runs until it is closed. */
export interface RunningProcess {
  close(): Promise<void>;
}

/** The long-running commands, by name. */
export interface ProcessStarters {
  readonly start: () => Promise<RunningProcess>;
  readonly api: () => Promise<RunningProcess>;
  readonly worker: () => Promise<RunningProcess>;
  readonly scheduler: () => Promise<RunningProcess>;
}

const DESCRIPTIONS: Readonly<Record<keyof ProcessStarters, string>> = {
  start: 'run everything in one process, on the embedded database unless DATABASE_URL is set',
  api: 'run the HTTP API and the console',
  worker: 'work on the queues',
  scheduler: 'plan the periodic jobs',
};

/** After this long a process that does not end is ended. */
const CLOSE_LIMIT_MS = 30_000;

/** `assay start`, `assay api`, `assay worker`, `assay scheduler` */
export function processCommands(starters: ProcessStarters): readonly Command[] {
  return (Object.keys(DESCRIPTIONS) as (keyof ProcessStarters)[]).map((name) =>
    new Command(name).description(DESCRIPTIONS[name]).action(() => runUntilStopped(starters[name])),
  );
}

/** Starts, waits for Ctrl-C or SIGTERM, and closes in order; a second Ctrl-C ends at once. */
async function runUntilStopped(start: () => Promise<RunningProcess>): Promise<void> {
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let signals = 0;
  const onSignal = (): void => {
    signals += 1;
    if (signals > 1) process.exit(130);
    process.stderr.write('\n  Stopping …\n');
    stop();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const starting = start();
  const running = await Promise.race([starting, stopped.then(() => undefined)]);
  if (running !== undefined) await stopped;
  const deadline = setTimeout(() => process.exit(1), CLOSE_LIMIT_MS);
  deadline.unref();
  // Stopped while it was starting: what is there by now is closed as well.
  if (running === undefined) process.exit(0);
  await running.close();
  process.exit(0);
}
