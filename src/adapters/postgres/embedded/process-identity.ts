import { readFileSync, readlinkSync } from 'node:fs';

/** What tells one process from every other, past and present. Parts that the system does not tell are empty. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Space in which the process id means something: one boot and one container of one machine. */
  readonly space: string;
  /** Start of the process in clock ticks since boot: process ids are used again. */
  readonly startTicks: string;
}

/** The identity of this process. */
export function identifyThisProcess(): ProcessIdentity {
  return { pid: process.pid, space: processSpace(), startTicks: startTicksOf(process.pid) };
}

/** Whether a process still runs; `unknown` when it belongs to another container or machine. */
export function findProcess({ pid, space, startTicks }: ProcessIdentity): 'running' | 'gone' | 'unknown' {
  if (space !== processSpace()) return 'unknown';
  try {
    process.kill(pid, 0);
  } catch (fault) {
    // EPERM: the process lives and belongs to somebody else.
    if (!(fault instanceof Error && 'code' in fault && fault.code === 'EPERM')) return 'gone';
  }
  return startTicks === '' || startTicks === startTicksOf(pid) ? 'running' : 'gone';
}

/** Source: proc(5): field 22 of /proc/pid/stat; the second field, a name in brackets, may hold blanks. Linux only. */
function startTicksOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Source: proc(5), pid_namespaces(7). Linux only. */
function processSpace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return '';
  }
}
