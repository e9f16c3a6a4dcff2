import { entriesForDispute, entriesForReview, readReview } from '../credit/evidence-entries.ts';
import type { ReviewReader } from '../credit/review-dimensions.ts';
import type { CreditSettings } from '../credit/settings.ts';
import type { Finding } from '../domain/finding.ts';
import { isInForce, type Mark } from '../domain/mark.ts';
import type { Order } from '../domain/order.ts';
import type { Review } from '../domain/review.ts';
import { decide } from '../policy/decide.ts';
import type { DecisionContext, DecisionInput } from '../policy/decision-input.ts';
import type { Ruleset } from '../policy/parse-ruleset.ts';
import { sourceOfTrigger } from '../policy/finding-source.ts';
import { decideInShadow } from '../policy/shadow.ts';
import { reviewWeightPpm, type BuyerStore } from './buyer-reports.ts';
import type { CheckRules, JudgedCheck, OrderCredit, ReviewCredit } from './check-rules.ts';
import type { BegunCheck, FactStore, ItemSetting } from './check-store.ts';
import { contentDigest } from './content-digest.ts';
import type { LedgerClaim } from './effects.ts';

interface RuleParts {
  readonly ruleset: Ruleset;
  /** A version that runs beside it on live items; nothing of it is enforced. */
  readonly shadow?: Ruleset;
  readonly credit: CreditSettings;
  readonly reader: ReviewReader;
  readonly facts: Pick<FactStore, 'sellerStanding' | 'publication' | 'countOrders' | 'itemSetting'>;
  readonly marks: ReadonlyMap<string, Mark>;
  readonly buyers: BuyerStore;
  /** Language of a text without its region; undefined where it cannot be told. */
  readonly guessLanguage: (text: string) => string | undefined;
}

/** Binds a ruleset to what decisions and ledger entries need. */
export function publishedRules(parts: RuleParts): CheckRules {
  const { ruleset, credit: settings, reader, facts } = parts;
  const rules = { settings, reader };
  const rulesetVersion = ruleset.digest;
  const reviewClaim = ({
    review,
    order,
    sellerLegalId,
    buyerClusterId,
    buyerWeightPpm,
    nowMs,
  }: ReviewCredit): LedgerClaim => ({
    sellerLegalId,
    subjectRef: `REVIEW/${review.id}`,
    build: (existing) =>
      entriesForReview(
        {
          review,
          ...(order === undefined ? {} : { order }),
          buyerClusterId,
          ...(buyerWeightPpm === undefined ? {} : { buyerWeightPpm }),
          existing,
          sellerLegalId,
          recordedAtMs: nowMs,
          rulesetVersion,
        },
        rules,
      ),
  });
  return {
    digest: ruleset.digest,
    claims: ruleset.policy.claims,
    async decide({ check, findings, sellerId, nowMs }) {
      const { subjectKind: kind, subjectId: id } = check;
      const standing = sellerId === undefined ? undefined : await facts.sellerStanding(sellerId);
      const isLive = check.subjectKind !== 'LISTING' || (await facts.publication(check.subjectId)) === 'LIVE';
      const context: DecisionContext = {
        sellerTier: standing?.tier ?? 'NEW',
        sellerPoints: standing?.penaltyPoints ?? 0,
        preCheckShare01: standing?.preCheckShare01 ?? 0,
        postCheckShare01: standing?.postCheckShare01 ?? 0,
        isLive,
        exposure: await exposureOf(facts, check, {
          sellerId,
          sinceMs: nowMs - ruleset.queues.priority.exposureDays * DAY_MS,
        }),
        nowMs,
        sampleRoll01: sampleRoll(check),
        ...sourceOf(check),
        ...settingOf(await facts.itemSetting({ kind, id }, sellerId), parts.guessLanguage),
        ...(sellerId === undefined ? {} : { marks: marksOf(parts.marks, findings, { sellerId, nowMs }) }),
      };
      const subject = { kind, id, ...(sellerId === undefined ? {} : { sellerId }) };
      return judge({ subject, findings, context }, parts);
    },
    findingsOfReview: (review, order) => deliveryFinding(review, order, rules),
    creditOfReview: reviewClaim,
    weightOfBuyer: (accountId, nowMs) => reviewWeightPpm(parts.buyers, settings.buyer, accountId, nowMs),
    creditOfOrder: ({ order, reviews, sellerLegalId, buyerClusterId, nowMs }: OrderCredit) => [
      {
        sellerLegalId,
        subjectRef: `ORDER/${order.id}`,
        build: (existing) =>
          entriesForDispute(
            { order, buyerClusterId, existing, sellerLegalId, recordedAtMs: nowMs, rulesetVersion },
            settings,
          ),
      },
      ...reviews.map((review) => reviewClaim({ review, order, sellerLegalId, buyerClusterId, nowMs })),
    ],
  };
}

