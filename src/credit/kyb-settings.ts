import { z } from 'zod';

const country = z.string().regex(/^[A-Z]{2}$/);
const days = z.int().min(1).max(3_650);

/** Duties to know who sells; described in `rules/credit.yaml` under `kyb`. */
export const kybSettings = z.strictObject({
  inform: z.strictObject({
    /** Countries of delivery whose sales count. Versions of older releases do not say it, nor the three below. */
    countries: z.array(country).min(1).default(['US']),
    /** Conditions of goods that count; UNKNOWN: the marketplace does not say. */
    conditions: z
      .array(z.enum(['NEW', 'UNUSED', 'REFURBISHED', 'USED', 'UNKNOWN']))
      .min(1)
      .default(['NEW', 'UNUSED', 'UNKNOWN']),
    /** Categories, or how they begin, whose goods are no consumer products. */
    exceptCategories: z.array(z.string().min(1)).default([]),
    /** Whether a sale without a country of delivery counts where the seller offers goods to one of the countries. */
    countsUnknownDestination: z.boolean().default(true),
    /** Sales that count and their value, US cents, within a continuous twelve months of the last twenty-four. */
    minSales: z.int().min(1),
    minValueUsdMinor: z.int().min(1),
    collectDays: days,
    verifyDays: days,
    recertifyDays: days,
    /** Value of a year, US cents, from which name and address are shown to buyers. */
    discloseFromUsdMinor: z.int().min(1),
    /** US cents of one minor unit of a currency, millionths. A sale in any other is taken to be of any value: too early a reminder does no harm. */
    usdCentsPpm: z.record(z.string().regex(/^[A-Z]{3}$/), z.int().min(1)),
  }),
  dsa30: z.strictObject({
    countries: z.array(country).min(1),
  }),
  remindBeforeDays: z.array(days).min(1),
});
export type KybSettings = z.infer<typeof kybSettings>;
export type InformSettings = KybSettings['inform'];
