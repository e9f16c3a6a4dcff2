import { Alert, Badge, Button, Checkbox, Group, Loader, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import type { CaseSummary } from '../../domain/views/case-view.ts';
import { tellSummary } from '../evidence/tell-evidence.ts';
import { useTexts } from '../language/use-language.ts';
import { queueTexts } from '../texts/queue-texts.ts';
import { SEVERITY_COLORS, tellDue, tellSeverity, tellViolation } from '../wording.ts';

interface CaseListProps {
  readonly items: readonly CaseSummary[];
  /** Tells lists apart; where somebody had scrolled to in each is kept. */
  readonly listKey: string;
  readonly isLoading: boolean;
  readonly isFiltered: boolean;
  readonly fault: Error | null;
  readonly selectedId: string | undefined;
  readonly personId: string;
  readonly onSelect: (id: string) => void;
  readonly onAgain: () => void;
  /** Reads the next page; undefined when all is there. */
  readonly more: (() => void) | undefined;
  /** Cases ticked for a bulk decision; undefined where the person may not decide. */
  readonly ticked: ReadonlySet<string> | undefined;
  readonly onTick: (id: string) => void;
}

const ROW_PX = 92;
/** Rows before the end at which the next page is asked for: it is there before it is reached. */
const READ_AHEAD = 40;

/** How far each list was scrolled, for whoever comes back to it. */
const offsets = new Map<string, number>();

/** Flagged items by priority. However many there are, only those in sight are drawn. */
export function CaseList(props: CaseListProps) {
  const texts = useTexts(queueTexts);
  const { items, listKey, isLoading, fault, selectedId, more, isFiltered } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    initialOffset: () => offsets.get(listKey) ?? 0,
    getItemKey: (at) => items[at]?.id ?? at,
  });
  const shown = rows.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more !== undefined && lastShown >= items.length - READ_AHEAD) more();
  }, [more, lastShown, items.length]);
  const selectedAt = items.findIndex(({ id }) => id === selectedId);
  const isThere = selectedAt !== -1;
  const place = useRef(selectedAt);
  useEffect(() => {
    place.current = selectedAt;
  }, [selectedAt]);
  // Whoever comes back finds the list where it was.
  const isBack = useRef(offsets.has(listKey));
  useEffect(() => {
    if (!isThere) return;
    // Only for another case: news that move the same one must not tear the list away from its reader.
    if (!isBack.current) rows.scrollToIndex(place.current, { align: 'auto' });
    isBack.current = false;
  }, [selectedId, isThere, rows]);
  const isEmpty = !isLoading && fault === null && items.length === 0;
  return (
    <nav className="case-list" aria-label={texts.list}>
      {/* No tab stop when there are rows: these are stops themselves. */}
      <div
        className="case-rows"
        ref={scroller}
        onScroll={(event) => offsets.set(listKey, event.currentTarget.scrollTop)}
      >
        {fault !== null && (
          <Alert color="red" variant="outline" m="sm" title={texts.broken}>
            <Stack gap="xs" align="flex-start">
              {fault.message}
              <Button size="xs" onClick={props.onAgain}>
                {texts.again}
              </Button>
            </Stack>
          </Alert>
        )}
        {isLoading && [1, 2, 3, 4, 5, 6].map((key) => <Skeleton key={key} height={72} m="sm" width="auto" />)}
        {isEmpty && (
          <Text c="dimmed" p="md">
            {isFiltered ? texts.emptyFiltered : texts.empty}
          </Text>
        )}
        <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
          {shown.map(({ index, key, start }) => {
            const item = items[index];
            if (item === undefined) return null;
            return (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className="case-slot"
                style={{ transform: `translateY(${start}px)` }}
              >
                <CaseRow
                  item={item}
                  isSelected={item.id === selectedId}
                  isTicked={props.ticked?.has(item.id)}
                  personId={props.personId}
                  onSelect={props.onSelect}
                  onTick={props.onTick}
                />
              </div>
            );
          })}
        </div>
        {more !== undefined && items.length > 0 && (
          <Group justify="center" p="xs">
            <Loader size="xs" role="status" aria-label={texts.loadingMore} />
          </Group>
        )}
      </div>
    </nav>
  );
}

interface CaseRowProps extends Pick<CaseListProps, 'personId' | 'onSelect' | 'onTick'> {
  readonly item: CaseSummary;
  readonly isSelected: boolean;
  /** Undefined where nothing can be ticked. */
  readonly isTicked: boolean | undefined;
}

/** One row. It is drawn again only when something of it changes: scrolling moves rows many times a second. */
const CaseRow = memo(function CaseRow({ item, isSelected, isTicked, personId, onSelect, onTick }: CaseRowProps) {
  const texts = useTexts(queueTexts);
  const what = tellViolation(item.violationType);
  const isHeld = item.leaseHolder !== undefined;
  return (
    <div className="case-row-frame" aria-current={isSelected}>
      {isTicked !== undefined && (
        <Checkbox
          size="xs"
          className="case-tick"
          checked={isTicked}
          onChange={() => onTick(item.id)}
          aria-label={texts.tick(`${what}, ${item.sellerId ?? item.subject.id}`)}
        />
      )}
      <UnstyledButton className="case-row" aria-current={isSelected} onClick={() => onSelect(item.id)}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" fw={600} lineClamp={2}>
            {what}
          </Text>
          <Badge
            size="sm"
            variant="filled"
            color={SEVERITY_COLORS[item.severity]}
            title={tellSeverity(item.severity)}
            style={{ flexShrink: 0 }}
          >
            {item.severity}
          </Badge>
        </Group>
        <Text size="xs" lineClamp={2}>
          {tellSummary(item)}
        </Text>
        <Text size="xs" c="dimmed">
          {isHeld && (
            <b>
              {item.leaseHolder === personId
                ? texts.heldByYou
                : texts.heldBy(item.leaseHolderName ?? item.leaseHolder ?? '')}
              {' · '}
            </b>
          )}
          <span data-due={item.sla}>{tellDue(item.dueAt)}</span> · {item.sellerId ?? item.subject.id} ·{' '}
          {texts.gathered(item.itemCount)}
        </Text>
      </UnstyledButton>
    </div>
  );
});
