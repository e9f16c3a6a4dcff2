import type { Evidence, RingEvidence } from '../../domain/evidence.ts';
import type { CaseView } from '../../domain/views/case-view.ts';
import type { FindingView } from '../../domain/views/check-view.ts';
import { currentLanguage } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { tellCode, tellPercent } from '../wording.ts';
import { foreignWhy, type ForeignWhy } from './foreign-why.ts';

const DAY_MS = 86_400_000;

/** What names the case best comes first. */
const TELLING: readonly Evidence['kind'][] = [
  'RING',
  'ACCOUNT_CLUSTER',
  'PICTURES_REPLACED',
  'PICTURE_MATCH',
  'TEXT_SPAN',
  'TEXT_PAIR',
];

/** Sentences of the reader's language; undefined where they are as the detectors wrote them. */
function foreign(): ForeignWhy | undefined {
  const language = currentLanguage();
  return language === 'en' ? undefined : foreignWhy[language];
}

/**
 * Why a piece of evidence speaks, in the reader's language as far as its structure tells it; else as the detector wrote it,
 * in English.
 */
export const tellEvidence = (piece: Evidence): string => {
  const texts = foreign();
  return (texts === undefined ? undefined : tellIn(texts, piece)) ?? piece.why;
};

function tellIn(texts: ForeignWhy, piece: Evidence): string | undefined {
  switch (piece.kind) {
    case 'TEXT_SPAN':
      return tellSpan(texts, piece);
    case 'RING':
      return texts.ringWhy[piece.direction];
    case 'ACCOUNT_CLUSTER': {
      const list = (codes: readonly string[]): string => codes.map(tellCode).join(', ');
      return texts.cluster(piece.accountIds.length, list(piece.identifierKinds), list(piece.behaviours));
    }
    case 'ACCOUNT_LINK':
      return texts.link(...piece.accountIds, tellCode(piece.linkKind), piece.sharedBy);
    case 'REVIEW_PAIR':
      return texts.met(...piece.accountIds, piece.sharedListingIds.length);
    case 'TEXT_PAIR':
      return texts.textPair(piece.leftId, piece.rightId, tellPercent(piece.jaccard01));
    case 'NETWORK':
      return texts.network(texts.networks[piece.networkClass], piece.sessions);
    case 'PICTURES_REPLACED':
      return texts.replaced(piece.approvedSha256s.length, piece.shownSha256s.length);
    case 'FACT':
      return texts.terms[piece.name];
    case 'PICTURE_MATCH': {
      const bank = evidenceTexts[currentLanguage()].banks[piece.bank];
      return texts.picture(piece.pictureIndex + 1, bank, piece.ownerLabel);
    }
    default:
      return piece satisfies never;
  }
}

function tellSpan(texts: ForeignWhy, { field, text, markText, ruleId = '' }: Extract<Evidence, { kind: 'TEXT_SPAN' }>) {
  const [, kind = ''] = ruleId.split('.');
  const said = texts.said[kind]?.(text);
  if (said !== undefined) return said;
  return kind === 'view' && markText !== undefined ? texts.words(tellCode(field), text, markText) : undefined;
}

/** Why a term of a score weighs; its figures stand in the English sentence alone. */
export const tellTerm = ({ name, why }: { readonly name: string; readonly why: string }): string =>
  foreign()?.terms[name] ?? why;

/** What would clear a ring or a cluster. */
export function tellClears({ kind, clearedBy }: Extract<Evidence, { kind: 'RING' | 'ACCOUNT_CLUSTER' }>): string {
  const texts = foreign();
  if (texts === undefined) return clearedBy;
  return kind === 'RING' ? texts.ringClears : texts.clusterClears;
}

/** What a finding found, in one or two sentences. */
export function tellFinding({ summary, evidence }: Pick<FindingView, 'summary' | 'evidence'>): string {
  const texts = foreign();
  if (texts === undefined) return summary;
  const kind = TELLING.find((one) => evidence.some((piece) => piece.kind === one));
  const first = evidence.find((piece) => piece.kind === kind);
  if (first === undefined) return evidence.length === 1 ? tellEvidence(evidence[0]!) : summary;
  if (first.kind === 'RING') return tellRing(texts, first);
  if (first.kind !== 'TEXT_SPAN') return tellEvidence(first);
  const spans = evidence.filter((piece) => piece.kind === 'TEXT_SPAN');
  const named = spans.find(({ ruleId }) => ruleId?.startsWith('brand.view.') === true);
  const beside = spans.find(({ ruleId }) => ruleId !== undefined && !ruleId.startsWith('brand.view.'));
  const told = [named, beside].flatMap((span) => (span === undefined ? [] : (tellSpan(texts, span) ?? [])));
  return told.length === 0 ? summary : told.join(' ');
}

function tellRing(texts: ForeignWhy, ring: RingEvidence): string {
  const { direction, memberAccountIds, listingIds, sellerIds, reviews, firstAtMs, lastAtMs, instigator } = ring;
  const told = texts.ring({
    direction,
    members: memberAccountIds.length,
    listings: listingIds.length,
    sellers: sellerIds.length,
    reviews: reviews.length,
    days: Math.floor((lastAtMs - firstAtMs) / DAY_MS) + 1,
  });
  return instigator === undefined ? told : `${told} ${texts.ringBehind(instigator.sellerId)}`;
}

/** Why a case fired: the sentence of its heaviest finding. */
export function tellCase({ summary, items }: Pick<CaseView, 'summary' | 'items'>): string {
  const findings = items.flatMap(({ check }) => check.findings);
  const found = findings.find((finding) => finding.summary === summary);
  return found === undefined ? summary : tellFinding(found);
}
