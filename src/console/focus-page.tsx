import { Alert, Button, Center, Group, Loader, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { CaseQueueView } from '../domain/views/case-work-view.ts';
import { callApi } from './api.ts';
import { DeskedCase } from './case-page/desked-case.tsx';
import { UndoBar } from './deciding/undo-bar.tsx';
import { useTexts } from './language/use-language.ts';
import { focusTexts } from './texts/focus-texts.ts';
import { queueTexts } from './texts/queue-texts.ts';
import { changeAddress, goTo, pageAddress, useAddress } from './use-address.ts';
import { useKeys } from './use-keys.ts';
import { tellQueue } from './wording.ts';
import { useLiveCases } from './work-list/live-cases.ts';
import { caseQuery } from './work-list/read-cases.ts';
import { useNextCase } from './work-list/use-next-case.ts';

const ALL_QUEUES = 'all';

/** One case after the other: the next is claimed and on the screen as soon as one is decided. */
export function FocusPage() {
  const [queue = ALL_QUEUES] = useAddress('queue');
  // A new queue is a new sitting.
  return <Sitting key={queue} queue={queue} />;
}

function Sitting({ queue }: { readonly queue: string }) {
  const texts = useTexts(focusTexts);
  const listTexts = useTexts(queueTexts);
  useLiveCases();
  const sitting = useNextCase(queue);
  const { currentId, state, withOthers, wasTaken, doneCount, fault } = sitting;
  const detail = useQuery({ ...caseQuery(currentId ?? ''), enabled: currentId !== undefined });
  const leave = (): void =>
    goTo(pageAddress('/', { case: currentId, queue: queue === ALL_QUEUES ? undefined : queue }));
  useKeys([
    { keys: ['j', 'ArrowRight'], does: listTexts.next, run: () => sitting.advance('skip'), isMinor: true },
    { keys: ['k', 'ArrowLeft'], does: listTexts.previous, run: sitting.goBack, isMinor: true },
    { keys: ['Escape'], does: texts.toList, run: leave, isMinor: true },
  ]);
  const pane = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (pane.current !== null) pane.current.scrollTop = 0;
  }, [currentId]);
  return (
    <div className="flagged-page">
      <div className="list-tools">
        <Title order={2} size="h6">
          {texts.focusTitle}
        </Title>
        <QueueSelect queue={queue} />
        <Text size="sm" c="dimmed" role="status">
          {doneCount > 0 && texts.focusDone(doneCount)} {wasTaken && texts.focusTaken}
        </Text>
        <Button size="compact-sm" variant="subtle" onClick={leave}>
          {texts.toList} (Esc)
        </Button>
      </div>
      <section className="detail-pane focus-pane" ref={pane} tabIndex={0} data-scrolls aria-label={listTexts.item}>
        {fault !== null && (
          <Alert color="red" variant="outline" role="alert" mb="sm">
            <Group>
              <Text size="sm">{fault.message}</Text>
              <Button size="compact-sm" onClick={() => sitting.advance('look')}>
                {texts.lookAgain}
              </Button>
            </Group>
          </Alert>
        )}
        {currentId === undefined && state === 'EMPTY' && (
          <Center h="100%">
            <Stack maw={460} align="flex-start">
              <Title order={3}>{texts.focusEmpty}</Title>
              <Text>
                {withOthers > 0 && texts.focusOthers(withOthers)} {texts.focusEmptyHint}
              </Text>
              <Group>
                <Button onClick={() => sitting.advance('look')}>{texts.lookAgain}</Button>
                <Button variant="default" onClick={leave}>
                  {texts.toList}
                </Button>
              </Group>
            </Stack>
          </Center>
        )}
        {currentId === undefined && state === 'ASKING' && (
          <Center h="100%">
            <Loader role="status" aria-label={texts.loadingNext} />
          </Center>
        )}
        {currentId !== undefined && (
          <DeskedCase
            isClaimedByPage={state === 'ASKING'}
            view={detail.data}
            fault={detail.error}
            isEmpty={false}
            onAgain={() => void detail.refetch()}
            onDecided={() => sitting.advance('decided')}
            onLeft={() => sitting.advance('skip')}
          />
        )}
      </section>
      <UndoBar onUndone={sitting.show} />
    </div>
  );
}

function QueueSelect({ queue }: { readonly queue: string }) {
  const texts = useTexts(focusTexts);
  const { data } = useQuery({
    queryKey: ['case-queues'],
    queryFn: () => callApi<{ items: readonly CaseQueueView[] }>('/v1/case-queues'),
    refetchInterval: 30_000,
  });
  return (
    <NativeSelect
      size="xs"
      aria-label={texts.queueAll}
      value={queue}
      onChange={(event) => changeAddress({ queue: event.currentTarget.value }, 'replace')}
      data={[
        { value: ALL_QUEUES, label: texts.queueAll },
        ...(data?.items ?? []).map(({ name, waiting }) => ({ value: name, label: `${tellQueue(name)} (${waiting})` })),
      ]}
    />
  );
}
