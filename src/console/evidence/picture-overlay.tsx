import { Slider, Text } from '@mantine/core';
import { useState } from 'react';

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

const TEXTS = {
  share: 'How much of the other picture is seen',
  hint: 'Move the slider: what stays in place is the same in both pictures.',
} as const;

/** One picture laid on the other as the found map places it, with a slider that fades between them. */
export function PictureOverlay({ ground, cover, transform }: PictureOverlayProps) {
  const [percent, setPercent] = useState(50);
  const [size, setSize] = useState<{ width: number; height: number }>();
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
            <img src={cover.src} alt={cover.alt} style={{ ...size, opacity: percent / 100, transform: matrix }} />
          )}
        </div>
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {TEXTS.hint}
      </Text>
      <Slider
        value={percent}
        onChange={setPercent}
        thumbLabel={TEXTS.share}
        label={(value) => `${value} %`}
        maw={420}
      />
    </div>
  );
}
