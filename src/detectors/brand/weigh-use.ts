import type { ViolationType } from '../../domain/violation.ts';
import type { BrandFacts } from './brand-facts.ts';
import type { FieldHit, ListingReading, MarkUse } from './mark-uses.ts';
import { nearestWeightedWord } from './mark-uses.ts';
import { ordinaryUseTerms } from './ordinary-use.ts';
import type { FakeComplaint } from './reading-complaints.ts';
import type { BrandRules } from './settings.ts';
import { MAX_SOUND_DOUBT_01 } from './sound-tier.ts';

/** One reason for or against, in log-odds. */
export interface EvidenceTerm {
  readonly name: string;
  readonly why: string;
  readonly nats: number;
  /** What the moderator sees marked, where it is a place in a text. */
  readonly span?: {
    readonly field: string;
    readonly start: number;
    readonly end: number;
    readonly text: string;
    readonly ruleId: string;
  };
  /** A value to be told, where it is none. */
  readonly value?: string | number;
  readonly expected?: string | number;
}

/** How a use of a mark was weighed. */
export type UseVerdict =
  | {
      readonly kind: 'LAWFUL';
      readonly why: 'OWN' | 'AUTHORISED' | 'OTHER_CLASS' | 'OTHER_TERRITORY' | 'NOT_YET_OR_NO_LONGER';
    }
  | {
      readonly kind: 'WEIGHED';
      readonly violationType: ViolationType;
      readonly probability: number;
      readonly terms: readonly EvidenceTerm[];
      /** All hits that speak are lawful mentions of what the goods fit. */
      readonly isNominative: boolean;
    };

/** The facts with the complaints that were read in the reviews. */
export type WeighedFacts = BrandFacts & { readonly complaints: readonly FakeComplaint[] };

/** Views that nobody writes by accident. */
const DEFORMED = new Set([
  'STYLED',
  'INVISIBLE',
  'SPLIT',
  'SKELETON',
  'LEET',
  'DOUBLED',
  'MASKED',
  'REVERSED',
  'FUZZY',
  'GLUED',
]);

/** Of these, the ones that no slip of the keyboard explains. */
const DISGUISED = new Set(['STYLED', 'INVISIBLE', 'SPLIT', 'SKELETON', 'LEET', 'MASKED', 'REVERSED']);

/** A word beside the mark from which on it explains the use better than the contradicting brand attribute does. */
const TELLING_NATS = 1;

/** A probability from log-odds. */
export const sigmoid = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** Weighs one mark's use in a listing: gates first, then the sum of the evidence. */
export const weighUse = (use: MarkUse, reading: ListingReading, facts: WeighedFacts, rules: BrandRules): UseVerdict => {
  const { standing, reach } = use;
  if (standing.kind === 'OWN' || standing.kind === 'AUTHORISED') return { kind: 'LAWFUL', why: standing.kind };
  if (reach !== 'REACHES') return { kind: 'LAWFUL', why: reach };
  const listingHits = use.hits.filter(({ field }) => field.field !== 'storeName');
  const words = wordTerms(listingHits, reading, rules);
  const terms = [...standingTerms(use, rules), ...contextTerms(use, { hits: listingHits, words, reading }, rules)];
  const view = viewTerm(listingHits, rules);
  if (view !== undefined) terms.push(view);
  terms.push(...words, ...priceTerms(use, facts, rules), ...complaintTerms(facts.complaints, rules));
  const logOdds = terms.reduce((sum, term) => sum + term.nats, 0);
  const probability = sigmoid(rules.calibration.slope * logOdds + rules.calibration.intercept);
  const isNominative = isReferential(listingHits);
  return { kind: 'WEIGHED', violationType: typeOf(use, terms), probability, terms, isNominative };
};

/** Whether every mention tells what the goods fit, or that they do not come from the mark's owner. */
const isReferential = (hits: readonly FieldHit[]): boolean =>
  hits.length > 0 && hits.every((hit) => hit.isNominative || hit.isDisclaimed);

const complaintTerms = (complaints: readonly FakeComplaint[], rules: BrandRules): EvidenceTerm[] => {
  if (complaints.length === 0) return [];
  const share = Math.min(1, complaints.length / rules.fullComplaints);
  const quoted = [...new Set(complaints.map((complaint) => `“${complaint.text}”`))].slice(0, 5).join(', ');
  const why = `${complaints.length} of the buyers' reviews call the goods fake: ${quoted}.`;
  return [{ name: 'complaints', why, nats: rules.nats.complaints * share, value: complaints.length }];
};

