import type { Decision, FindingSource, FiredRule } from '../../domain/decision.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { SubjectKind } from '../../domain/finding.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Seller } from '../../domain/seller.ts';
import type { DecisionRequest } from '../../domain/views/case-decision-view.ts';
import type { ViolationType } from '../../domain/violation.ts';
import type { DecidedSeller, DecisionFacts } from '../../pipeline/casework/decision-store.ts';
import { sourceOfCase } from '../../policy/finding-source.ts';
import { toStoredCase } from './case-row.ts';
import { readAppealFacts } from './appeal-facts.ts';
import { readHearing } from './case-hands.ts';
import { withDecision } from './change-case.ts';
import type { Database } from './database.ts';
import { readSplittableRing } from './split-ring-store.ts';
import { asStored } from './stored-json.ts';

type FactSubject = DecisionFacts['subjects'][number];

/** Checks of a case that a decision reads at most; the latest. */
const MAX_CHECKS = 500;

interface SubjectRef {
  readonly kind: SubjectKind;
  readonly id: string;
  readonly checkId?: string;
}

/** Reads what is stored of everything that a case, or a decision about it, is about. */
export async function readDecisionFacts(
  database: Database,
  caseId: string,
  named?: DecisionRequest['subjects'],
): Promise<DecisionFacts | undefined> {
  const row = await database.case.findUnique({ where: { id: caseId } });
  if (row === null) return undefined;
  const stored = await withDecision(database, toStoredCase(row));
  const items = await database.caseItem.findMany({
    where: { caseId },
    orderBy: [{ addedAt: 'desc' }, { checkId: 'asc' }],
    take: MAX_CHECKS,
    include: { check: { include: { findings: { select: { violationType: true, evidence: true } } } } },
  });
  const checks = items.map(({ check }) => check);
  const evidence = checks.flatMap((check) => check.findings.flatMap((one) => asStored<Evidence[]>(one.evidence)));
  const { subject } = stored;
  const checked = new Map<string, SubjectRef>();
  for (const check of checks) {
    const name = `${check.subjectKind}/${check.subjectId}`;
    if (!checked.has(name))
      checked.set(name, { kind: check.subjectKind as SubjectKind, id: check.subjectId, checkId: check.id });
  }
  const isGroup = subject.kind === 'RING' || subject.kind === 'CLUSTER';
  const latest = checks[0]?.id;
  const own: SubjectRef[] =
    isGroup || checked.size === 0
      ? [{ ...subject, ...(latest === undefined ? {} : { checkId: latest }) }]
      : [...checked.values()];
  const cluster = evidence.find((piece) => piece.kind === 'ACCOUNT_CLUSTER');
  const seller = stored.sellerId === undefined ? undefined : await readDecidedSeller(database, stored.sellerId);
  const appeal = stored.violationType === 'SYS_SELLER_APPEAL' ? await readAppealFacts(database, caseId) : undefined;
  const hearingCaseId = await readHearing(database, stored);
  // What is appealed is what was decided, not all that its case holds; the seller as a whole is named by the measures.
  const decided = appeal?.decision.subjects.filter(({ kind }) => kind !== 'SELLER' || subject.kind === 'SELLER') ?? [];
  const asked = named ?? (decided.length === 0 ? undefined : decided);
  const wanted =
    asked === undefined
      ? own
      : asked.map(
          ({ kind, id }): SubjectRef =>
            own.find((one) => one.kind === kind && one.id === id) ?? checked.get(`${kind}/${id}`) ?? { kind, id },
        );
  const read = await readFactSubjects(database, wanted);
  const members = new Set(cluster?.accountIds ?? []);
  const belongs = (one: FactSubject): boolean =>
    checked.has(`${one.kind}/${one.id}`) ||
    (one.kind === subject.kind && one.id === subject.id) ||
    (one.kind === 'ACCOUNT' && members.has(one.id)) ||
    (one.sellerId !== undefined && one.sellerId === stored.sellerId);
  const ring = subject.kind === 'RING' ? await readSplittableRing(database, subject.id) : undefined;
  const instigatorId = evidence.flatMap((piece) =>
    piece.kind === 'RING' ? (piece.instigator?.sellerId ?? []) : [],
  )[0];
  const listing = subject.kind === 'LISTING' ? await database.listing.findUnique({ where: { id: subject.id } }) : null;
  return {
    case: stored,
    ...(appeal === undefined ? {} : { appeal }),
    ...(hearingCaseId === undefined ? {} : { hearingCaseId }),
    subjects: read.filter(belongs),
    ...(seller === undefined ? {} : { seller }),
    ...(instigatorId === undefined ? {} : { instigatorId }),
    ...(ring === undefined ? {} : { ring }),
    ...(cluster === undefined ? {} : { clusterAccountIds: cluster.accountIds }),
    findingTypes: [
      ...new Set(checks.flatMap((check) => check.findings.map((one) => one.violationType as ViolationType))),
    ],
    firedRules: checks.flatMap((check): FiredRule[] => asStored<Decision | null>(check.decision)?.firedRules ?? []),
    source: sourceOfCase(
      checks.map(({ trigger, context, decision }) => {
        const source = asStored<{ source?: FindingSource } | null>(context)?.source;
        const isSampled = asStored<Decision | null>(decision)?.isSampled ?? false;
        return { trigger, isSampled, ...(source === undefined ? {} : { source }) };
      }),
    ),
    territory: listing === null ? [] : (asStored<Partial<Listing>>(listing.payload).destinations ?? []),
  };
}

