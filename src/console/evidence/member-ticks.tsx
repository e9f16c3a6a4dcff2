import { Button, Group, Text } from '@mantine/core';
import { useContext } from 'react';
import { useTexts } from '../language/use-language.ts';
import { ringTexts } from '../texts/ring-texts.ts';
import { MemberChoiceContext } from './member-choice.ts';

/** Ticks every member of a group or none, and tells how many are dealt with; nothing where nothing can be decided. */
export function TickMembers({ memberIds }: { readonly memberIds: readonly string[] }) {
  const texts = useTexts(ringTexts);
  const choice = useContext(MemberChoiceContext);
  if (choice === undefined) return null;
  const keptCount = memberIds.filter((id) => choice.keptIds.has(id)).length;
  return (
    <Group gap="xs">
      <Button size="compact-xs" variant="default" onClick={() => choice.keep(memberIds, false)}>
        {texts.tickAll}
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => choice.keep(memberIds, true)}>
        {texts.tickNone}
      </Button>
      <Text size="sm" role="status">
        {texts.ringSplit(memberIds.length - keptCount, keptCount)}
      </Text>
    </Group>
  );
}

/** A member of a group: ticked, a decision deals with it. */
export function MemberTick({ id }: { readonly id: string }) {
  const texts = useTexts(ringTexts);
  const choice = useContext(MemberChoiceContext);
  if (choice === undefined) return id;
  return (
    <label className="ring-member">
      <input
        type="checkbox"
        checked={!choice.keptIds.has(id)}
        aria-label={texts.dealWith(id)}
        onChange={(event) => choice.keep([id], !event.currentTarget.checked)}
      />
      {id}
    </label>
  );
}