function sourceOf({ trigger }: BegunCheck): Pick<DecisionContext, 'source'> {
  const source = sourceOfTrigger(trigger);
  return source === undefined ? {} : { source };
}

/** What routing reads of an item: what the marketplace says of its language goes before a guess. */
function settingOf(
  { market, statedLanguage, destinations, text }: ItemSetting,
  guessLanguage: RuleParts['guessLanguage'],
): Pick<DecisionContext, 'market' | 'language' | 'destinations'> {
  const language = statedLanguage?.split('-')[0]?.toLowerCase() ?? (text === '' ? undefined : guessLanguage(text));
  return {
    ...(market === undefined ? {} : { market }),
    ...(language === undefined ? {} : { language }),
    ...(destinations.length === 0 ? {} : { destinations }),
  };
}

const DAY_MS = 86_400_000;

/** Sales that are counted at most: more are as many. */
const MOST_SALES_COUNTED = 10_000;

/** Sales since then: of the listing itself, for any other subject of its seller. */
async function exposureOf(
  facts: RuleParts['facts'],
  { subjectKind, subjectId }: BegunCheck,
  { sellerId, sinceMs }: { readonly sellerId: string | undefined; readonly sinceMs: number },
): Promise<number> {
  if (sellerId === undefined) return 0;
  return facts.countOrders({
    sellerId,
    ...(subjectKind === 'LISTING' ? { listingId: subjectId } : {}),
    sinceMs,
    limit: MOST_SALES_COUNTED,
  });
}

/** Asks the published version, and the one in shadow beside it. */
function judge(input: DecisionInput, { ruleset, shadow }: Pick<RuleParts, 'ruleset' | 'shadow'>): JudgedCheck {
  const { context } = input;
  const quotas = ruleset.policy.breaker;
  if (shadow === undefined) return { decision: decide(input, ruleset), context, quotas };
  const { published, difference } = decideInShadow(input, { published: ruleset, draft: shadow });
  const told = { rulesetDigest: shadow.digest, ...(difference === undefined ? {} : { difference }) };
  return { decision: published, context, quotas, shadow: told };
}

/** The same subject's version always draws the same number, however often its check is repeated. */
function sampleRoll({ subjectKind, subjectId, subjectVersion }: BegunCheck): number {
  return Number.parseInt(contentDigest([subjectKind, subjectId, subjectVersion]).slice(0, 12), 16) / 2 ** 48;
}

/** Of the marks that findings name: those under which the seller may sell, and those that somebody disputes. */
function marksOf(
  marks: ReadonlyMap<string, Mark>,
  findings: readonly Finding[],
  { sellerId, nowMs }: { readonly sellerId: string; readonly nowMs: number },
) {
  const named = [...new Set(findings.flatMap(({ markId }) => markId ?? []))].flatMap((id) => marks.get(id) ?? []);
  const maySell = ({ ownSellerIds, authorizations }: Mark): boolean =>
    ownSellerIds.includes(sellerId) ||
    authorizations.some((given) => given.sellerId === sellerId && isInForce(given, nowMs));
  return {
    authorisedIds: named.filter(maySell).map(({ id }) => id),
    disputedIds: named.filter(({ markCurrentStatusCode }) => markCurrentStatusCode === 'DISPUTED').map(({ id }) => id),
  };
}

/** A bad review that speaks of delivery alone, for which the seller is not at fault: its rating is struck, its text stays. */
function deliveryFinding(
  review: Review,
  order: Order | undefined,
  rules: Parameters<typeof readReview>[2],
): readonly Finding[] {
  const { struckNote } = readReview(review, order, rules);
  if (struckNote === undefined) return [];
  const { spans } = rules.reader.read(review.text, review.language);
  return [
    {
      detector: 'review-dimension',
      detectorVersion: 1,
      violationType: 'REV_OFF_TOPIC_LOGISTICS',
      probability: 1,
      summary: struckNote,
      evidence: [
        ...spans.map(({ start, end, dimension }) => ({
          kind: 'TEXT_SPAN' as const,
          why: `These words complain of ${dimension.toLowerCase()}.`,
          field: 'review',
          start,
          end,
          text: review.text.slice(start, end),
        })),
        { kind: 'FACT', why: struckNote, name: 'stars', value: review.stars },
      ],
      about: review.id,
      signals: {},
    },
  ];
}
