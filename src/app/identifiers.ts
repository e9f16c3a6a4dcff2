import { v7 } from 'uuid';
import type { IdSource } from '../pipeline/ports.ts';

/** UUID version 7: unique without a central counter, and sorted by time in an index. */
export const uuidSource: IdSource = { next: () => v7() };
