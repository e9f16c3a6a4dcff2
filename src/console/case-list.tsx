import { Alert, Badge, Box, Group, Select, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { CaseSummary } from '../domain/views/case-view.ts';
import type { StatsView } from '../domain/views/operation-view.ts';
import { SEVERITY_COLORS, tellDue, tellViolation } from './wording.ts';

interface CaseListProps {
  readonly items: readonly CaseSummary[];
  readonly isLoading: boolean;
  readonly fault: Error | null;
  readonly selectedId: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly stats: StatsView | undefined;
  readonly queue: string | undefined;
  readonly onQueue: (queue: string | undefined) => void;
  readonly type: string | undefined;
  readonly onType: (type: string | undefined) => void;
}

/** Flagged items by priority, with filters by queue and reason. */
export function CaseList(props: CaseListProps) {
  const { items, isLoading, fault, selectedId, onSelect, stats } = props;
  const queues = Object.entries(stats?.openCasesByQueue ?? {}).map(([value, count]) => ({
    value,
    label: `${value} (${count})`,
  }));
  const types = Object.keys(stats?.findingsByType ?? {}).map((value) => ({ value, label: tellViolation(value) }));
  return (
    <Stack
      component="nav"
      aria-label="Flagged items"
      gap={0}
      style={{ borderInlineEnd: '1px solid var(--mantine-color-default-border)', minHeight: 0 }}
    >
      <Group p="sm" gap="xs" grow>
        <Select
          aria-label="Queue"
          placeholder="All queues"
          data={queues}
          value={props.queue ?? null}
          onChange={(value) => props.onQueue(value ?? undefined)}
          clearable
          size="xs"
        />
        <Select
          aria-label="Reason"
          placeholder="All reasons"
          data={types}
          value={props.type ?? null}
          onChange={(value) => props.onType(value ?? undefined)}
          clearable
          searchable
          size="xs"
        />
      </Group>
      <Box className="case-list" flex={1}>
        {fault !== null && (
          <Alert color="red" m="sm">
            {fault.message}
          </Alert>
        )}
        {isLoading && [1, 2, 3, 4, 5].map((key) => <Skeleton key={key} height={72} m="sm" width="auto" />)}
        {!isLoading && fault === null && items.length === 0 && (
          <Text c="dimmed" p="md">
            Nothing is flagged here. New listings, reviews and accounts are checked as they arrive; what needs a person
            appears in this list by itself.
          </Text>
        )}
        {items.map((item) => (
          <CaseRow key={item.id} item={item} isSelected={item.id === selectedId} onSelect={onSelect} />
        ))}
      </Box>
    </Stack>
  );
}

function CaseRow({
  item,
  isSelected,
  onSelect,
}: {
  readonly item: CaseSummary;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}) {
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  return (
    <UnstyledButton
      ref={row}
      className="case-row"
      data-selected={isSelected}
      aria-current={isSelected}
      onClick={() => onSelect(item.id)}
      px="sm"
      py="xs"
    >
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600} truncate>
          {tellViolation(item.violationType)}
        </Text>
        <Badge size="sm" variant="filled" color={SEVERITY_COLORS[item.severity]}>
          {item.severity}
        </Badge>
      </Group>
      <Text size="xs" lineClamp={2}>
        {item.summary}
      </Text>
      <Text size="xs" c="dimmed">
        {item.sellerId ?? item.subject.id} · {item.itemCount === 1 ? '1 item' : `${item.itemCount} items`} ·{' '}
        {tellDue(item.dueAt)}
      </Text>
    </UnstyledButton>
  );
}
