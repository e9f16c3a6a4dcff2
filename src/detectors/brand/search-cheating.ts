import type { Finding } from '../../domain/finding.ts';
import type { FieldHit, ListingReading, MarkUse } from './mark-uses.ts';
import type { BrandRules } from './settings.ts';
import { sigmoid } from './weigh-use.ts';
import { BRAND_DETECTOR_VERSION } from './detector-version.ts';

/** Log-odds that each mark beyond the first few adds. */
const NATS_PER_EXTRA_MARK = 0.9;

/** Whether a hit counts towards stuffing: a mark by its plain name, in title or description, that nothing explains. */
const isStuffing = ({ field, hit, isNominative, isDisclaimed }: FieldHit): boolean =>
  !isNominative &&
  !isDisclaimed &&
  (field.field === 'title' || field.field === 'description') &&
  (hit.strength === 'REPUTED' || hit.strength === 'COINED') &&
  (hit.view === 'NATIVE' || hit.view === 'STYLED' || hit.view === 'INVISIBLE') &&
  hit.name.length >= 4;

const isUnexplained = (use: MarkUse): boolean =>
  use.standing.kind !== 'OWN' &&
  use.standing.kind !== 'AUTHORISED' &&
  use.brandAttribute !== 'AGREES' &&
  use.reach === 'REACHES' &&
  (use.mark.hasReputation || use.isInClass);

/**
 * A listing that names several marks of different owners, none of them its own brand nor what the goods fit.
 * Source: eBay's search manipulation policy; the limit is `stuffingMarks`.
 */
export const stuffingFindings = (reading: ListingReading, rules: BrandRules): Finding[] => {
  const stuffed = reading.uses.filter((use) => isUnexplained(use) && use.hits.some(isStuffing));
  const owners = new Set(stuffed.map((use) => use.mark.rightsHolderId));
  if (owners.size < rules.stuffingMarks) return [];
  const extra = owners.size - rules.stuffingMarks;
  const logOdds = rules.nats.stuffing + rules.nats.prior + extra * NATS_PER_EXTRA_MARK;
  const hits = stuffed.flatMap((use) =>
    use.hits
      .filter(isStuffing)
      .slice(0, 5)
      .map((fieldHit) => ({ use, ...fieldHit })),
  );
  const names = [...new Set(stuffed.map((use) => use.mark.text))];
  return [
    {
      detector: 'brand',
      detectorVersion: BRAND_DETECTOR_VERSION,
      violationType: 'LST_SEARCH_CHEATING',
      probability: sigmoid(rules.calibration.slope * logOdds + rules.calibration.intercept),
      summary: `The listing names marks of ${owners.size} different owners: ${names.slice(0, 8).join(', ')}.`.slice(
        0,
        1_000,
      ),
      evidence: hits.slice(0, 100).map(({ use, field, hit }) => ({
        kind: 'TEXT_SPAN',
        why: `${use.mark.text} is not what the listing sells.`,
        field: field.field,
        start: hit.start,
        end: hit.end,
        text: field.text.slice(hit.start, hit.end),
        view: hit.view,
        markId: use.mark.id,
        markText: use.mark.text,
        ruleId: 'brand.stuffing',
      })),
      about: 'stuffing',
      signals: { owners: owners.size },
    },
  ];
};

/**
 * A listing that says it is not what it shows, or that the deal is made elsewhere. One such phrase makes it likely,
 * more of them surer; a mark in the same listing is not needed.
 */
export const hiddenLinkFindings = (reading: ListingReading, rules: BrandRules): Finding[] => {
  const spoken = reading.fields.flatMap((field) =>
    (reading.context.get(field.field) ?? []).flatMap((word) =>
      word.term.meaning.kind === 'hiddenLink' ? [{ field, word, meaning: word.term.meaning }] : [],
    ),
  );
  if (spoken.length === 0) return [];
  const heaviest = Math.max(...spoken.map(({ meaning }) => meaning.word.nats));
  const others = new Set(spoken.map(({ meaning }) => meaning.ruleId)).size - 1;
  const logOdds = rules.nats.prior + heaviest + others * NATS_PER_EXTRA_MARK;
  const probability = sigmoid(rules.calibration.slope * logOdds + rules.calibration.intercept);
  if (probability < rules.minProbability01) return [];
  return [
    {
      detector: 'brand',
      detectorVersion: BRAND_DETECTOR_VERSION,
      violationType: 'LST_HIDDEN_LINK',
      probability,
      summary: 'The text says that something else is sold than what is shown, or that the deal is made elsewhere.',
      evidence: spoken.slice(0, 50).map(({ field, word, meaning }) => ({
        kind: 'TEXT_SPAN',
        why: `“${field.text.slice(word.start, word.end)}” is how hidden offers are announced.`,
        field: field.field,
        start: word.start,
        end: word.end,
        text: field.text.slice(word.start, word.end),
        ruleId: meaning.ruleId,
      })),
      about: 'hiddenLink',
      signals: { phrases: spoken.length },
    },
  ];
};
