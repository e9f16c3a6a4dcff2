import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { compiledTwin } from '../../adapters/compiled-twin.ts';
import type { ReviewerOrder, ReviewerReport } from './reviewer-calls.ts';

/** Reviewers in a process of their own, so that what they cost is not counted as the server's. */
export interface Reviewers {
  /** Sends them to work; `serverCpuMs` is the processor time that this process took meanwhile. */
  send(order: ReviewerOrder): Promise<ReviewerReport & { readonly serverCpuMs: number }>;
  close(): void;
}

export function startReviewers(): Reviewers {
  const child = fork(fileURLToPath(compiledTwin('reviewer-calls', import.meta.url)));
  return {
    async send(order) {
      const before = process.cpuUsage();
      child.send(order);
      const [answer] = (await once(child, 'message')) as [{ report?: ReviewerReport; fault?: string }];
      if (answer.report === undefined) throw new Error(answer.fault ?? 'The reviewers gave up.');
      const { user, system } = process.cpuUsage(before);
      return { ...answer.report, serverCpuMs: (user + system) / 1_000 };
    },
    close: () => void child.kill(),
  };
}