async function readDecidedSeller(database: Database, sellerId: string): Promise<DecidedSeller | undefined> {
  const row = await database.seller.findUnique({ where: { id: sellerId } });
  if (row === null) return undefined;
  return {
    sellerId,
    legalId: row.legalId,
    storeName: asStored<Partial<Seller>>(row.payload).storeName ?? sellerId,
    standing: row.standing,
    registeredAtMs: row.registeredAt.getTime(),
  };
}

/** Subjects as they are stored; a ring or cluster has nothing stored but its name. Unknown ones are left out. */
async function readFactSubjects(database: Database, refs: readonly SubjectRef[]): Promise<FactSubject[]> {
  const idsOf = (kind: SubjectKind): string[] => refs.filter((ref) => ref.kind === kind).map(({ id }) => id);
  const where = (kind: SubjectKind) => ({ where: { id: { in: idsOf(kind) } } });
  const found = new Map<string, Omit<FactSubject, 'kind' | 'id' | 'checkId'>>();
  if (idsOf('LISTING').length > 0)
    for (const one of await database.listing.findMany(where('LISTING')))
      found.set(`LISTING/${one.id}`, {
        title: one.title,
        status: one.publication,
        sellerId: one.sellerId,
        createdAtMs: one.createdAt.getTime(),
      });
  if (idsOf('REVIEW').length > 0)
    for (const one of await database.review.findMany(where('REVIEW')))
      found.set(`REVIEW/${one.id}`, {
        title: `${one.stars} ★ ${asStored<{ text?: string }>(one.payload).text?.slice(0, 80) ?? ''}`.trim(),
        status: one.authenticity,
        sellerId: one.sellerId,
        createdAtMs: one.createdAt.getTime(),
      });
  if (idsOf('ACCOUNT').length > 0)
    for (const one of await database.account.findMany(where('ACCOUNT')))
      found.set(`ACCOUNT/${one.id}`, {
        title: one.id,
        status: one.standing,
        ...(one.sellerId === null ? {} : { sellerId: one.sellerId }),
        createdAtMs: one.registeredAt.getTime(),
      });
  for (const id of idsOf('SELLER')) {
    const one = await readDecidedSeller(database, id);
    if (one !== undefined)
      found.set(`SELLER/${id}`, {
        title: one.storeName,
        status: one.standing,
        sellerId: id,
        createdAtMs: one.registeredAtMs,
      });
  }
  if (idsOf('ORDER').length > 0)
    for (const one of await database.order.findMany(where('ORDER')))
      found.set(`ORDER/${one.id}`, { title: one.id, sellerId: one.sellerId, createdAtMs: one.placedAt.getTime() });
  for (const { kind, id } of refs)
    if (kind === 'RING' || kind === 'CLUSTER') found.set(`${kind}/${id}`, { title: id, createdAtMs: 0 });
  return refs.flatMap((ref) => {
    const one = found.get(`${ref.kind}/${ref.id}`);
    return one === undefined ? [] : [{ ...ref, ...one }];
  });
}
