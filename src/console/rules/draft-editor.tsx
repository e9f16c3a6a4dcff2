import { Alert, Button, Group, Select, Skeleton, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RulesetSummary, RulesetView } from '../../domain/views/rules-view.ts';
import { callApi, postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { rulesTexts } from './rules-texts.ts';

interface Texts {
  readonly digest: string;
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly tests: readonly { readonly name: string; readonly text: string }[];
}

/** Word lists of this size are changed as files, not in a browser. */
const MAX_CHARACTERS = 200_000;

const publishedTexts = async (): Promise<Texts> => {
  const { items } = await callApi<{ items: RulesetSummary[] }>('/v1/rulesets');
  const published = items.find(({ state }) => state === 'PUBLISHED');
  return callApi<Texts>(`/v1/rulesets/${published?.digest ?? ''}/files`);
};

/** Changes files of the rules in force into a draft; what is wrong is told with its place, and nothing typed is lost. */
export function DraftEditor({ onDone }: { readonly onDone: (digest: string) => void }) {
  const texts = useTexts(rulesTexts);
  const client = useQueryClient();
  const published = useQuery({ queryKey: ['ruleset-files'], queryFn: publishedTexts, staleTime: Infinity });
  const [name, setName] = useState('policy.yaml');
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const [note, setNote] = useState('');
  const submit = useMutation({
    mutationFn: () =>
      postJson<RulesetView>('/v1/rulesets', {
        base: published.data?.digest,
        files: Object.entries(changed).map(([file, text]) => ({ name: file, text })),
        note,
      }),
    onSuccess: (draft) => {
      void client.invalidateQueries({ queryKey: ['rulesets'] });
      onDone(draft.digest);
    },
  });
  if (published.error !== null)
    return (
      <Alert color="red" variant="outline" title={texts.broken}>
        {published.error.message}
      </Alert>
    );
  if (published.data === undefined) return <Skeleton height={240} role="status" aria-label={texts.loading} />;
  const files = [...published.data.files, ...published.data.tests].filter(({ text }) => text.length <= MAX_CHARACTERS);
  const original = files.find((file) => file.name === name)?.text ?? '';
  const isUnchanged = Object.keys(changed).length === 0;
  const edit = (text: string): void => {
    const { [name]: _before, ...others } = changed;
    setChanged(text === original ? others : { ...others, [name]: text });
  };
  return (
    <Stack>
      <Select
        label={texts.editFile}
        data={files.map((file) => ({
          value: file.name,
          label: changed[file.name] === undefined ? file.name : `${file.name} •`,
        }))}
        value={name}
        onChange={(next) => next !== null && setName(next)}
        allowDeselect={false}
        maw={360}
      />
      <Textarea
        label={texts.text}
        value={changed[name] ?? original}
        onChange={(event) => edit(event.currentTarget.value)}
        autosize
        minRows={16}
        maxRows={28}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
      />
      <TextInput label={texts.noteLabel} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
      {submit.error !== null && (
        <Alert color="red" variant="outline">
          {submit.error.message.split('\n').map((line) => (
            <Text key={line} size="sm" className="id">
              {line}
            </Text>
          ))}
        </Alert>
      )}
      <Group>
        <Button disabled={isUnchanged} loading={submit.isPending} onClick={() => submit.mutate()}>
          {texts.submit}
        </Button>
        {isUnchanged && (
          <Text size="sm" c="dimmed">
            {texts.unchanged}
          </Text>
        )}
      </Group>
    </Stack>
  );
}
