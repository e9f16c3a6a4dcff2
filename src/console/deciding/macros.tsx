import { Button, Checkbox, Menu, NativeSelect, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MacroBody, MacroView } from '../../domain/views/case-decision-view.ts';
import { callApi, postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { macroTexts } from '../texts/macro-texts.ts';
import { useKeys } from '../use-keys.ts';
import { usePerson } from '../use-person.ts';
import type { DecisionDraft } from './decision-draft.ts';
import { TidyMacros } from './tidy-macros.tsx';

const macrosQuery = {
  queryKey: ['macros'],
  queryFn: () => callApi<{ items: readonly MacroView[] }>('/v1/macros'),
  staleTime: 60_000,
};

interface MacrosProps {
  /** A draft that can be kept as a macro; without one the stored macros are offered. */
  readonly draft: DecisionDraft | undefined;
  readonly onUse: (decision: DecisionDraft) => void;
  /** Macros of rulings are for appeals, the others for all the rest. */
  readonly isAppeal: boolean;
}

/** Decisions prepared once and used often. */
export function Macros({ draft, onUse, isAppeal }: MacrosProps) {
  return draft === undefined ? <UseMacro onUse={onUse} isAppeal={isAppeal} /> : <KeepMacro draft={draft} />;
}

function UseMacro({ onUse, isAppeal }: Pick<MacrosProps, 'onUse' | 'isAppeal'>) {
  const texts = useTexts(macroTexts);
  const { data } = useQuery(macrosQuery);
  const [isOpen, setOpen] = useState(false);
  const [isTidying, setTidying] = useState(false);
  const { may } = usePerson();
  const macros = (data?.items ?? []).filter(({ decision }) => (decision.ruling !== undefined) === isAppeal);
  useKeys([{ keys: ['m'], does: texts.use, run: () => setOpen(true), isMinor: true }], 1);
  return (
    <>
      <Menu opened={isOpen} onChange={setOpen} transitionProps={{ duration: 0 }} position="top-start">
        <Menu.Target>
          <Button size="sm" variant="default">
            {texts.macros} (M)
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {macros.length === 0 && (
            <Text size="sm" p="xs" maw={280}>
              {texts.none}
            </Text>
          )}
          {macros.map(({ id, title, digit, decision }) => (
            <Menu.Item key={id} onClick={() => onUse({ ...decision, macroId: id })}>
              {digit === undefined ? '' : `${digit} `}
              {title}
            </Menu.Item>
          ))}
          {macros.length > 0 && may('cases:decide') && (
            <>
              <Menu.Divider />
              <Menu.Item c="dimmed" onClick={() => setTidying(true)}>
                {texts.tidy}…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {isTidying && <TidyMacros macros={macros} onClose={() => setTidying(false)} />}
    </>
  );
}

function KeepMacro({ draft }: { readonly draft: DecisionDraft }) {
  const texts = useTexts(macroTexts);
  const client = useQueryClient();
  const { may } = usePerson();
  const [isOpen, setOpen] = useState(false);
  const [title, setTitle] = useState('');
  const [digit, setDigit] = useState('');
  const [isShared, setShared] = useState(false);
  const keep = useMutation({
    mutationFn: (body: MacroBody) => postJson<MacroView>('/v1/macros', body),
    onSuccess: () => {
      setOpen(false);
      return client.invalidateQueries({ queryKey: ['macros'] });
    },
  });
  // A macro speaks of cases in general, not of the items of this one.
  const { subjects: _subjects, keepMemberIds: _kept, macroId: _macro, ...decision } = draft;
  return (
    <Popover opened={isOpen} onChange={setOpen} trapFocus position="top" transitionProps={{ duration: 0 }}>
      <Popover.Target>
        <Button size="sm" variant="subtle" onClick={() => setOpen(!isOpen)}>
          {texts.keep}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={texts.keep}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            keep.mutate({ title, isShared, decision, ...(digit === '' ? {} : { digit: Number(digit) }) });
          }}
        >
          <Stack gap="xs" w={240}>
            <TextInput
              label={texts.name}
              value={title}
              onChange={(event) => setTitle(event.currentTarget.value)}
              required
              error={keep.error?.message}
            />
            <NativeSelect
              label={texts.digit}
              value={digit}
              onChange={(event) => setDigit(event.currentTarget.value)}
              data={['', '1', '2', '3', '4', '5', '6', '7', '8', '9']}
            />
            {may('cases:lead') && (
              <Checkbox
                label={texts.shared}
                checked={isShared}
                onChange={(event) => setShared(event.currentTarget.checked)}
              />
            )}
            <Button type="submit" size="xs" loading={keep.isPending}>
              {texts.keep}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