const standingTerms = ({ mark, standing }: MarkUse, { nats }: BrandRules): EvidenceTerm[] => {
  const terms: EvidenceTerm[] = [
    { name: 'prior', why: 'Most listings that name a mark resell genuine goods.', nats: nats.prior },
  ];
  if (mark.hasReputation)
    terms.push({ name: 'reputed', why: `${mark.text} is a mark with a reputation.`, nats: nats.reputed });
  if (standing.kind === 'NOT_NAMED') {
    const why = `The owner of ${mark.text} has named who may sell, and this seller is not among them.`;
    terms.push({ name: 'sellerNotNamed', why, nats: nats.sellerNotNamedByOwner });
  }
  if (standing.kind === 'AUTHORISATION_EXPIRED') {
    const why = `The seller's authorisation for ${mark.text} is not valid today.`;
    terms.push({ name: 'authorisationExpired', why, nats: nats.sellerNotNamedByOwner, value: standing.until ?? '' });
  }
  if (standing.kind === 'OTHER_TERRITORY_AUTHORISED') {
    const why = `The seller may sell ${mark.text}, and not in ${standing.uncovered.slice(0, 20).join(', ')}.`;
    terms.push({
      name: 'territoryNotCovered',
      why,
      nats: nats.sellerNotNamedByOwner,
      value: standing.uncovered.slice(0, 20).join(' '),
    });
  }
  return terms;
};

const contextTerms = (
  use: MarkUse,
  {
    hits,
    words,
    reading,
  }: { readonly hits: readonly FieldHit[]; readonly words: readonly EvidenceTerm[]; readonly reading: ListingReading },
  { nats }: BrandRules,
): EvidenceTerm[] => {
  const { mark, brandAttribute } = use;
  const terms: EvidenceTerm[] = [];
  const strengths = new Set(hits.map(({ hit }) => hit.strength));
  // A word that somebody took pains to disguise is no ordinary word there.
  const isDisguised = hits.some(({ hit }) => DISGUISED.has(hit.view));
  const isDeformed = hits.some(({ hit }) => DEFORMED.has(hit.view));
  if (!isDisguised && strengths.size === 1 && strengths.has('ORDINARY')) {
    if (!isDeformed) terms.push(...ordinaryUseTerms(use, hits, { reading, nats }));
    // Where no doubt is left how the word came about, it is not that word any more: `Frresh`, `bravo2024`.
    else if (hits.every(({ hit }) => hit.certainty01 < 1 || hit.view === 'FUZZY')) {
      const why = `${mark.text} is also an ordinary word.`;
      terms.push({ name: 'ordinaryName', why, nats: nats.ordinaryName / 2 });
    }
  }
  if (strengths.size === 1 && strengths.has('SHORT')) {
    terms.push({ name: 'shortName', why: `${mark.text} has few letters.`, nats: nats.shortName });
  }
  const heard = hits.filter(({ hit }) => hit.view === 'TRANSLITERATION');
  if (hits.length > 0 && heard.length === hits.length) {
    const doubt01 = (1 - Math.max(...heard.map(({ hit }) => hit.certainty01))) / MAX_SOUND_DOUBT_01;
    const why = `Nothing spells ${mark.text} out: a word only resembles it by ear.`;
    if (doubt01 > 0) terms.push({ name: 'heardOnly', why, nats: nats.heardOnly * doubt01 });
  }
  if (use.isInClass)
    terms.push({ name: 'inClass', why: `${mark.text} is registered for such goods.`, nats: nats.inClass });
  if (hits.length > 0 && hits.every(({ field }) => field.field === 'description')) {
    terms.push({
      name: 'descriptionOnly',
      why: 'The mark stands in the description only.',
      nats: nats.descriptionOnly,
    });
  }
  if (isReferential(hits)) {
    const why = hits.some((hit) => hit.isNominative)
      ? 'The mark tells what the goods fit.'
      : 'The seller says that the goods do not come from the mark’s owner.';
    terms.push({ name: 'nominative', why, nats: nats.nominative });
  } else if (brandAttribute === 'CONTRADICTS' && hits.length > 0 && words.every((word) => word.nats < TELLING_NATS)) {
    const why = `The brand attribute names another brand than ${mark.text}.`;
    // An ordinary word beside another brand is that word: `Apple slicer` of OXO. A name that is hardly read contradicts little.
    const certainty01 = Math.max(...hits.map(({ hit }) => hit.certainty01));
    const weight = (terms.some((term) => term.name === 'ordinaryName') ? 0.5 : 1) * certainty01;
    terms.push({ name: 'brandContradicts', why, nats: nats.brandAttributeContradicts * weight });
  }
  if (brandAttribute === 'AGREES') {
    terms.push({
      name: 'brandAgrees',
      why: 'The brand attribute names the mark openly.',
      nats: nats.brandAttributeAgrees,
    });
  }
  const codeWord = hits.find(({ hit }) => hit.nameKind === 'CODE_WORD');
  if (codeWord !== undefined) {
    terms.push({ name: 'codeWord', why: `A code word for ${mark.text}, as its owner reported.`, nats: nats.codeWord });
  }
  return terms;
};

