import { Alert, Button, FileButton, Group, Loader, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PictureHit } from '../../domain/views/search-view.ts';
import { callApi, previewUrl } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { finderTexts } from '../texts/finder-texts.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { tellCode } from '../wording.ts';
import { EntityLink } from './entity-link.tsx';

interface Answer {
  readonly items: readonly PictureHit[];
}

/** Finds the pictures of every bank that are like one that is pasted, dropped or chosen. */
export function PictureSearch() {
  const texts = useTexts(finderTexts);
  const [askedUrl, setAskedUrl] = useState<string>();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: (file: Blob) => {
      const body = new FormData();
      body.append('file', file);
      return callApi<Answer>('/v1/search/picture', { method: 'POST', body });
    },
  });
  const ask = (file: File | null | undefined): void => {
    if (file === null || file === undefined) return;
    setAskedUrl(URL.createObjectURL(file));
    mutate(file);
  };
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
      if (file === undefined) return;
      event.preventDefault();
      ask(file);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  });
  useEffect(() => () => (askedUrl === undefined ? undefined : URL.revokeObjectURL(askedUrl)), [askedUrl]);
  return (
    <section
      aria-label={texts.picture}
      className="drop-zone"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        ask(event.dataTransfer.files[0]);
      }}
    >
      <Title order={3} size="h5">
        {texts.picture}
      </Title>
      <Group>
        <FileButton accept="image/*" onChange={ask}>
          {(props) => (
            <Button variant="default" {...props}>
              {texts.choosePicture}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {texts.pictureHint}
        </Text>
      </Group>
      {error !== null && (
        <Alert color="red" variant="outline" role="alert" mt="sm">
          {error.message}
        </Alert>
      )}
      {isPending && <Loader mt="sm" role="status" aria-label={texts.loading} />}
      {data !== undefined && !isPending && (
        <>
          <Text size="sm" mt="sm" role="status">
            {data.items.length === 0 ? texts.noPicture : texts.found(data.items.length)}
          </Text>
          <ul className="picture-hits">
            {askedUrl !== undefined && (
              <li>
                <img src={askedUrl} alt={texts.asked} />
                <Text size="xs" fw={600}>
                  {texts.asked}
                </Text>
              </li>
            )}
            {data.items.map((hit) => (
              <Hit key={`${hit.bank}/${hit.bankPictureId}`} hit={hit} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Hit({ hit }: { readonly hit: PictureHit }) {
  const texts = useTexts(finderTexts);
  const { banks } = useTexts(evidenceTexts);
  const bank = (banks as Readonly<Record<string, string>>)[hit.bank] ?? hit.bank;
  return (
    <li>
      <img
        className="private-picture"
        src={previewUrl(hit.contentSha256)}
        alt={`${bank}: ${hit.ownerLabel}`}
        loading="lazy"
      />
      <Text size="xs" fw={600}>
        {bank}
      </Text>
      <Text size="xs">
        {hit.listingId === undefined ? (
          hit.ownerLabel
        ) : (
          <EntityLink kind="LISTING" id={hit.listingId}>
            {hit.ownerLabel}
          </EntityLink>
        )}
      </Text>
      <Text size="xs" c="dimmed">
        {texts.distance(hit.distanceBits)} · {hit.isVerified ? texts.verified : texts.unverified} ·{' '}
        {hit.transform.split(' ').map(tellCode).join(', ')}
      </Text>
      {hit.sellerId !== undefined && (
        <Text size="xs">
          {texts.ofSeller}:{' '}
          <EntityLink kind="SELLER" id={hit.sellerId}>
            {hit.sellerId}
          </EntityLink>
        </Text>
      )}
    </li>
  );
}
