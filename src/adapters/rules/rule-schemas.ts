import { creditSettings } from '../../credit/settings.ts';
import { reviewSettings } from '../../credit/review-settings.ts';
import { accountSettings } from '../../detectors/account/settings.ts';
import { brandRules, categoryClassList, contextWords, ordinaryWordFile } from '../../detectors/brand/settings.ts';
import { pictureTextSettings } from '../../detectors/brand/picture-text-settings.ts';
import { imageSettings } from '../../detectors/image/settings.ts';
import { ringSettings } from '../../detectors/ring/settings.ts';
import { caseworkSettings } from '../../policy/casework-settings.ts';
import type { Ruleset } from '../../policy/parse-ruleset.ts';
import { networkSettings } from '../network/settings.ts';

/** The schema of each rule file beside those that the policy reads itself. A file of another name is an error. */
export const RULE_SCHEMAS = {
  'casework.yaml': caseworkSettings,
  'credit.yaml': creditSettings,
  'reviews.yaml': reviewSettings,
  'image.yaml': imageSettings,
  'picture-text.yaml': pictureTextSettings,
  'ring.yaml': ringSettings,
  'account.yaml': accountSettings,
  'brand.yaml': brandRules,
  'brand/context-words.yaml': contextWords,
  'brand/category-classes.yaml': categoryClassList,
  'brand/ordinary-words.yaml': ordinaryWordFile,
  'brand/rare-words.yaml': ordinaryWordFile,
  'network/networks.yaml': networkSettings,
} as const;

/** All of Assay's rules: policy, and the settings of every room. */
export type AssayRuleset = Ruleset<typeof RULE_SCHEMAS>;
