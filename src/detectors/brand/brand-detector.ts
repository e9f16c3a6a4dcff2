import type { Evidence } from '../../domain/evidence.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Detector } from '../detector.ts';
import type { BrandFacts } from './brand-facts.ts';
import { BRAND_DETECTOR_VERSION } from './detector-version.ts';
import { createContextLexicon } from './context-lexicon.ts';
import type { ContextLexicon } from './context-lexicon.ts';
import type { ListingReading, MarkUse } from './mark-uses.ts';
import { readListing } from './mark-uses.ts';
import type { BrandSettings } from './settings.ts';
import { copiedTextFindings } from './copied-text.ts';
import { findFakeComplaints } from './reading-complaints.ts';
import { hiddenLinkFindings, stuffingFindings } from './search-cheating.ts';
import { storeNameFindings } from './store-name.ts';
import { weighUse } from './weigh-use.ts';
import type { EvidenceTerm, UseVerdict } from './weigh-use.ts';

/** One mark in one listing, with its verdict: also the lawful ones, which no finding tells. */
export interface WeighedUse {
  readonly use: MarkUse;
  readonly verdict: UseVerdict;
}

/** What screening a listing gives: everything that was seen, and the findings. */
export interface BrandScreening {
  readonly reading: ListingReading;
  readonly uses: readonly WeighedUse[];
  readonly findings: readonly Finding[];
}

/** Screens listings against marks; made once for each version of the rules. */
export const createBrandScreen = (settings: BrandSettings): ((facts: BrandFacts) => BrandScreening) => {
  const lexicon = createContextLexicon(settings);
  return (facts) => screenListing(facts, settings, lexicon);
};

/**
 * The detector of protected marks in listings: title, brand, attributes, description and store name.
 * Needs `listing`, `seller`, `markIndex` and `nowMs`; the other facts add evidence where they are given.
 */
export const createBrandDetector = (settings: BrandSettings): Detector<BrandFacts> => {
  const screen = createBrandScreen(settings);
  return {
    name: 'brand',
    version: BRAND_DETECTOR_VERSION,
    subjects: ['LISTING'],
    needs: ['listing', 'seller', 'markIndex', 'nowMs'],
    detect: (facts) => ({ kind: 'findings', findings: screen(facts).findings }),
  };
};

const screenListing = (facts: BrandFacts, settings: BrandSettings, lexicon: ContextLexicon): BrandScreening => {
  const { rules } = settings;
  const reading = readListing(facts, lexicon);
  const complaints = findFakeComplaints(facts.fakeComplaints ?? [], lexicon);
  const weighed = { ...facts, complaints };
  const uses = reading.uses.map((use) => ({ use, verdict: weighUse(use, reading, weighed, rules) }));
  const findings = uses.flatMap(({ use, verdict }) => {
    const inListing = use.hits.some(({ field }) => field.field !== 'storeName');
    const isTold = verdict.kind === 'WEIGHED' && inListing && verdict.probability >= rules.minProbability01;
    return isTold ? [findingOf(use, verdict)] : [];
  });
  return {
    reading,
    uses,
    findings: [
      ...findings,
      ...storeNameFindings(reading, lexicon, rules),
      ...stuffingFindings(reading, rules),
      ...hiddenLinkFindings(reading, rules),
      ...copiedTextFindings(facts, rules),
    ],
  };
};

const findingOf = (use: MarkUse, verdict: Extract<UseVerdict, { kind: 'WEIGHED' }>): Finding => {
  const { mark } = use;
  const evidence: Evidence[] = use.hits
    .filter(({ field }) => field.field !== 'storeName')
    .map(({ field, hit }) => ({
      kind: 'TEXT_SPAN',
      why: `Reads as ${hit.name}, a name of the mark ${mark.text}.`,
      field: field.field,
      start: hit.start,
      end: hit.end,
      text: field.text.slice(hit.start, hit.end),
      view: hit.view,
      markId: mark.id,
      markText: mark.text,
      ruleId: `brand.view.${hit.view}`,
    }));
  const told = verdict.terms.filter((term) => !term.name.startsWith('view.'));
  evidence.push(...told.map((term) => evidenceOf(term, mark)));
  const [first] = use.hits;
  const where = first === undefined ? 'listing' : first.field.field;
  const words = first === undefined ? mark.text : first.field.text.slice(first.hit.start, first.hit.end);
  const reason = strongest(verdict.terms);
  return {
    detector: 'brand',
    detectorVersion: BRAND_DETECTOR_VERSION,
    violationType: verdict.violationType,
    probability: verdict.probability,
    summary: `“${words.slice(0, 200)}” in the ${where} names the mark ${mark.text}. ${reason}`.slice(0, 1_000),
    evidence: evidence.slice(0, 500),
    about: mark.id,
    markId: mark.id,
    signals: {
      views: [...new Set(use.hits.map(({ hit }) => hit.view))].join(' '),
      isDeformed: verdict.terms.some((term) => term.name.startsWith('view.')),
      hasReplicaWord: verdict.terms.some((term) => term.name === 'replica'),
      hasComparison: verdict.terms.some((term) => term.name === 'comparison'),
      isNominative: verdict.isNominative,
      isReputed: mark.hasReputation,
      brandAttribute: use.brandAttribute,
      standing: use.standing.kind,
    },
  };
};

/** The weightiest reason against the seller, as a sentence. */
const strongest = (terms: readonly EvidenceTerm[]): string =>
  terms.filter((term) => term.nats > 0).toSorted((left, right) => right.nats - left.nats)[0]?.why ?? '';

const evidenceOf = (term: EvidenceTerm, mark: { readonly id: string; readonly text: string }): Evidence =>
  term.span === undefined
    ? {
        kind: 'FACT',
        why: term.why,
        name: term.name,
        value: term.value ?? Math.round(term.nats * 100) / 100,
        ...(term.expected === undefined ? {} : { expected: term.expected }),
        ...(term.value === undefined ? { unit: 'nats' } : {}),
      }
    : { kind: 'TEXT_SPAN', why: term.why, ...term.span, markId: mark.id, markText: mark.text };
