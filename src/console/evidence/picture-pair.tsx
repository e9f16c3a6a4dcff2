import { Button, Group, Modal, SegmentedControl, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { PictureMatchEvidence } from '../../domain/evidence.ts';
import type { CaseItemView } from '../../domain/views/case-view.ts';
import { previewUrl } from '../api.ts';
import { tellName } from '../wording.ts';
import { PictureOverlay } from './picture-overlay.tsx';

const TEXTS = {
  group: 'Pictures compared',
  view: 'How to compare the pictures',
  sides: 'Side by side',
  overlay: 'On top of each other',
  enlarge: 'Enlarge',
  close: 'Close',
  item: (id: string, position: number) => `This item, picture ${position + 1} (${id})`,
  bank: (bank: string, owner: string) => `${bank}: ${owner}`,
  noPreview: 'No preview is kept of this picture',
  inverted: 'colours inverted',
  windows: (query: string, bank: string) => `${query} against ${bank}`,
  bits: (bits: number) => `${bits} of 256 bits differ`,
  inliers: (count: number) => `${count} details agree`,
} as const;

const BANK_WORDS: Readonly<Record<PictureMatchEvidence['bank'], string>> = {
  PROTECTED: 'Protected picture',
  COUNTERFEIT: 'Known counterfeit',
  SELLERS: 'Picture of another seller',
  NEGATIVE: 'Picture that proves nothing',
  LOGO: 'Logo',
};

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

/** A hash that differs in every bit is none: the match came from the details. */
const ALL_BITS = 256;

type Layout = 'sides' | 'overlay';

interface PicturePairProps {
  readonly match: PictureMatchEvidence;
  readonly item: CaseItemView;
}

/** The picture of the item beside the picture of the bank, or laid on it as they fit, and what links them. */
export function PicturePair({ match, item }: PicturePairProps) {
  const [isLarge, large] = useDisclosure(false);
  const facts = [
    ORIENTATION_WORDS[match.orientation],
    ...(match.isInverted ? [TEXTS.inverted] : []),
    TEXTS.windows(tellName(match.queryWindow), tellName(match.bankWindow)),
    ...(match.distanceBits < ALL_BITS ? [TEXTS.bits(match.distanceBits)] : []),
    ...(match.inliers === undefined ? [] : [TEXTS.inliers(match.inliers)]),
  ];
  return (
    <Stack gap={4} role="group" aria-label={TEXTS.group}>
      <Compared match={match} item={item}>
        <Button size="compact-xs" variant="default" onClick={large.open}>
          {TEXTS.enlarge}
        </Button>
      </Compared>
      <Text size="sm">{match.why}</Text>
      <Text size="xs" c="dimmed">
        {facts.join(' · ')}
      </Text>
      <Modal
        opened={isLarge}
        onClose={large.close}
        fullScreen
        title={TEXTS.group}
        closeButtonProps={{ 'aria-label': TEXTS.close }}
        transitionProps={{ duration: 0 }}
        classNames={{ body: 'large-pictures' }}
      >
        <Compared match={match} item={item} />
      </Modal>
    </Stack>
  );
}

interface ComparedProps extends PicturePairProps {
  readonly children?: React.ReactNode;
}

function Compared({ match, item, children }: ComparedProps) {
  const [layout, setLayout] = useState<Layout>('sides');
  const ours = TEXTS.item(item.check.subject.id, match.pictureIndex);
  const theirs = TEXTS.bank(BANK_WORDS[match.bank], match.ownerLabel);
  const { transform, bankPictureSha256 } = match;
  const canLay = transform !== undefined && bankPictureSha256 !== undefined;
  return (
    <>
      <Group gap="xs">
        {canLay && (
          <SegmentedControl
            size="xs"
            aria-label={TEXTS.view}
            value={layout}
            onChange={setLayout}
            data={[
              { value: 'sides', label: TEXTS.sides },
              { value: 'overlay', label: TEXTS.overlay },
            ]}
          />
        )}
        {children}
      </Group>
      {canLay && layout === 'overlay' ? (
        <PictureOverlay
          ground={{ src: previewUrl(match.pictureSha256), alt: ours }}
          cover={{ src: previewUrl(bankPictureSha256), alt: theirs }}
          transform={transform}
        />
      ) : (
        <div className="picture-pair">
          <Frame sha256={match.pictureSha256} label={ours} />
          <Frame sha256={bankPictureSha256} label={theirs} />
        </div>
      )}
    </>
  );
}

function Frame({ sha256, label }: { readonly sha256: string | undefined; readonly label: string }) {
  return (
    <figure>
      <div className="picture-frame">
        {sha256 === undefined ? (
          <Text p="xl">{TEXTS.noPreview}</Text>
        ) : (
          <img src={previewUrl(sha256)} alt={label} loading="lazy" />
        )}
      </div>
      <Text size="xs" component="figcaption" mt={2}>
        {label}
      </Text>
    </figure>
  );
}
