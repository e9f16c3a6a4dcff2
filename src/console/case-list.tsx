import { Alert, Badge, Button, Group, Kbd, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { CaseSummary } from '../domain/views/case-view.ts';
import { SEVERITY_COLORS, SEVERITY_WORDS, tellDue, tellViolation } from './wording.ts';

interface CaseListProps {
  readonly items: readonly CaseSummary[];
  readonly isLoading: boolean;
  readonly fault: Error | null;
  readonly selectedId: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly onAgain: () => void;
  /** Reads the next page; undefined when all is there. */
  readonly more: (() => void) | undefined;
  readonly isLoadingMore: boolean;
}

const TEXTS = {
  label: 'Flagged items',
  empty:
    'Nothing is flagged here. New listings, reviews and accounts are checked as they arrive; what needs a person appears in this list by itself.',
  broken: 'The list could not be read',
  again: 'Try again',
  more: 'Show more',
  gathered: (count: number) => (count === 1 ? '1 item' : `${count} items`),
} as const;

/** Flagged items by priority, and the keys that walk through them. */
export function CaseList(props: CaseListProps) {
  const { items, isLoading, fault, selectedId, onSelect, more } = props;
  const isEmpty = !isLoading && fault === null && items.length === 0;
  return (
    <nav className="case-list" aria-label={TEXTS.label}>
      {/* No tab stop when there are rows: these are stops themselves. */}
      <div className="case-rows">
        {fault !== null && (
          <Alert color="red" variant="outline" m="sm" title={TEXTS.broken}>
            <Stack gap="xs" align="flex-start">
              {fault.message}
              <Button size="xs" onClick={props.onAgain}>
                {TEXTS.again}
              </Button>
            </Stack>
          </Alert>
        )}
        {isLoading && [1, 2, 3, 4, 5, 6].map((key) => <Skeleton key={key} height={72} m="sm" width="auto" />)}
        {isEmpty && (
          <Text c="dimmed" p="md">
            {TEXTS.empty}
          </Text>
        )}
        {items.map((item) => (
          <CaseRow key={item.id} item={item} isSelected={item.id === selectedId} onSelect={onSelect} />
        ))}
        {more !== undefined && (
          <Button variant="subtle" fullWidth loading={props.isLoadingMore} onClick={more}>
            {TEXTS.more}
          </Button>
        )}
      </div>
      <Group className="legend" gap={6} visibleFrom="sm" aria-hidden>
        <Kbd size="xs">J</Kbd> next <Kbd size="xs">K</Kbd> previous <Kbd size="xs">Esc</Kbd> first{' '}
        <Kbd size="xs">?</Kbd> all keys
      </Group>
    </nav>
  );
}

interface CaseRowProps {
  readonly item: CaseSummary;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

function CaseRow({ item, isSelected, onSelect }: CaseRowProps) {
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  return (
    <UnstyledButton ref={row} className="case-row" aria-current={isSelected} onClick={() => onSelect(item.id)}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600} truncate>
          {tellViolation(item.violationType)}
        </Text>
        <Badge
          size="sm"
          variant="filled"
          color={SEVERITY_COLORS[item.severity]}
          title={SEVERITY_WORDS[item.severity]}
          style={{ flexShrink: 0 }}
        >
          {item.severity}
        </Badge>
      </Group>
      <Text size="xs" lineClamp={2}>
        {item.summary}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {item.sellerId ?? item.subject.id} · {TEXTS.gathered(item.itemCount)} · {tellDue(item.dueAt)}
      </Text>
    </UnstyledButton>
  );
}
