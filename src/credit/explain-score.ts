import type { CreditContribution, CreditLine, CreditTier } from '../domain/credit.ts';
import type { CreditModel, CreditMoment } from './credit-moment.ts';
import { timesPpm } from './decay.ts';
import { qualityOf } from './quality.ts';
import type { CreditSettings } from './settings.ts';
import { missedCriteria, type TierFacts } from './tiers.ts';
import { dayOf } from './calendar.ts';
import { type EvidenceVerdict, goodPartPpm } from './weigh-evidence.ts';

const VERDICT_WORDS: Readonly<Record<EvidenceVerdict, string>> = {
  COUNTS: 'count',
  NOT_THE_SELLERS_FAULT: 'are left out, because the fault was not the seller’s',
  FAULT_UNDETERMINED: 'wait, because the fault is not determined yet',
  QUARANTINED: 'are in quarantine',
  INAUTHENTIC: 'are left out, because they are not authentic',
  PAIR_CAP: 'are left out, because the same buyer had been counted shortly before',
  WEIGHS_NOTHING: 'weigh nothing, for example because the order was very small',
  REVIEW_SPEAKS: 'are left out, because the review of the same order already speaks',
  EXPIRED: 'are too old to count',
};

/** The sentences that make the number: what was counted, what was left out and why, what penalties and caps took. */
export const tellScore = (moment: CreditMoment, settings: CreditSettings): CreditLine[] => {
  const newcomer = qualityOf(settings.prior.good * 1_000_000, settings.prior.bad * 1_000_000);
  const lines: CreditLine[] = [
    {
      about: 'SCORE',
      why: `Everybody starts at ${newcomer}.`,
      code: 'NEWCOMER',
      values: { score: newcomer },
      deltaScore: newcomer,
    },
    {
      about: 'SCORE',
      why: `Evidence worth ${(moment.sum.massPpm / 1_000_000).toFixed(1)} events, ${(moment.sum.goodPpm / 1_000_000).toFixed(1)} of it good, makes the quality ${moment.quality}.`,
      code: 'EVIDENCE',
      values: {
        mass: moment.sum.massPpm / 1_000_000,
        good: moment.sum.goodPpm / 1_000_000,
        quality: moment.quality,
      },
      deltaScore: moment.quality - newcomer,
    },
  ];
  const numbers = new Map<EvidenceVerdict, number>();
  for (const { verdict } of moment.weighed) numbers.set(verdict, (numbers.get(verdict) ?? 0) + 1);
  for (const [verdict, number] of [...numbers].toSorted(([left], [right]) => (left < right ? -1 : 1)))
    if (verdict !== 'COUNTS')
      lines.push({
        about: 'NOTE',
        why: `${number} events ${VERDICT_WORDS[verdict]}.`,
        code: 'LEFT_OUT',
        values: { events: number, verdict },
      });
  for (const line of moment.penalty.lines)
    lines.push({
      about: 'SCORE',
      entryId: line.entryId,
      why: line.why,
      ...(line.violationType === undefined
        ? {}
        : { code: 'PENALTY' as const, values: { violationType: line.violationType } }),
      deltaScore: line.countedPoints === 0 ? 0 : -settings.penalty.scorePerPoint * line.countedPoints,
    });
  const uncapped = Math.max(0, moment.quality - settings.penalty.scorePerPoint * moment.penalty.points);
  if (uncapped > moment.cap) {
    const because = moment.strikes > 0 ? `${moment.strikes} strike in force` : 'a measure in force';
    lines.push({
      about: 'SCORE',
      why: `No more than ${moment.cap}, because of ${because}.`,
      code: 'CAP',
      values: { cap: moment.cap, strikes: moment.strikes },
      deltaScore: moment.cap - uncapped,
    });
  }
  return lines;
};

/** Why the tier is what it is, and what the next better one asks for. */
export const explainTier = (
  standing: { readonly tier: CreditTier; readonly tierNow: CreditTier; readonly facts: TierFacts },
  settings: CreditSettings,
): CreditLine[] => {
  const { tier, tierNow, facts } = standing;
  if (tier === 'SUSPENDED' || tier === 'TERMINATED')
    return [
      {
        about: 'TIER',
        why: `The seller is ${tier.toLowerCase()} by a decision of people.`,
        code: 'TIER_BY_PEOPLE',
        values: { tier },
      },
    ];
  if (tier !== tierNow)
    return [
      {
        about: 'TIER',
        why: `The seller meets ${tierNow} now and rises from ${tier} after ${settings.rise.waitDays} days above.`,
        code: 'TIER_RISING',
        values: { tier, tierNow, days: settings.rise.waitDays },
      },
    ];
  const better = settings.tiers[settings.tiers.findIndex((one) => one.tier === tier) - 1];
  if (better === undefined)
    return [{ about: 'TIER', why: `${tier} is the best tier.`, code: 'TIER_BEST', values: { tier } }];
  const missed = missedCriteria(better, facts);
  return [
    {
      about: 'TIER',
      why: `${tier} and not ${better.tier}: ${missed.map(({ why }) => why).join('; ')}.`,
      code: 'TIER_MISSED',
      values: { tier, better: better.tier, ...Object.assign({}, ...missed.map(({ values }) => values)) },
    },
  ];
};

/**
 * The entries that move the quality most: quality without the entry minus quality with it, the others left as they
 * are weighed. Sorted by size, then by id.
 */
export const breakDown = (moment: CreditMoment, model: CreditModel): CreditContribution[] => {
  const { settings, decayPpm } = model;
  const good = settings.prior.good * 1_000_000 + moment.sum.goodPpm;
  const bad = settings.prior.bad * 1_000_000 + moment.sum.badPpm;
  const today = dayOf(moment.atMs);
  const contributions: CreditContribution[] = [];
  for (const { evidence, massPpm } of moment.weighed) {
    if (massPpm === 0) continue;
    const { entry } = evidence;
    const ppm = decayPpm[today - dayOf(entry.effectiveAtMs)] ?? 0;
    const goodPart = timesPpm(goodPartPpm(massPpm, entry.valueBp), ppm);
    const badPart = timesPpm(massPpm, ppm) - goodPart;
    const costQuality = qualityOf(good - goodPart, bad - badPart) - moment.quality;
    if (costQuality !== 0)
      contributions.push({
        entryId: entry.entryId,
        subjectRef: entry.subjectRef,
        costQuality,
        why: entry.why,
        ...(entry.gist === undefined ? {} : { gist: entry.gist }),
      });
  }
  return contributions
    .toSorted(
      (left, right) =>
        Math.abs(right.costQuality) - Math.abs(left.costQuality) || (left.entryId < right.entryId ? -1 : 1),
    )
    .slice(0, settings.breakdownSize);
};
