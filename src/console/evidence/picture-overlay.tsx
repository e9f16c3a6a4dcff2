import { Button, Group, Slider, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';

interface Shown {
  readonly src: string;
  readonly alt: string;
}

interface PictureOverlayProps {
  readonly ground: Shown;
  readonly cover: Shown;
  /** Affine map [a,b,c,d,e,f] from the cover's to the ground's unit square. */
  readonly transform: readonly [number, number, number, number, number, number];
}

/** Slow enough to be no flashing (WCAG 2.3.1 allows three a second), quick enough for the eye to see what jumps. */
const BLINK_EVERY_MS = 700;

/** One picture laid on the other as the found map places it, with a slider that fades between them, or blinking. */
export function PictureOverlay({ ground, cover, transform }: PictureOverlayProps) {
  const texts = useTexts(evidenceTexts);
  const [percent, setPercent] = useState(50);
  const [isBlinking, setBlinking] = useState(false);
  const [size, setSize] = useState<{ width: number; height: number }>();
  useEffect(() => {
    if (!isBlinking) return undefined;
    setPercent(100);
    const timer = setInterval(() => setPercent((shown) => (shown === 0 ? 100 : 0)), BLINK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isBlinking]);
  const [a, b, c, d, e, f] = transform;
  // In pixels of the ground: a unit is its width across and its height down.
  const matrix =
    size === undefined
      ? 'none'
      : `matrix(${a}, ${(b * size.height) / size.width}, ${(c * size.width) / size.height}, ${d}, ${e * size.width}, ${f * size.height})`;
  return (
    <div>
      <div className="picture-frame">
        <div className="overlay">
          <img
            className="private-picture"
            src={ground.src}
            alt={ground.alt}
            ref={(image) => {
              if (image === null) return undefined;
              const observer = new ResizeObserver(() =>
                setSize((known) =>
                  known?.width === image.clientWidth && known.height === image.clientHeight
                    ? known
                    : { width: image.clientWidth, height: image.clientHeight },
                ),
              );
              observer.observe(image);
              return () => observer.disconnect();
            }}
          />
          {size !== undefined && size.width > 0 && (
            <img
              className="private-picture"
              src={cover.src}
              alt={cover.alt}
              style={{ ...size, opacity: percent / 100, transform: matrix }}
            />
          )}
        </div>
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {texts.overlayHint}
      </Text>
      <Group gap="md" wrap="nowrap">
        <Slider
          value={percent}
          onChange={(value) => {
            setBlinking(false);
            setPercent(value);
          }}
          thumbLabel={texts.overlayShare}
          label={(value) => `${value} %`}
          flex={1}
          maw={420}
        />
        <Button size="compact-xs" variant="default" aria-pressed={isBlinking} onClick={() => setBlinking(!isBlinking)}>
          {isBlinking ? texts.blinkStop : texts.blink}
        </Button>
      </Group>
    </div>
  );
}
