import { Button, Group, Modal, SegmentedControl, Slider, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import type { PictureMatchEvidence } from '../../domain/evidence.ts';
import type { CaseItemView } from '../../domain/views/case-view.ts';
import { previewUrl } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { tellCode } from '../wording.ts';
import { PictureOverlay } from './picture-overlay.tsx';
import { tellLikeness } from './tell-evidence.ts';

/** A hash that differs in every bit is none: the match came from the details. */
const ALL_BITS = 256;

type Layout = 'sides' | 'overlay';

interface PicturePairProps {
  readonly match: PictureMatchEvidence;
  readonly item: CaseItemView;
}

/** The picture of the item beside the picture of the bank, or laid on it as they fit, and what links them. */
export function PicturePair({ match, item }: PicturePairProps) {
  const texts = useTexts(evidenceTexts);
  const [isLarge, large] = useDisclosure(false);
  const [zoomPercent, setZoomPercent] = useState(100);
  const facts = [
    texts.orientations[match.orientation],
    ...(match.isInverted ? [texts.inverted] : []),
    texts.windows(tellCode(match.queryWindow), tellCode(match.bankWindow)),
    ...(match.distanceBits < ALL_BITS ? [texts.bits(match.distanceBits)] : []),
    ...(match.inliers === undefined ? [] : [texts.inliers(match.inliers)]),
  ];
  return (
    <Stack gap={4} role="group" aria-label={texts.pictures}>
      <Compared match={match} item={item}>
        <Button size="compact-xs" variant="default" onClick={large.open}>
          {texts.enlarge}
        </Button>
      </Compared>
      <Text size="sm" title={match.why}>
        {tellLikeness(match)}
      </Text>
      <Text size="xs" c="dimmed">
        {facts.join(' · ')}
      </Text>
      <Modal
        opened={isLarge}
        onClose={large.close}
        fullScreen
        title={texts.pictures}
        closeButtonProps={{ 'aria-label': texts.close }}
        transitionProps={{ duration: 0 }}
        classNames={{ body: 'large-pictures' }}
      >
        <Compared match={match} item={item} zoomPercent={zoomPercent}>
          <Slider
            w={180}
            min={100}
            max={400}
            step={25}
            value={zoomPercent}
            onChange={setZoomPercent}
            thumbLabel={texts.zoom}
            label={(value) => `${value} %`}
          />
        </Compared>
      </Modal>
    </Stack>
  );
}

interface ComparedProps extends PicturePairProps {
  readonly zoomPercent?: number;
  readonly children?: React.ReactNode;
}

function Compared({ match, item, zoomPercent = 100, children }: ComparedProps) {
  const texts = useTexts(evidenceTexts);
  const [layout, setLayout] = useState<Layout>('sides');
  const ours = texts.itemPicture(item.check.subject.id, match.pictureIndex + 1);
  const theirs = texts.bankPicture(texts.banks[match.bank], match.ownerLabel);
  const { transform, bankPictureSha256 } = match;
  const canLay = transform !== undefined && bankPictureSha256 !== undefined;
  return (
    <>
      <Group gap="xs">
        {canLay && (
          <SegmentedControl
            size="xs"
            aria-label={texts.howToCompare}
            value={layout}
            onChange={setLayout}
            data={[
              { value: 'sides', label: texts.sides },
              { value: 'overlay', label: texts.overlay },
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
          <Frame sha256={match.pictureSha256} label={ours} zoomPercent={zoomPercent} />
          <Frame sha256={bankPictureSha256} label={theirs} zoomPercent={zoomPercent} />
        </div>
      )}
    </>
  );
}

interface FrameProps {
  readonly sha256: string | undefined;
  readonly label: string;
  readonly zoomPercent: number;
}

function Frame({ sha256, label, zoomPercent }: FrameProps) {
  const texts = useTexts(evidenceTexts);
  const isZoomed = zoomPercent > 100;
  return (
    <figure>
      {/* What is larger than its frame is scrolled, by keyboard too. */}
      <div
        className="picture-frame"
        data-zoomed={isZoomed}
        {...(isZoomed ? { tabIndex: 0, role: 'region', 'aria-label': label, 'data-scrolls': true } : {})}
      >
        {sha256 === undefined ? (
          <Text p="xl">{texts.noPreview}</Text>
        ) : (
          <img
            className="private-picture"
            src={previewUrl(sha256)}
            alt={label}
            style={isZoomed ? { width: `${zoomPercent}%`, height: `${zoomPercent}%`, maxWidth: 'none' } : undefined}
          />
        )}
      </div>
      <Text size="xs" component="figcaption" mt={2}>
        {label}
      </Text>
    </figure>
  );
}
