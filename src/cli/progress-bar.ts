import cliProgress from 'cli-progress';

/** Shows how far a long task is. */
export interface Progress {
  start(label: string, total: number): void;
  advance(count: number): void;
  end(): void;
}

/** A bar on standard error where somebody watches; a line at the start and end of each step where nobody does. */
export function createProgress(): Progress {
  if (!process.stderr.isTTY) return linesOnly();
  const bar = new cliProgress.SingleBar(
    { format: '  {label} {bar} {value}/{total}', hideCursor: true, stream: process.stderr, clearOnComplete: false },
    cliProgress.Presets.shades_classic,
  );
  return {
    start: (label, total) => bar.start(total, 0, { label: label.padEnd(16) }),
    advance: (count) => bar.increment(count),
    end: () => bar.stop(),
  };
}

function linesOnly(): Progress {
  let current = '';
  let done = 0;
  return {
    start(label, total) {
      current = label;
      done = 0;
      process.stderr.write(`  ${label}: ${total} …\n`);
    },
    advance(count) {
      done += count;
    },
    end: () => void process.stderr.write(`  ${current}: ${done} done\n`),
  };
}

/** For callers who asked for silence. */
export const silentProgress: Progress = { start: () => undefined, advance: () => undefined, end: () => undefined };
