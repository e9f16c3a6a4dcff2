import { Group, Stack, Text } from '@mantine/core';
import type { PicturesReplacedEvidence } from '../../domain/evidence.ts';
import { previewUrl } from '../api.ts';

const TEXTS = {
  group: 'Pictures that were replaced',
  approved: 'As it was approved',
  shown: 'As it is shown now',
  picture: (title: string, position: number) => `${title}, picture ${position}`,
} as const;

/** More pictures than this say no more about whether it is the same thing. */
const PICTURES_SHOWN = 6;

/** The pictures with which a listing was approved beside those that took their place. */
export function ReplacedPictures({ piece }: { readonly piece: PicturesReplacedEvidence }) {
  return (
    <Stack gap={4} role="group" aria-label={TEXTS.group}>
      <div className="picture-pair">
        <Row title={TEXTS.approved} sha256s={piece.approvedSha256s} />
        <Row title={TEXTS.shown} sha256s={piece.shownSha256s} />
      </div>
      <Text size="sm">{piece.why}</Text>
    </Stack>
  );
}

function Row({ title, sha256s }: { readonly title: string; readonly sha256s: readonly string[] }) {
  return (
    <figure>
      <Group gap="xs">
        {sha256s.slice(0, PICTURES_SHOWN).map((sha256, position) => (
          <img
            key={sha256}
            src={previewUrl(sha256)}
            alt={TEXTS.picture(title, position + 1)}
            width={160}
            height={160}
            style={{ objectFit: 'contain' }}
            loading="lazy"
          />
        ))}
      </Group>
      <Text size="xs" component="figcaption" mt={2}>
        {title}
      </Text>
    </figure>
  );
}
