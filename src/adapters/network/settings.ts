import { z } from 'zod';
import { networkClass } from '../../domain/account.ts';
import { parseCidr } from './parse-range.ts';

const cidr = z.string().refine((text) => parseCidr(text).kind === 'range', { error: 'is not a range of addresses' });

/** Schema of `rules/network/networks.yaml`: the small set that works without an operator's files. */
export const networkSettings = z.strictObject({
  /** Where the facts come from, in words. */
  source: z.string().min(1),
  /** Day on which they were compiled, YYYY-MM-DD. */
  date: z.iso.date(),
  ranges: z.array(
    z.strictObject({
      class: networkClass,
      name: z.string().min(1),
      note: z.string().optional(),
      cidrs: z.array(cidr).min(1),
    }),
  ),
  asns: z.array(
    z.strictObject({
      class: networkClass,
      note: z.string().optional(),
      /** AS number → name. */
      networks: z.record(z.string().regex(/^\d{1,10}$/), z.string().min(1)),
    }),
  ),
  nameHints: z.array(
    z.strictObject({
      class: networkClass,
      words: z.array(z.string().min(3)).min(1),
      parts: z.array(z.string().min(3)),
    }),
  ),
});
export type NetworkSettings = z.infer<typeof networkSettings>;
