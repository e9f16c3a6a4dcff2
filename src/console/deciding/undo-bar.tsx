import { Alert, Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { AddressLink } from '../address-link.tsx';
import { useTexts } from '../language/use-language.ts';
import { claimTexts } from '../texts/claim-texts.ts';
import { decidingTexts } from '../texts/deciding-texts.ts';
import { useKeys } from '../use-keys.ts';
import { useNow } from '../use-now.ts';
import { tellEvent, tellTime } from '../wording.ts';
import { forgetRecent, undoRecent, useRecentDecision, type RecentDecision } from './recent-decision.ts';

/** What was done is told so long after it cannot be undone any more. */
const TELL_MS = 4_000;

/** The decision just taken: whether it is stored, and until when `U` takes it back. */
export function UndoBar({ onUndone }: { readonly onUndone: (caseId: string) => void }) {
  const recent = useRecentDecision();
  return recent === undefined ? null : <Bar recent={recent} onUndone={onUndone} />;
}

function Bar({ recent, onUndone }: { readonly recent: RecentDecision; readonly onUndone: (caseId: string) => void }) {
  const texts = useTexts(decidingTexts);
  const { stale } = useTexts(claimTexts);
  const client = useQueryClient();
  const nowMs = useNow(500);
  const { state, undoUntilMs, what, caseId, fault, refusal } = recent;
  const seconds = undoUntilMs === undefined ? 0 : Math.max(0, Math.ceil((undoUntilMs - nowMs) / 1_000));
  const canUndo = state === 'STORING' || (state === 'PENDING' && seconds > 0);
  const undo = (): void => {
    void undoRecent(client).then((id) => id !== undefined && onUndone(id));
  };
  useKeys(canUndo ? [{ keys: ['u'], does: texts.undo, run: undo }] : []);
  const isOver = (state === 'PENDING' && seconds === 0) || state === 'UNDONE' || state === 'PROPOSED';
  useEffect(() => {
    if (!isOver) return undefined;
    const timer = setTimeout(forgetRecent, TELL_MS);
    return () => clearTimeout(timer);
  }, [isOver]);
  if (state === 'FAILED') {
    return (
      <Alert color="red" variant="outline" role="alert" className="undo-bar" title={refusal ? stale : texts.notStored}>
        <Text size="sm">
          {what}: {fault}
        </Text>
        {refusal !== undefined && <Since refusal={refusal} />}
        <Group gap="sm" mt={6}>
          <AddressLink page="/" to={{ case: caseId }} size="sm">
            {texts.openIt}
          </AddressLink>
          <Button size="compact-xs" variant="default" onClick={forgetRecent}>
            {texts.dismiss}
          </Button>
        </Group>
      </Alert>
    );
  }
  const told = { STORING: texts.deciding, UNDOING: texts.deciding, UNDONE: texts.undone }[state as string];
  return (
    <Group className="undo-bar" gap="sm" wrap="nowrap">
      <Text size="sm" role="status" flex={1} miw={0} truncate>
        {told ?? (state === 'PROPOSED' ? texts.proposed(what) : texts.decided(what))}
      </Text>
      {canUndo && (
        <Button size="compact-sm" variant="default" onClick={undo}>
          {state === 'STORING' ? texts.undo : texts.undoSeconds(seconds)}
        </Button>
      )}
    </Group>
  );
}

/** What happened to a case since this page read it. */
export function Since({ refusal }: { readonly refusal: NonNullable<RecentDecision['refusal']> }) {
  const texts = useTexts(claimTexts);
  return (
    <div>
      <Text size="sm">{refusal.since.length === 0 ? texts.staleNothing : texts.staleHint}</Text>
      {refusal.since.map(({ at, type, actor }, place) => (
        <Text size="sm" key={`${place} ${type}`}>
          {at !== undefined && `${tellTime(at)}: `}
          {tellEvent(type)} ({actor})
        </Text>
      ))}
    </div>
  );
}