const viewTerm = (hits: readonly FieldHit[], { nats }: BrandRules): EvidenceTerm | undefined => {
  let best: EvidenceTerm | undefined;
  for (const { hit, field } of hits) {
    const weight = (nats.views[hit.view] ?? 0) * hit.certainty01;
    if (weight === 0 || !DEFORMED.has(hit.view) || (best !== undefined && best.nats >= weight)) continue;
    const text = field.text.slice(hit.start, hit.end);
    best = {
      name: `view.${hit.view}`,
      why: `“${text}” is ${hit.name} written so that a plain search misses it.`,
      nats: weight,
      span: { field: field.field, start: hit.start, end: hit.end, text, ruleId: `brand.view.${hit.view}` },
    };
  }
  return best;
};

const wordTerms = (hits: readonly FieldHit[], reading: ListingReading, rules: BrandRules): EvidenceTerm[] =>
  (['replica', 'comparison'] as const).flatMap((kind) => {
    let best: { term: EvidenceTerm } | undefined;
    for (const fieldHit of hits) {
      const near = nearestWeightedWord(reading, fieldHit, { kind, proximityWords: rules.proximityWords });
      if (near === undefined || near.nats < 0.3 || (best !== undefined && best.term.nats >= near.nats)) continue;
      const { field } = fieldHit;
      const text = field.text.slice(near.word.start, near.word.end);
      const why =
        kind === 'replica'
          ? `“${text}” beside the mark announces an imitation.`
          : `“${text}” compares the goods with the mark.`;
      const span = { field: field.field, start: near.word.start, end: near.word.end, text, ruleId: near.ruleId };
      best = { term: { name: kind, why, nats: near.nats, span } };
    }
    return best === undefined ? [] : [best.term];
  });

const priceTerms = (
  { mark, isInClass }: MarkUse,
  { listing, priceComparables }: BrandFacts,
  rules: BrandRules,
): EvidenceTerm[] => {
  const comparable = priceComparables?.find((row) => row.markId === mark.id && row.currency === listing.currency);
  const isRobust = comparable !== undefined && comparable.count >= rules.minComparables;
  const ownerFigure = mark.usualPriceCurrency === listing.currency ? mark.usualPriceMinor : undefined;
  const usualMinor = isRobust ? comparable.medianMinor : ownerFigure;
  if (usualMinor === undefined || usualMinor === 0 || (!isInClass && !isRobust)) return [];
  // Three robust standard deviations (1.4826 × MAD) below the median, and a small share of it.
  const floorMinor = isRobust ? comparable.medianMinor - 3 * 1.4826 * comparable.madMinor : usualMinor;
  const share01 = listing.priceMinor / usualMinor;
  if (share01 > rules.cheapShare01 || listing.priceMinor > floorMinor) return [];
  const why = `The price is ${Math.round(share01 * 100)} % of what goods of ${mark.text} usually cost.`;
  return [{ name: 'cheap', why, nats: rules.nats.cheap, value: listing.priceMinor, expected: usualMinor }];
};

const typeOf = ({ standing }: MarkUse, terms: readonly EvidenceTerm[]): ViolationType => {
  const has = (name: string): boolean => terms.some((term) => term.name === name && term.nats >= TELLING_NATS);
  if (terms.some((term) => term.name.startsWith('view.') && term.nats >= TELLING_NATS)) return 'IP_TM_OBFUSCATED_BRAND';
  if (has('replica') || has('codeWord') || has('cheap') || has('complaints')) return 'IP_TM_COUNTERFEIT_GOODS';
  if (standing.kind === 'AUTHORISATION_EXPIRED') return 'IP_AUTHORISATION_MISSING_OR_EXPIRED';
  if (standing.kind === 'OTHER_TERRITORY_AUTHORISED') return 'IP_TM_UNLAWFUL_IMPORT';
  if (has('comparison') || has('brandContradicts')) return 'IP_TM_KEYWORD_MISUSE';
  return standing.kind === 'NOT_NAMED' ? 'IP_TM_COUNTERFEIT_GOODS' : 'IP_TM_KEYWORD_MISUSE';
};
