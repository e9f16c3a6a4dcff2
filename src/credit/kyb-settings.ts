import { z } from 'zod';

const days = z.int().min(1).max(3_650);

/** Duties to know who sells; described in `rules/credit.yaml` under `kyb`. */
export const kybSettings = z.strictObject({
  inform: z.strictObject({
    /** Sales of new goods and their value, US cents, within a continuous twelve months of the last twenty-four. */
    minSales: z.int().min(1),
    minValueUsdMinor: z.int().min(1),
    collectDays: days,
    verifyDays: days,
    recertifyDays: days,
    /** Value of a year, US cents, from which name and address are shown to buyers. */
    discloseFromUsdMinor: z.int().min(1),
    /** US cents of one minor unit of a currency, millionths; sales in others have no value here, but are counted. */
    usdCentsPpm: z.record(z.string().regex(/^[A-Z]{3}$/), z.int().min(1)),
  }),
  dsa30: z.strictObject({
    countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
  }),
  remindBeforeDays: z.array(days).min(1),
});
export type KybSettings = z.infer<typeof kybSettings>;
