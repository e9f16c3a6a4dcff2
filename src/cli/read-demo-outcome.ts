import type { CreditTier } from '../domain/credit.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { CaseSummary, CaseView } from '../domain/views/case-view.ts';
import type { CheckSummary, CheckView } from '../domain/views/check-view.ts';
import type { SellerEligibility } from '../domain/views/subject-view.ts';
import type { AssayClient } from './assay-client.ts';
import type { DemoOutcome, DemoTruth, FlaggedListing, ToldGroup, ToldSubject } from './demo-truth.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string;
}

async function readAll<Item>(client: AssayClient, path: string): Promise<readonly Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page = await client.get<Page<Item>>(`${path}${query}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
}

/** Asks an installation for everything that the truth speaks of. */
export async function readDemoOutcome(client: AssayClient, truth: DemoTruth): Promise<DemoOutcome> {
  const wanted = [...truth.mustFind, ...truth.mustNotFlag, ...truth.notYetExpected];
  const told = new Map<string, ToldSubject>();
  for (const { subject, id } of wanted) {
    if (subject !== 'SELLER') told.set(`${subject}/${id}`, await readSubject(client, subject, id));
  }
  const cases = await readAll<CaseSummary>(client, '/v1/cases?limit=200');
  for (const { subject, id } of wanted) {
    if (subject === 'SELLER') told.set(`SELLER/${id}`, sellerAsTold(cases, id));
  }
  const evidence = await readGroupEvidence(client, cases);
  const eligibility = await readEligibility(
    client,
    truth.sellers.map(({ id }) => id),
  );
  return {
    subject: (kind, id) => told.get(`${kind}/${id}`),
    flaggedListings: await readFlaggedListings(client, cases),
    rings: evidence.flatMap(toRing),
    clusters: evidence.flatMap(toCluster),
    tiers: new Map(eligibility.map(({ sellerId, tier }): [string, CreditTier] => [sellerId, tier])),
  };
}

async function readEligibility(
  client: AssayClient,
  sellerIds: readonly string[],
): Promise<readonly SellerEligibility[]> {
  if (sellerIds.length === 0) return [];
  const query = sellerIds.map((id) => encodeURIComponent(id)).join(',');
  return (await client.get<{ items: readonly SellerEligibility[] }>(`/v1/eligibility?sellerIds=${query}`)).items;
}

async function readSubject(client: AssayClient, kind: string, id: string): Promise<ToldSubject> {
  const query = `subjectKind=${kind}&subjectId=${encodeURIComponent(id)}&limit=200`;
  const summaries = await readAll<CheckSummary>(client, `/v1/checks?${query}`);
  const checks = await Promise.all(summaries.map((summary) => client.get<CheckView>(`/v1/checks/${summary.id}`)));
  return {
    violationTypes: new Set(checks.flatMap(({ findings }) => findings.map((finding) => finding.violationType))),
    isFlagged: checks.some(({ decision }) => decision?.needsPerson === true && !decision.isSampled),
  };
}

async function readFlaggedListings(
  client: AssayClient,
  cases: readonly CaseSummary[],
): Promise<readonly FlaggedListing[]> {
  const views = await Promise.all(
    cases
      .filter(({ subject: { kind } }) => kind === 'LISTING')
      .map(({ id }) => client.get<CaseView>(`/v1/cases/${id}`)),
  );
  return views.flatMap(({ items, sellerId = '' }) =>
    items.flatMap(({ check: { subject, decision } }) =>
      decision?.needsPerson === true && !decision.isSampled
        ? [{ listingId: subject.id, sellerId, violationType: decision.violationType ?? 'unknown' }]
        : [],
    ),
  );
}

/** A seller is flagged by a case that names the seller, other than one that was drawn as a sample. */
function sellerAsTold(cases: readonly CaseSummary[], sellerId: string): ToldSubject {
  const own = cases.filter((one) => one.sellerId === sellerId && !one.violationType.startsWith('SYS_'));
  return { violationTypes: new Set(own.map((one) => one.violationType)), isFlagged: own.length > 0 };
}

async function readGroupEvidence(client: AssayClient, cases: readonly CaseSummary[]): Promise<readonly Evidence[]> {
  const groups = cases.filter(({ subject: { kind } }) => kind === 'RING' || kind === 'CLUSTER');
  const views = await Promise.all(groups.map(({ id }) => client.get<CaseView>(`/v1/cases/${id}`)));
  return views.flatMap(({ items }) =>
    items.flatMap(({ check }) => check.findings.flatMap(({ evidence }): Evidence[] => evidence)),
  );
}

const toRing = (piece: Evidence): ToldGroup[] =>
  piece.kind === 'RING' ? [{ id: piece.ringId, direction: piece.direction, members: piece.memberAccountIds }] : [];

const toCluster = (piece: Evidence): ToldGroup[] =>
  piece.kind === 'ACCOUNT_CLUSTER' ? [{ id: piece.clusterId, members: piece.accountIds }] : [];
