import { gistOf } from '../../domain/case-gist.ts';
import type { FiredRule } from '../../domain/decision.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { CaseGist, GistSpan } from '../../domain/views/case-gist-view.ts';
import type { CaseSummary, CaseView } from '../../domain/views/case-view.ts';
import type { FindingView } from '../../domain/views/check-view.ts';
import { currentLanguage } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { tellCode, tellKind, tellPercent, tellViolation } from '../wording.ts';
import { foreignWhy, type ForeignWhy } from './foreign-why.ts';

type PictureMatch = Extract<Evidence, { kind: 'PICTURE_MATCH' }>;

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
    case 'ACCOUNT_CLUSTER':
      return texts.cluster(piece.accountIds.length, tellCodes(piece.identifierKinds), tellCodes(piece.behaviours));
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

function tellSpan(texts: ForeignWhy, { field, text, markText, ruleId = '' }: GistSpan) {
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
  const gist = gistOf(evidence);
  const told = gist === undefined ? undefined : tellGist(texts, gist);
  return told ?? (evidence.length === 1 ? tellEvidence(evidence[0]!) : summary);
}

/** The line of a case in a list. */
export function tellSummary({ summary, gist }: Pick<CaseSummary, 'summary' | 'gist'>): string {
  const texts = foreign();
  return (texts === undefined || gist === undefined ? undefined : tellGist(texts, gist)) ?? summary;
}

function tellGist(texts: ForeignWhy, gist: CaseGist): string | undefined {
  switch (gist.kind) {
    case 'RING': {
      const told = texts.ring(gist);
      return gist.instigatorId === undefined
        ? told
        : `${told}${BETWEEN_SENTENCES[currentLanguage()]}${texts.ringBehind(gist.instigatorId)}`;
    }
    case 'CLUSTER':
      return texts.cluster(gist.accounts, tellCodes(gist.identifierKinds), tellCodes(gist.behaviours));
    case 'PICTURES_REPLACED':
      return texts.replaced(gist.approved, gist.shown);
    case 'PICTURE_MATCH':
      return texts.picture(gist.position, evidenceTexts[currentLanguage()].banks[gist.bank], gist.ownerLabel);
    case 'TEXT_PAIR':
      return texts.textPair(gist.leftId, gist.rightId, tellPercent(gist.jaccard01));
    case 'WORDS': {
      const told = gist.spans.flatMap((span) => tellSpan(texts, span) ?? []);
      return told.length === 0 ? undefined : told.join(BETWEEN_SENTENCES[currentLanguage()]);
    }
    case 'FACT':
      return texts.terms[gist.name];
    case 'SAMPLE': {
      const { subjectKind, weakest } = gist;
      const nearest =
        weakest === undefined
          ? undefined
          : `${tellViolation(weakest.violationType)}, ${tellPercent(weakest.probability)}`;
      return texts.sample(texts.lookedAt[subjectKind] ?? tellKind(subjectKind), nearest);
    }
    default:
      return gist satisfies never;
  }
}

const tellCodes = (codes: readonly string[]): string =>
  codes.map(tellCode).join(currentLanguage() === 'zh' ? '、' : ', ');

/** Why a case fired: the sentence of its heaviest finding, or that it is a sample. */
export function tellCase({ summary, items, subject }: Pick<CaseView, 'summary' | 'items' | 'subject'>): string {
  const findings = items.flatMap(({ check }) => check.findings);
  const found = findings.find((finding) => finding.summary === summary);
  if (found !== undefined) return tellFinding(found);
  const sample = items.find(({ check }) => check.decision?.isSampled === true);
  if (sample === undefined) return summary;
  const [weakest] = sample.check.findings.toSorted((left, right) => right.probability - left.probability);
  const gist: CaseGist = {
    kind: 'SAMPLE',
    subjectKind: subject.kind,
    ...(weakest === undefined ? {} : { weakest }),
  };
  return tellSummary({ summary, gist });
}

/** Two sentences that follow each other: Chinese puts no space between them. */
const BETWEEN_SENTENCES = { en: ' ', zh: '', ru: ' ' } as const;

/** How two pictures are alike. */
export function tellLikeness({ why, distanceBits, inliers, orientation, isInverted }: PictureMatch): string {
  const texts = foreign();
  if (texts === undefined) return why;
  const turned = [...(orientation === 'r0' ? [] : [orientation]), ...(isInverted ? ['INVERTED'] : [])];
  return texts.likeness(distanceBits, inliers, turned.length === 0 ? undefined : tellCodes(turned));
}

/** Why a rule fired. What the rule book writes is in its authors' words; what follows from a probability alone is told. */
export function tellFiredRule({ ruleId, why }: FiredRule, findings: readonly FindingView[]): string {
  const texts = foreign();
  const violationType = ruleId.startsWith('ladder/') ? ruleId.slice('ladder/'.length) : undefined;
  const found = findings.find((finding) => finding.violationType === violationType);
  if (texts === undefined || found === undefined) return why;
  return texts.ladder(tellViolation(found.violationType), tellPercent(found.probability));
}
