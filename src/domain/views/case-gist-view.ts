import { z } from 'zod';
import { pictureMatchEvidence, ringEvidence } from '../evidence.ts';
import { subjectKind } from '../finding.ts';
import { violationType } from '../violation.ts';

const count = z.int().min(0);

/**
 * What a finding says in one sentence, as figures and names, so that it can be told in any language. The position of a
 * picture counts from 1.
 */
export const caseGist = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('RING'),
      direction: ringEvidence.shape.direction,
      members: count,
      listings: count,
      sellers: count,
      reviews: count,
      days: count,
      instigatorId: z.string().optional(),
    }),
    z.strictObject({
      kind: z.literal('CLUSTER'),
      accounts: count,
      identifierKinds: z.array(z.string()).readonly(),
      behaviours: z.array(z.string()).readonly(),
    }),
    z.strictObject({ kind: z.literal('PICTURES_REPLACED'), approved: count, shown: count }),
    z.strictObject({
      kind: z.literal('PICTURE_MATCH'),
      position: z.int().min(1),
      bank: pictureMatchEvidence.shape.bank,
      ownerLabel: z.string(),
    }),
    z.strictObject({
      kind: z.literal('WORDS'),
      spans: z
        .array(
          z.strictObject({
            field: z.string(),
            text: z.string(),
            markText: z.string().optional(),
            ruleId: z.string().optional(),
          }),
        )
        .readonly(),
    }),
    z.strictObject({
      kind: z.literal('TEXT_PAIR'),
      leftId: z.string(),
      rightId: z.string(),
      jaccard01: z.number().min(0).max(1),
    }),
    z.strictObject({ kind: z.literal('FACT'), name: z.string() }),
    // Drawn to see whether checks that find nothing are right; the type of the weak finding nearest to one, where there is.
    z.strictObject({
      kind: z.literal('SAMPLE'),
      subjectKind,
      weakest: z.strictObject({ violationType, probability: z.number().min(0).max(1) }).optional(),
    }),
  ])
  .meta({ id: 'CaseGist' });
export type CaseGist = z.infer<typeof caseGist>;

/** A word that was found, as far as a sentence about it needs. */
export type GistSpan = Extract<CaseGist, { kind: 'WORDS' }>['spans'][number];
