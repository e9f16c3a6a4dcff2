import { Group, SimpleGrid, Stack, Text } from '@mantine/core';
import type { PictureMatchEvidence } from '../../domain/evidence.ts';
import type { CaseItemView } from '../../domain/views/case-view.ts';
import { previewUrl } from '../api.ts';

const ORIENTATION_WORDS: Readonly<Record<PictureMatchEvidence['orientation'], string>> = {
  r0: 'upright',
  r90: 'turned by 90°',
  r180: 'turned by 180°',
  r270: 'turned by 270°',
  mirror: 'mirrored',
  'mirror-r90': 'mirrored and turned by 90°',
  'mirror-r180': 'mirrored and turned by 180°',
  'mirror-r270': 'mirrored and turned by 270°',
};

/** The picture of the item beside the picture of the bank, and what links them. */
export function PicturePair({ match, item }: { readonly match: PictureMatchEvidence; readonly item: CaseItemView }) {
  const facts = [
    ORIENTATION_WORDS[match.orientation],
    ...(match.isInverted ? ['colours inverted'] : []),
    `${match.queryWindow} against ${match.bankWindow}`,
    `${match.distanceBits} of 256 bits differ`,
    ...(match.inliers === undefined ? [] : [`${match.inliers} details agree`]),
  ];
  return (
    <Stack gap={6} role="group" aria-label="Pictures compared">
      <Text size="sm">{match.why}</Text>
      <SimpleGrid cols={2} spacing="sm">
        <Frame sha256={match.pictureSha256} label={`This item: ${item.check.subject.id}`} />
        <Frame sha256={match.bankPictureSha256} label={`${match.bank.toLowerCase()}: ${match.ownerLabel}`} />
      </SimpleGrid>
      <Group gap="xs">
        <Text size="xs" c="dimmed">
          {facts.join(' · ')}
        </Text>
      </Group>
    </Stack>
  );
}

function Frame({ sha256, label }: { readonly sha256: string | undefined; readonly label: string }) {
  return (
    <figure style={{ margin: 0 }}>
      <div className="picture-frame">
        {sha256 === undefined ? <Text p="xl">No preview</Text> : <img src={previewUrl(sha256)} alt={label} />}
      </div>
      <Text size="sm" component="figcaption" mt={4}>
        {label}
      </Text>
    </figure>
  );
}
