import type { CaseworkPorts } from './step-case.ts';

/** Cases of one statement. */
const ROUND = 200;
/** Priorities of one statement: a claim never waits longer than that takes. */
const PRIORITY_ROUND = 1_000;

/** Repeats a task until it finds less than a round holds; gives how many it found. */
async function untilDone(task: () => Promise<number>, round: number): Promise<number> {
  let total = 0;
  for (;;) {
    const count = await task();
    total += count;
    if (count < round) return total;
  }
}

/** What happens to cases by themselves every second: leases of silent holders end. */
export async function keepLeases({ cases, clock }: CaseworkPorts): Promise<void> {
  await untilDone(() => cases.releaseLapsed(clock.nowMs(), ROUND), ROUND);
}

/** What happens to cases by themselves every minute: assignments and appeal windows end, and due times come nearer. */
export async function keepCases({ cases, clock }: CaseworkPorts): Promise<void> {
  await cases.endAssignments(clock.nowMs());
  await untilDone(() => cases.closeAppealed(clock.nowMs(), ROUND), ROUND);
  await untilDone(() => cases.refreshPriorities(clock.nowMs(), PRIORITY_ROUND), PRIORITY_ROUND);
}
