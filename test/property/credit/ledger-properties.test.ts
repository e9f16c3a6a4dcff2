import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CreditEntryDraft } from '../../../src/domain/credit.ts';
import { creditAt, creditOfDaysBefore } from '../../../src/credit/credit-moment.ts';
import { resolveLedger } from '../../../src/credit/resolve-ledger.ts';
import type { CreditQuestion } from '../../../src/credit/score-ledger.ts';
import { DAY_MS, NOW_MS, reversalOf, scoreOf, shippedModel } from '../../unit/credit/ledger-fixtures.ts';
import { context, entry, evidence, ledgerOf, penalty, strike } from './ledger-arbitraries.ts';

const ledger = ledgerOf({ maxLength: 40 });
const tiers = shippedModel.settings.tiers.map(({ tier }) => tier as string);

const withoutExplanation = (entries: readonly CreditEntryDraft[], question: Partial<CreditQuestion> = {}) => {
  const { inputsSha256: _inputs, lines: _lines, ...rest } = scoreOf(entries, question);
  return rest;
};

describe('a ledger', () => {
  it('gives the same report whatever the order in which its entries arrived, and however often', () => {
    const shuffled = ledger.chain((entries) =>
      fc.tuple(
        fc.constant(entries),
        fc.shuffledSubarray([...entries, ...entries.slice(0, 5)], {
          minLength: entries.length + Math.min(5, entries.length),
        }),
      ),
    );
    fc.assert(
      fc.property(shuffled, context, ([entries, mixed], who) => {
        expect(scoreOf(mixed, { context: who })).toEqual(scoreOf(entries, { context: who }));
      }),
      { numRuns: 100 },
    );
  });

  it('forgets a reversed entry as if it had never been', () => {
    fc.assert(
      fc.property(ledgerOf({ minLength: 1, maxLength: 30 }), fc.nat(), context, (entries, pick, who) => {
        const said = entries.filter(({ reverses }) => reverses === undefined);
        const undone = said[pick % said.length]!;
        const never = entries.filter((one) => one !== undone);
        const question = { context: who };
        expect(withoutExplanation([...entries, reversalOf(undone)], question)).toEqual(
          withoutExplanation(never, question),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('is unmoved by a reversal that was itself reversed', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 20 }), (entries) => {
        const [first] = entries;
        if (first === undefined) return;
        const reversal = reversalOf(first, NOW_MS - 2);
        const back = reversalOf(reversal, NOW_MS - 1);
        expect(withoutExplanation([...entries, reversal, back])).toEqual(withoutExplanation(entries));
      }),
      { numRuns: 40 },
    );
  });

  it('says at any earlier moment, as known then, what it said then', () => {
    fc.assert(
      fc.property(ledger, fc.integer({ min: 0, max: 300 }), (entries, daysAgo) => {
        const thenMs = NOW_MS - daysAgo * DAY_MS;
        const question = { asOfMs: thenMs, knownAtMs: thenMs };
        const knownThen = entries.filter(({ recordedAtMs }) => recordedAtMs <= thenMs);
        expect(scoreOf(entries, question)).toEqual(scoreOf(knownThen, question));
      }),
      { numRuns: 60 },
    );
  });

  it('never scores better, and never stands in a better tier, for one more penalty or strike', () => {
    fc.assert(
      fc.property(ledger, fc.oneof(penalty, strike), (entries, more) => {
        const before = scoreOf(entries);
        const after = scoreOf([...entries, more]);
        expect(after.score).toBeLessThanOrEqual(before.score);
        expect(after.penaltyPoints).toBeGreaterThanOrEqual(before.penaltyPoints);
        expect(after.strikes).toBeGreaterThanOrEqual(before.strikes);
        expect(tiers.indexOf(after.tier)).toBeGreaterThanOrEqual(tiers.indexOf(before.tier));
      }),
      { numRuns: 150 },
    );
  });

  it('never counts fewer points for one more penalty among many of the same days', () => {
    const near = fc
      .tuple(penalty, fc.integer({ min: 0, max: 14 * 24 }))
      .map(([one, hoursAgo]) => ({ ...one, effectiveAtMs: NOW_MS - hoursAgo * 3_600_000, recordedAtMs: NOW_MS }));
    fc.assert(
      fc.property(fc.array(near, { maxLength: 8 }), near, (penalties, more) => {
        const { penaltyPoints } = scoreOf([...penalties, more]);
        expect(penaltyPoints).toBeGreaterThanOrEqual(scoreOf(penalties).penaltyPoints);
        expect(penaltyPoints).toBeGreaterThanOrEqual(scoreOf([more]).penaltyPoints);
      }),
      { numRuns: 200 },
    );
  });

  it('is capped by strikes, by caps in force and by forged papers, and by nothing else', () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 25 }), context, (entries, who) => {
        const report = scoreOf(entries, { context: who });
        const { strike: rules } = shippedModel.settings;
        const year = rules.validDays * DAY_MS;
        const isForged = who.kyb === 'FORGED';
        const struck = entries.some((one) => one.kind === 'STRIKE' && one.effectiveAtMs + year > NOW_MS) || isForged;
        const caps = entries.filter(
          (one) => one.kind === 'CAP' && (one.expiresAtMs === undefined || one.expiresAtMs > NOW_MS),
        );
        const cap = Math.min(1_000, ...(struck ? [rules.cap] : []), ...caps.map(({ points }) => points));
        expect(report).toMatchObject({ cap });
        expect(report.strikes > 0).toBe(struck);
        expect(report.score).toBeLessThanOrEqual(cap);
      }),
      { numRuns: 100 },
    );
  });

  it('stands at the ends of the days before as if each had been asked for itself', () => {
    const late = evidence.map((one) => {
      const hoursAgo = ((NOW_MS - one.effectiveAtMs) / 3_600_000) % (45 * 24);
      const effectiveAtMs = NOW_MS - hoursAgo * 3_600_000;
      return { ...one, effectiveAtMs, recordedAtMs: Math.max(effectiveAtMs, one.recordedAtMs) };
    });
    fc.assert(
      fc.property(fc.array(late, { minLength: 1, maxLength: 12 }), context, (entries, who) => {
        const { waitDays } = shippedModel.settings.rise;
        const question = { sellerLegalId: 'legal-1', knownAtMs: NOW_MS, context: who };
        const resolved = resolveLedger(entries, question);
        const now = creditAt(resolved, shippedModel, NOW_MS);
        for (const day of creditOfDaysBefore(now, resolved, shippedModel, waitDays)) {
          const alone = creditAt(resolved, shippedModel, day.atMs);
          expect({ score: day.score, sum: day.sum }).toEqual({ score: alone.score, sum: alone.sum });
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps score, cap and parts within their bounds, and the penalty lines add up', () => {
    fc.assert(
      fc.property(ledger, (entries) => {
        const report = scoreOf(entries);
        expect(report.score).toBeGreaterThanOrEqual(0);
        expect(report.score).toBeLessThanOrEqual(report.cap);
        expect(report.penalties.reduce((sum, line) => sum + line.countedPoints, 0)).toBe(report.penaltyPoints);
        const moved = report.lines.reduce((sum, line) => sum + (line.deltaScore ?? 0), 0);
        expect(Math.max(0, moved)).toBe(report.score);
      }),
      { numRuns: 100 },
    );
  });

  it('gives a better tier only after seven days above, and a worse one at once', () => {
    fc.assert(
      fc.property(ledger, context, (entries, who) => {
        const { waitDays } = shippedModel.settings.rise;
        const knownAtMs = NOW_MS;
        const at = (asOfMs: number) => scoreOf(entries, { asOfMs, knownAtMs, context: who });
        const report = at(NOW_MS);
        const ends = Array.from({ length: waitDays }, (_, days) => NOW_MS - (NOW_MS % DAY_MS) - days * DAY_MS - 1);
        const seen = ends.filter((endMs) => endMs >= who.registeredAtMs).map((endMs) => at(endMs).tierNow);
        const worst = Math.max(...[report.tierNow, ...seen].map((tier) => tiers.indexOf(tier)));
        expect(tiers.indexOf(report.tier)).toBe(worst);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves out events that were not the seller’s fault altogether, good ones too', () => {
    const foreign = evidence.map((one) => ({
      ...one,
      faultParty: 'CUSTOMS' as const,
      authenticity: 'NORMAL' as const,
    }));
    fc.assert(
      fc.property(ledger, fc.array(foreign, { maxLength: 10 }), (entries, more) => {
        const { score, tier } = scoreOf(entries.filter(({ subjectRef }) => subjectRef.startsWith('REVIEW/')));
        const both = scoreOf([
          ...entries.filter(({ subjectRef }) => subjectRef.startsWith('REVIEW/')),
          ...more.filter(({ subjectRef }) => subjectRef.startsWith('REVIEW/')),
        ]);
        expect({ score: both.score, tier: both.tier }).toEqual({ score, tier });
      }),
      { numRuns: 60 },
    );
  });
});
