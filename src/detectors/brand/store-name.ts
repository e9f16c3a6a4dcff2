import type { Finding } from '../../domain/finding.ts';
import type { ContextLexicon } from './context-lexicon.ts';
import type { FieldHit, ListingReading, MarkUse } from './mark-uses.ts';
import type { BrandRules } from './settings.ts';
import { sigmoid } from './weigh-use.ts';
import { BRAND_DETECTOR_VERSION } from './detector-version.ts';

/** Findings for marks on which the store's own name is built; a seller whom the owner named may wear the mark. */
export const storeNameFindings = (reading: ListingReading, lexicon: ContextLexicon, rules: BrandRules): Finding[] =>
  reading.uses.flatMap((use) => {
    const inName = use.hits.filter(({ field }) => field.field === 'storeName');
    if (inName.length === 0 || use.standing.kind === 'OWN' || use.standing.kind === 'AUTHORISED') return [];
    if (use.reach !== 'REACHES') return [];
    const probability = probabilityOf(use, inName, lexicon, rules);
    return probability < rules.minProbability01 ? [] : [findingOf(use, inName, probability)];
  });

const probabilityOf = (
  use: MarkUse,
  inName: readonly FieldHit[],
  lexicon: ContextLexicon,
  rules: BrandRules,
): number => {
  const { nats, calibration } = rules;
  let logOdds = nats.prior + (use.mark.hasReputation ? nats.reputed : 0);
  const [first] = inName;
  if (first !== undefined) {
    const { text } = first.field;
    // A mark that leads the name, or stands beside "official store", is worn; one in the midst of others is mentioned.
    const isWorn = first.hit.start === 0 || lexicon.storeWords.find(text).length > 0;
    logOdds += nats.storeName * (isWorn ? 1 : 0.6);
    if (first.hit.strength === 'ORDINARY') logOdds += nats.ordinaryName;
    if (first.hit.strength === 'SHORT') logOdds += nats.shortName;
    logOdds += Math.max(0, ...inName.map(({ hit }) => nats.views[hit.view] ?? 0)) / 2;
  }
  if (use.standing.kind !== 'UNKNOWN') logOdds += nats.sellerNotNamedByOwner / 2;
  return sigmoid(calibration.slope * logOdds + calibration.intercept);
};

const findingOf = ({ mark }: MarkUse, inName: readonly FieldHit[], probability: number): Finding => ({
  detector: 'brand',
  detectorVersion: BRAND_DETECTOR_VERSION,
  violationType: 'IP_TM_STORE_NAME',
  probability,
  summary: `The store's name is built on the mark ${mark.text}, and the owner has not named this seller.`.slice(
    0,
    1_000,
  ),
  evidence: inName.map(({ field, hit }) => ({
    kind: 'TEXT_SPAN',
    why: `Reads as ${hit.name}, a name of the mark ${mark.text}.`,
    field: 'storeName',
    start: hit.start,
    end: hit.end,
    text: field.text.slice(hit.start, hit.end),
    view: hit.view,
    markId: mark.id,
    markText: mark.text,
    ruleId: 'brand.storeName',
  })),
  about: `storeName ${mark.id}`,
  markId: mark.id,
  signals: { isReputed: mark.hasReputation, view: inName[0]?.hit.view ?? 'NATIVE' },
});
