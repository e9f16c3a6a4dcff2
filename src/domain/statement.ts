import { z } from 'zod';
import { findingSource } from './decision.ts';
import { wellFormedText } from './primitives.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = z.string().regex(DAY);

/**
 * A statement of reasons in the fields of the EU Transparency Database (API v2), without personal data.
 * Source: DSA Articles 17 and 24(5); transparency.dsa.ec.europa.eu/page/api-documentation.
 */
export const statementOfReasons = z
  .strictObject({
    /** Platform unique identifier: the decision and the subject. */
    puid: z.string().max(500),
    decision_visibility: z.array(z.string()).optional(),
    decision_provision: z.string().optional(),
    decision_account: z.string().optional(),
    decision_monetary: z.string().optional(),
    decision_ground: z.enum(['DECISION_GROUND_ILLEGAL_CONTENT', 'DECISION_GROUND_INCOMPATIBLE_CONTENT']),
    incompatible_content_ground: z.string().max(500).optional(),
    incompatible_content_explanation: z.string().max(2_000).optional(),
    incompatible_content_illegal: z.enum(['Yes', 'No']).optional(),
    category: z.string(),
    category_addition: z.array(z.string()).optional(),
    category_specification: z.array(z.string()),
    content_type: z.array(z.string()).min(1),
    content_date: day,
    application_date: day,
    /** Absent: without end. */
    end_date_visibility_restriction: day.optional(),
    end_date_service_restriction: day.optional(),
    end_date_account_restriction: day.optional(),
    territorial_scope: z.array(z.string()),
    decision_facts: wellFormedText(5_000).min(1),
    source_type: z.enum([
      'SOURCE_ARTICLE_16',
      'SOURCE_TRUSTED_FLAGGER',
      'SOURCE_TYPE_OTHER_NOTIFICATION',
      'SOURCE_VOLUNTARY',
    ]),
    automated_detection: z.enum(['Yes', 'No']),
    automated_decision: z.enum([
      'AUTOMATED_DECISION_FULLY',
      'AUTOMATED_DECISION_PARTIALLY',
      'AUTOMATED_DECISION_NOT_AUTOMATED',
    ]),
  })
  .meta({ id: 'StatementOfReasons' });
export type StatementOfReasons = z.infer<typeof statementOfReasons>;

/** How the database names where a suspicion came from. */
export const SOURCE_TYPE: Readonly<Record<z.infer<typeof findingSource>, StatementOfReasons['source_type']>> = {
  AUTOMATED_RULE: 'SOURCE_VOLUNTARY',
  AUTOMATED_MODEL: 'SOURCE_VOLUNTARY',
  PROACTIVE_REVIEW: 'SOURCE_VOLUNTARY',
  ART16_NOTICE: 'SOURCE_ARTICLE_16',
  TRUSTED_FLAGGER: 'SOURCE_TRUSTED_FLAGGER',
  RIGHTS_HOLDER: 'SOURCE_ARTICLE_16',
  USER_REPORT: 'SOURCE_TYPE_OTHER_NOTIFICATION',
  AUTHORITY_ORDER: 'SOURCE_TYPE_OTHER_NOTIFICATION',
};
