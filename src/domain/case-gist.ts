import type { Evidence } from './evidence.ts';
import type { Finding, SubjectKind } from './finding.ts';
import type { CaseGist } from './views/case-gist-view.ts';

const DAY_MS = 86_400_000;

/** What names the case best comes first. */
const TELLING = [
  'RING',
  'ACCOUNT_CLUSTER',
  'PICTURES_REPLACED',
  'PICTURE_MATCH',
  'TEXT_SPAN',
  'TEXT_PAIR',
  'FACT',
] as const satisfies readonly Evidence['kind'][];

/** What a check of a subject looks at, for whoever is to confirm that it is nothing. */
const LOOKED_AT: Partial<Record<SubjectKind, string>> = {
  LISTING: 'its texts and pictures were held against marks, banks and the goods of others',
  REVIEW: 'its text, its order and who else reviewed the goods were looked at',
  ACCOUNT: 'its identifiers, its networks and what it did together with others were looked at',
};

/** Why a subject on which the rules do not act is a case: drawn as a sample, to see whether the checks are right. */
export function sampleSentence(subjectKind: SubjectKind, findings: readonly Finding[]): string {
  const weakest = weakestOf(findings);
  const nearest =
    weakest === undefined ? '' : ` Nearest to one: ${Math.round(100 * weakest.probability)} %, ${weakest.summary}`;
  const looked = LOOKED_AT[subjectKind] ?? 'it was checked';
  return `A sample: ${looked}, and nothing was found on which the rules act.${nearest}`.slice(0, 1_000).toWellFormed();
}

/** The likeliest of findings on which the rules do not act, nearest to one on which they would. */
const weakestOf = <Found extends Pick<Finding, 'probability'>>(findings: readonly Found[]): Found | undefined =>
  findings.toSorted((left, right) => right.probability - left.probability)[0];

/** The most telling part of a finding's evidence; undefined where its own sentence says more than the structure does. */
export function gistOf(evidence: readonly Evidence[]): CaseGist | undefined {
  const kind = TELLING.find((one) => evidence.some((piece) => piece.kind === one));
  const first = evidence.find((piece) => piece.kind === kind);
  switch (first?.kind) {
    case 'RING':
      return {
        kind: 'RING',
        direction: first.direction,
        members: first.memberAccountIds.length,
        listings: first.listingIds.length,
        sellers: first.sellerIds.length,
        reviews: first.reviews.length,
        days: Math.floor((first.lastAtMs - first.firstAtMs) / DAY_MS) + 1,
        ...(first.instigator === undefined ? {} : { instigatorId: first.instigator.sellerId }),
      };
    case 'ACCOUNT_CLUSTER':
      return {
        kind: 'CLUSTER',
        accounts: first.accountIds.length,
        identifierKinds: first.identifierKinds,
        behaviours: first.behaviours,
      };
    case 'PICTURES_REPLACED':
      return { kind: first.kind, approved: first.approvedSha256s.length, shown: first.shownSha256s.length };
    case 'PICTURE_MATCH':
      return { kind: first.kind, position: first.pictureIndex + 1, bank: first.bank, ownerLabel: first.ownerLabel };
    case 'TEXT_PAIR':
      return { kind: first.kind, leftId: first.leftId, rightId: first.rightId, jaccard01: first.jaccard01 };
    case 'TEXT_SPAN':
      return wordsOf(evidence);
    case 'FACT':
      // Of several facts none says it all.
      return evidence.length === 1 ? { kind: 'FACT', name: first.name } : undefined;
    default:
      return undefined;
  }
}

/** The word that names a mark, and the first that says something beside it. */
function wordsOf(evidence: readonly Evidence[]): CaseGist {
  const spans = evidence.filter((piece) => piece.kind === 'TEXT_SPAN');
  const named = spans.find(({ ruleId }) => ruleId?.startsWith('brand.view.') === true);
  const beside = spans.find(({ ruleId }) => ruleId !== undefined && !ruleId.startsWith('brand.view.'));
  return {
    kind: 'WORDS',
    spans: [named, beside].flatMap((span) =>
      span === undefined
        ? []
        : [
            {
              field: span.field,
              text: span.text,
              ...(span.markText === undefined ? {} : { markText: span.markText }),
              ...(span.ruleId === undefined ? {} : { ruleId: span.ruleId }),
            },
          ],
    ),
  };
}
