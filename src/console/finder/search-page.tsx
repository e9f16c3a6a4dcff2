import { Alert, Badge, Button, Chip, Group, Loader, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { EntityKind, SearchHit } from '../../domain/views/search-view.ts';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { finderTexts } from '../texts/finder-texts.ts';
import { linkTexts } from '../texts/link-texts.ts';
import { changeAddress, useAddress } from '../use-address.ts';
import { useKeys } from '../use-keys.ts';
import { tellQueue, tellStatus } from '../wording.ts';
import { EntityLink } from './entity-link.tsx';
import { PictureSearch } from './picture-search.tsx';
import { SavedViews } from './saved-views.tsx';
import { tellSummary } from '../evidence/tell-evidence.ts';

const KINDS: readonly EntityKind[] = [
  'CASE',
  'LISTING',
  'SELLER',
  'REVIEW',
  'ACCOUNT',
  'ORDER',
  'MARK',
  'RING',
  'CLUSTER',
];
const HITS_SHOWN = 50;

/** Finds everything by number, name, words or picture. */
export function SearchPage() {
  const texts = useTexts(finderTexts);
  const [asked = ''] = useAddress('q');
  const [kinds = ''] = useAddress('kinds');
  const [typed, setTyped] = useState(asked);
  const field = useRef<HTMLInputElement>(null);
  useKeys([{ keys: ['/'], does: texts.focusKey, run: () => field.current?.focus() }]);
  const chosen = kinds === '' ? [] : kinds.split(',');
  const hits = useQuery({
    queryKey: ['search', asked, kinds],
    queryFn: () => callApi<{ items: readonly SearchHit[] }>(pathOf(asked, chosen)),
    enabled: asked !== '',
  });
  return (
    <div className="reading-page">
      <Stack>
        <Title order={2}>{texts.title}</Title>
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            changeAddress({ q: typed.trim() === '' ? undefined : typed.trim() });
          }}
        >
          <Group align="flex-end">
            <TextInput
              ref={field}
              flex={1}
              miw={220}
              label={texts.query}
              placeholder={texts.hint}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoFocus
            />
            <Button type="submit">{texts.search}</Button>
          </Group>
        </form>
        <Chip.Group
          multiple
          value={chosen}
          onChange={(next) => changeAddress({ kinds: next.length === 0 ? undefined : next.join(',') }, 'replace')}
        >
          <Group gap={6} role="group" aria-label={texts.kinds}>
            {KINDS.map((kind) => (
              <Chip key={kind} value={kind} size="xs">
                {texts.kind[kind]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
        {asked !== '' && <Hits hits={hits.data?.items} fault={hits.error} />}
        {asked === '' && (
          <Text c="dimmed" maw={720}>
            {texts.teach}
          </Text>
        )}
        <PictureSearch />
        <SavedViews page="SEARCH" />
      </Stack>
    </div>
  );
}

const pathOf = (asked: string, kinds: readonly string[]): string => {
  const query = new URLSearchParams({ q: asked, limit: String(HITS_SHOWN) });
  for (const kind of kinds) query.append('kinds', kind);
  return `/v1/search?${query}`;
};

interface HitsProps {
  readonly hits: readonly SearchHit[] | undefined;
  readonly fault: Error | null;
}

function Hits({ hits, fault }: HitsProps) {
  const texts = useTexts(finderTexts);
  const { one } = useTexts(linkTexts);
  if (fault !== null) {
    return (
      <Alert color="red" variant="outline" role="alert">
        {fault.message}
      </Alert>
    );
  }
  if (hits === undefined) return <Loader role="status" aria-label={texts.loading} />;
  return (
    <section aria-label={texts.found(hits.length)}>
      <Text size="sm" c="dimmed" role="status">
        {hits.length === 0 ? texts.nothing : texts.found(hits.length)}
      </Text>
      {hits.length === 0 && <Text size="sm">{texts.nothingHint}</Text>}
      <ul className="hits">
        {hits.map((hit) => (
          <li key={`${hit.kind}/${hit.id}`}>
            <Group gap="xs" wrap="nowrap" align="baseline">
              <Badge variant="default" size="sm" tt="none" style={{ flexShrink: 0 }}>
                {one[hit.kind]}
              </Badge>
              <div>
                <EntityLink kind={hit.kind} id={hit.id}>
                  {hit.kind === 'CASE' ? tellSummary({ summary: hit.title, gist: hit.gist }) : hit.title}
                </EntityLink>{' '}
                <Text span size="xs" c="dimmed">
                  <span className="id">{hit.id}</span>
                  {hit.status !== undefined && ` · ${tellStatus(hit.status)}`} · {texts.match[hit.match]}
                </Text>
                <Text size="sm">{hit.kind === 'CASE' ? tellQueue(hit.detail) : hit.detail}</Text>
              </div>
            </Group>
          </li>
        ))}
      </ul>
    </section>
  );
}
