import { z } from 'zod';

/** Payload of a check job: a check that is stored, or an item that a marketplace put straight onto the queue. */
export const checkJob = z.union([
  z.strictObject({ checkId: z.string().min(1).max(64) }),
  z.strictObject({ item: z.record(z.string(), z.unknown()) }),
]);

/** Payload of an intake job: items of one kind, as a marketplace would POST them. */
export const intakeJob = z.strictObject({
  kind: z.enum(['SELLER', 'LISTING', 'REVIEW', 'ACCOUNT', 'ORDER']),
  items: z.array(z.unknown()).min(1).max(1_000),
});

export const markRescanJob = z.strictObject({ markId: z.string().min(1).max(128) });

/** Bank pictures that are new, or hashes: listings that show them already are looked at again. */
export const pictureRescanJob = z.union([
  z.strictObject({ bankPictureId: z.string().min(1).max(128) }),
  z.strictObject({ bankHashIds: z.array(z.string()).min(1).max(20_000) }),
]);

/** A version of a listing whose pictures are to be read for words, or looked at for logos. */
export const pictureTextJob = z.strictObject({
  listingId: z.string().min(1).max(128),
  version: z.int().min(1),
  wantsText: z.boolean(),
  wantsShapes: z.boolean(),
});

/** Where a pass over all pictures goes on, to make keys of older versions anew: after this content. */
export const pictureRenewalJob = z.strictObject({ afterSha256: z.string().max(64) });

/** Payload of the daily work; `reason` is told in the log. */
export const nightlyJob = z.strictObject({ reason: z.string().max(200).default('schedule') });

/** Payload of the periodic sweep of rings and clusters; `reason` is told in the log. */
export const ringSweepJob = z.strictObject({ reason: z.string().max(200).default('schedule') });
