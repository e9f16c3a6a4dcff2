import { Group, Stack, Text } from '@mantine/core';
import type { PicturesReplacedEvidence } from '../../domain/evidence.ts';
import { previewUrl } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { tellEvidence } from './tell-evidence.ts';

/** More pictures than this say no more about whether it is the same thing. */
const PICTURES_SHOWN = 6;

/** The pictures with which a listing was approved beside those that took their place. */
export function ReplacedPictures({ piece }: { readonly piece: PicturesReplacedEvidence }) {
  const texts = useTexts(evidenceTexts);
  return (
    <Stack gap={4} role="group" aria-label={texts.replaced}>
      <div className="picture-pair">
        <Row title={texts.approved} sha256s={piece.approvedSha256s} />
        <Row title={texts.shownNow} sha256s={piece.shownSha256s} />
      </div>
      <Text size="sm">{tellEvidence(piece)}</Text>
    </Stack>
  );
}

function Row({ title, sha256s }: { readonly title: string; readonly sha256s: readonly string[] }) {
  const texts = useTexts(evidenceTexts);
  return (
    <figure>
      <Group gap="xs">
        {sha256s.slice(0, PICTURES_SHOWN).map((sha256, position) => (
          <img
            className="private-picture"
            key={sha256}
            src={previewUrl(sha256)}
            alt={texts.pictureOf(title, position + 1)}
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
