import { z } from 'zod';

/** Everything a finding can say. Points, strikes and severity of each are in `rules/violations.yaml`. */
export const violationType = z.enum([
  'IP_TM_COUNTERFEIT_GOODS',
  'IP_TM_LOGO_IMITATION',
  'IP_TM_OBFUSCATED_BRAND',
  'IP_TM_KEYWORD_MISUSE',
  'IP_TM_STORE_NAME',
  'IP_TM_UNLAWFUL_IMPORT',
  'IP_CR_IMAGE_THEFT',
  'IP_CR_TEXT_COPY',
  'IP_CR_PIRATED_MEDIA',
  'IP_CR_CHARACTER_ARTWORK',
  'IP_DESIGN_COPY',
  'IP_PATENT',
  'IP_GEOGRAPHICAL_INDICATION',
  'IP_TRADE_SECRET',
  'IP_FORGED_AUTHORISATION',
  'IP_AUTHORISATION_MISSING_OR_EXPIRED',
  'LST_HIDDEN_LINK',
  'LST_NOT_AS_DESCRIBED',
  'LST_BAIT_SWITCH',
  'LST_FAKE_DISCOUNT',
  'LST_SEARCH_CHEATING',
  'LST_PROHIBITED_GOODS',
  'LST_UNSAFE_GOODS',
  'LST_DESTINATION_RESTRICTED',
  'LST_HIDDEN_ADVERTISING',
  /** A picture that many sellers share, such as a supplier's stock photo: told, never punished. */
  'LST_SHARED_CATALOGUE_PICTURE',
  /** A picture that cannot be read, or was damaged so that it reads badly. */
  'LST_PICTURE_UNREADABLE',
  'REV_RING_BALLOT_STUFFING',
  'REV_RING_BAD_MOUTHING',
  'REV_PAID_OR_CONDITIONAL',
  'REV_INSIDER',
  'REV_SUPPRESSION_OR_THREAT',
  'REV_LISTING_HIJACK',
  'REV_BUYER_EXTORTION',
  'REV_OFF_TOPIC_LOGISTICS',
  'ACC_SOCK_PUPPET_VPN',
  'ACC_BAN_EVASION',
  'ACC_IMPERSONATION_HIJACK',
  'ACC_TRADER_INFO_MISSING',
  'ACC_FALSE_QUALIFICATION',
  'TRD_FAKE_TRANSACTION',
  'TRD_FALSE_SHIPMENT',
  'TRD_PROMO_ABUSE',
  'TRD_REFUND_FRAUD',
  'TRD_PHISHING_OFFPLATFORM',
  'RH_UNFOUNDED_NOTICE',
  'RH_FORGED_RIGHT',
  'RH_COMPETITOR_ABUSE',
  /** A detector failed or a fact could not be had: a person must look, nobody is punished. */
  'SYS_CHECK_INCOMPLETE',
  /** A buyer says that their standing is wrong: a person decides, and CONFIRMED says that the buyer is right. */
  'SYS_STANDING_APPEAL',
  /** A seller appeals against a decision: somebody who had no hand in it rules on it. */
  'SYS_SELLER_APPEAL',
  /** Nothing was found: the draw brings the item to a person, to see what the rules miss. */
  'SYS_SAMPLED',
]);
export type ViolationType = z.infer<typeof violationType>;

/** S0 tells, S4 endangers people or forges documents. */
export const severity = z.enum(['S0', 'S1', 'S2', 'S3', 'S4']);
export type Severity = z.infer<typeof severity>;
