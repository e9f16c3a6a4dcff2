import type { TestProject } from 'vitest/node';
import { startAssay } from './start-assay.ts';

/** A counterfeiter with pictures of a brand and marks in disguise, and a praised seller with a ring. */
const SELLERS = new Set(['s-mirror-luxe', 's-brightnest']);

declare module 'vitest' {
  interface ProvidedContext {
    readonly assay: { readonly address: string; readonly signInLink: string; readonly firstKey: string };
  }
}

/** Starts one Assay for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { address, signInLink, firstKey, stop } = await startAssay(SELLERS);
  project.provide('assay', { address, signInLink, firstKey });
  return stop;
}
