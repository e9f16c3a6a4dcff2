import { Alert, Badge, Card, Center, Group, List, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { CaseItemView, CaseView } from '../domain/views/case-view.ts';
import type { FindingView } from '../domain/views/check-view.ts';
import { EvidenceList } from './evidence/evidence-list.tsx';
import { SellerCard } from './seller-card.tsx';
import { SubjectCard } from './subject-card.tsx';
import { SEVERITY_COLORS, tellDue, tellPercent, tellTime, tellViolation } from './wording.ts';

interface CaseDetailProps {
  readonly view: CaseView | undefined;
  readonly fault: Error | null;
  readonly isEmpty: boolean;
}

/** One case: why it fired, the evidence, the item itself, the seller beside it. */
export function CaseDetail({ view, fault, isEmpty }: CaseDetailProps) {
  if (fault !== null) return <Alert color="red">{fault.message}</Alert>;
  if (isEmpty) {
    return (
      <Center h="100%">
        <Text c="dimmed">Choose an item on the left, or press J.</Text>
      </Center>
    );
  }
  if (view === undefined) return <Skeleton height={320} />;
  return (
    <Stack gap="md" maw={1200}>
      <header>
        <Group gap="xs">
          <Badge color={SEVERITY_COLORS[view.severity]} variant="filled">
            {view.severity}
          </Badge>
          <Badge variant="default">{view.queue}</Badge>
          <Badge variant="default">{tellDue(view.dueAt)}</Badge>
        </Group>
        <Title order={2} mt="xs">
          {tellViolation(view.violationType)}
        </Title>
        <Text size="lg">{view.summary}</Text>
      </header>
      {view.seller !== undefined && <SellerCard view={view.seller} />}
      {latestOfEach(view.items).map((item) => (
        <CaseItem key={item.check.id} item={item} />
      ))}
      {view.itemCount > view.items.length && (
        <Text c="dimmed">
          The latest {view.items.length} of {view.itemCount} checks are shown.
        </Text>
      )}
      <Card withBorder component="section" aria-label="History">
        <Title order={3} size="h5" mb="xs">
          What happened to this case
        </Title>
        <List size="sm">
          {view.events.map((event) => (
            <List.Item key={event.seq}>
              {tellTime(event.at)}: {event.type.toLowerCase().replaceAll('_', ' ')} by {event.actor}
            </List.Item>
          ))}
        </List>
      </Card>
    </Stack>
  );
}

/** Of several checks of one subject the newest tells it all; rings grow with every review. */
function latestOfEach(items: readonly CaseItemView[]): readonly CaseItemView[] {
  const newestFirst = items.toSorted((left, right) => Date.parse(right.addedAt) - Date.parse(left.addedAt));
  const seen = new Set<string>();
  return newestFirst.filter(({ check }) => {
    const ring = check.findings.flatMap(({ evidence }) => evidence).find((piece) => piece.kind === 'RING');
    const key = ring === undefined ? `${check.subject.kind}/${check.subject.id}` : ring.ringId;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function CaseItem({ item }: { readonly item: CaseItemView }) {
  const { check, subject } = item;
  return (
    <Card withBorder component="article">
      <Stack gap="md">
        {check.findings.map((finding) => (
          <FindingSection key={finding.id} finding={finding} item={item} />
        ))}
        {check.findings.length === 0 && <Text>Nothing was found; the item was drawn as a sample.</Text>}
        {check.decision !== undefined && (
          <section>
            <Title order={4} size="h6">
              What the rules make of it
            </Title>
            <Text size="sm">
              {check.decision.outcome.toLowerCase()} at step {check.decision.step}, risk{' '}
              {tellPercent(check.decision.risk01)}, rules version {check.decision.rulesetDigest.slice(0, 12)}
            </Text>
            <List size="sm">
              {check.decision.firedRules.map(({ ruleId, why }) => (
                <List.Item key={ruleId}>
                  {why} ({ruleId})
                </List.Item>
              ))}
            </List>
          </section>
        )}
        {subject !== undefined && <SubjectCard kind={check.subject.kind} subject={subject} findings={check.findings} />}
      </Stack>
    </Card>
  );
}

function FindingSection({ finding, item }: { readonly finding: FindingView; readonly item: CaseItemView }) {
  return (
    <section>
      <Group gap="xs" mb={4}>
        <Title order={3} size="h5">
          {tellViolation(finding.violationType)}
        </Title>
        <Badge variant="light" size="lg">
          {tellPercent(finding.probability)} likely
        </Badge>
      </Group>
      <Text mb="sm">{finding.summary}</Text>
      <EvidenceList evidence={finding.evidence} item={item} />
    </section>
  );
}
