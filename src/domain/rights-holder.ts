import { z } from 'zod';
import { countryCode, externalId, wellFormedText } from './primitives.ts';

/** Who holds marks and other rights. */
export const rightsHolder = z
  .strictObject({
    id: externalId,
    name: wellFormedText(200).min(1),
    email: z.email().max(320).optional(),
    country: countryCode.optional(),
  })
  .meta({ id: 'RightsHolder' });
export type RightsHolder = z.infer<typeof rightsHolder>;
