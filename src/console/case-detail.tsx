import { Alert, Badge, Button, Card, Center, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CaseItemView, CaseView } from '../domain/views/case-view.ts';
import { AddressLink } from './address-link.tsx';
import { callApi } from './api.ts';
import { CaseItem } from './case-item.tsx';
import type { CasePage } from './flagged-page.tsx';
import { SellerCard } from './seller-card.tsx';
import { SEVERITY_COLORS, SEVERITY_WORDS, tellDue, tellName, tellQueue, tellTime, tellViolation } from './wording.ts';

interface CaseDetailProps {
  readonly view: CaseView | undefined;
  readonly fault: Error | null;
  readonly isEmpty: boolean;
  readonly onAgain: () => void;
}

const TEXTS = {
  broken: 'The item could not be read',
  again: 'Try again',
  empty: 'Choose an item on the left, or press J.',
  loading: 'Loading the item',
  queue: 'Queue',
  history: 'What happened to this case',
  earlier: (count: number) => `${count} earlier`,
  times: (count: number) => `${count} times, the last`,
  others: 'Other open cases of this seller',
  notShown: (shown: number, all: number) => `The latest ${shown} of ${all} checks were looked through.`,
} as const;

/** Items that are unfolded at first; the rest opens on demand. */
const OPEN_ITEMS = 3;
const HISTORY_SHOWN = 8;

/** One case: why it fired, the evidence, the item itself, the seller beside it. */
export function CaseDetail({ view, fault, isEmpty, onAgain }: CaseDetailProps) {
  if (fault !== null) {
    return (
      <Alert color="red" variant="outline" title={TEXTS.broken}>
        <Stack gap="xs" align="flex-start">
          {fault.message}
          <Button size="xs" onClick={onAgain}>
            {TEXTS.again}
          </Button>
        </Stack>
      </Alert>
    );
  }
  if (isEmpty) {
    return (
      <Center h="100%">
        <Text c="dimmed">{TEXTS.empty}</Text>
      </Center>
    );
  }
  if (view === undefined) {
    return (
      <Stack role="status" aria-label={TEXTS.loading}>
        <Skeleton height={28} width="40%" />
        <Skeleton height={20} width="80%" />
        <Skeleton height={320} />
      </Stack>
    );
  }
  return (
    <div className="case">
      <header>
        <Group gap="xs">
          <Badge color={SEVERITY_COLORS[view.severity]} variant="filled">
            {SEVERITY_WORDS[view.severity]}
          </Badge>
          <Text size="sm" c="dimmed">
            {TEXTS.queue}: {tellQueue(view.queue)} · {tellDue(view.dueAt)}
          </Text>
        </Group>
        <Title order={2} size="h3" mt={4}>
          {tellViolation(view.violationType)}
        </Title>
        <Text size="lg">{view.summary}</Text>
      </header>
      <div className="case-items">
        {latestOfEach(view.items).map((item, at) => (
          <CaseItem key={item.check.id} item={item} caseSummary={view.summary} isOpenAtFirst={at < OPEN_ITEMS} />
        ))}
        {view.itemCount > view.items.length && (
          <Text c="dimmed">{TEXTS.notShown(view.items.length, view.itemCount)}</Text>
        )}
      </div>
      <aside className="case-aside">
        {view.seller !== undefined && <SellerCard view={view.seller} />}
        {view.sellerId !== undefined && <OtherCases sellerId={view.sellerId} caseId={view.id} />}
        <History events={view.events} />
      </aside>
    </div>
  );
}

function History({ events }: { readonly events: CaseView['events'] }) {
  const runs = runsOf(events);
  const shown = runs.slice(-HISTORY_SHOWN);
  return (
    <Card withBorder component="section" aria-label={TEXTS.history}>
      <Title order={3} size="h6" mb={4}>
        {TEXTS.history}
      </Title>
      {shown.length < runs.length && (
        <Text size="xs" c="dimmed">
          {TEXTS.earlier(runs.length - shown.length)}
        </Text>
      )}
      {shown.map(({ last, times }) => (
        <Text size="xs" key={last.seq}>
          {tellTime(last.at)}: {tellName(last.type)} {times > 1 && TEXTS.times(times)} by {last.actor}
        </Text>
      ))}
    </Card>
  );
}

interface EventRun {
  readonly last: CaseView['events'][number];
  readonly times: number;
}

/** Events in a row that say the same are told once: a ring gathers a check with each review. */
function runsOf(events: CaseView['events']): readonly EventRun[] {
  const runs: EventRun[] = [];
  for (const event of events) {
    const before = runs.at(-1);
    if (before !== undefined && before.last.type === event.type && before.last.actor === event.actor)
      runs[runs.length - 1] = { last: event, times: before.times + 1 };
    else runs.push({ last: event, times: 1 });
  }
  return runs;
}

function OtherCases({ sellerId, caseId }: { readonly sellerId: string; readonly caseId: string }) {
  const { data } = useQuery({
    queryKey: ['cases-of-seller', sellerId],
    queryFn: () => callApi<CasePage>(`/v1/cases?limit=20&sellerId=${encodeURIComponent(sellerId)}`),
  });
  const others = data?.items.filter(({ id }) => id !== caseId) ?? [];
  if (others.length === 0) return null;
  return (
    <Card withBorder component="section" aria-label={TEXTS.others}>
      <Title order={3} size="h6" mb={4}>
        {TEXTS.others}
      </Title>
      <Stack gap={6}>
        {others.map((one) => (
          <Text size="xs" key={one.id}>
            <AddressLink inherit to={{ case: one.id, seller: undefined }}>
              {tellViolation(one.violationType)}
            </AddressLink>{' '}
            ({one.severity}): {one.summary}
          </Text>
        ))}
      </Stack>
    </Card>
  );
}

/** Of several checks of one subject, ring or cluster the newest tells it all: rings grow with every review. */
function latestOfEach(items: readonly CaseItemView[]): readonly CaseItemView[] {
  const newestFirst = items.toSorted((left, right) => Date.parse(right.addedAt) - Date.parse(left.addedAt));
  const seen = new Set<string>();
  const kept = newestFirst.filter(({ check }) => {
    const key = groupOf(check) ?? `${check.subject.kind}/${check.subject.id}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  // The strongest first, whatever came last.
  return kept.toSorted((left, right) => strengthOf(right) - strengthOf(left));
}

const strengthOf = ({ check }: CaseItemView): number => check.decision?.risk01 ?? 0;

function groupOf({ findings }: CaseItemView['check']): string | undefined {
  for (const piece of findings.flatMap(({ evidence }) => evidence)) {
    if (piece.kind === 'RING') return piece.ringId;
    if (piece.kind === 'ACCOUNT_CLUSTER') return piece.clusterId;
  }
  return undefined;
}
