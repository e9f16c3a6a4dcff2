import type { SeededRandom } from '../seeded-random.ts';
import { hsl, pickHue } from './colours.ts';

/** What stands behind a product, and where the product may stand on it. */
export interface Backdrop {
  readonly svg: string;
  /** Height of the ground line as a part of the picture's height: the product's shadow falls there. */
  readonly ground01: number;
  /** Seen from above: the product lies, there is no ground line. */
  readonly isFlatLay: boolean;
}

interface Frame {
  readonly width: number;
  readonly height: number;
}

const rectangle = (x: number, y: number, width: number, height: number, attributes: string): string =>
  `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" ${attributes}/>`;

/** Grain laid over a surface: `frequency` as feTurbulence takes it, `strength01` how dark the grain gets. */
const grain = (
  id: string,
  frame: Frame,
  options: { frequency: string; seed: number; strength01: number; top?: number },
) =>
  `<filter id="${id}" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency="${options.frequency}"` +
  ` numOctaves="3" seed="${options.seed}"/><feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  ${options.strength01 * 2.2} 0 0 0 ${-options.strength01 * 0.8}"/></filter>` +
  rectangle(0, options.top ?? 0, frame.width, frame.height - (options.top ?? 0), `filter="url(#${id})"`);

const gradient = (id: string, from: string, to: string, direction: string): string =>
  `<linearGradient id="${id}" ${direction}><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;

const studio = (random: SeededRandom, frame: Frame): Backdrop => {
  const hue = pickHue(random);
  const saturation = random.pick([0, 4, 10, 24]);
  const ground01 = random.between(0.66, 0.84);
  const line = frame.height * ground01;
  return {
    ground01,
    isFlatLay: false,
    svg:
      gradient(
        'wall',
        hsl(hue, saturation, random.integer(78, 97)),
        hsl(hue, saturation, random.integer(60, 84)),
        'x1="0" y1="0" x2="1" y2="1"',
      ) +
      gradient(
        'floor',
        hsl(hue, saturation, random.integer(62, 80)),
        hsl(hue, saturation, random.integer(80, 95)),
        'x1="0" y1="0" x2="0" y2="1"',
      ) +
      rectangle(0, 0, frame.width, frame.height, 'fill="url(#wall)"') +
      `<path d="M0 ${line - 26} Q${frame.width / 2} ${line + random.integer(-14, 30)} ${frame.width} ${line - random.integer(10, 40)} V${frame.height} H0 Z" fill="url(#floor)"/>`,
  };
};

const woodenTable = (random: SeededRandom, frame: Frame): Backdrop => {
  const hue = random.integer(18, 38);
  const ground01 = random.between(0.5, 0.66);
  const line = frame.height * ground01;
  const wallHue = pickHue(random);
  let planks = '';
  for (let y = line; y < frame.height; y += random.integer(22, 58)) {
    planks += rectangle(0, y, frame.width, 60, `fill="${hsl(hue, random.integer(28, 48), random.integer(30, 52))}"`);
    planks += rectangle(0, y, frame.width, 2, 'fill="#000" opacity="0.35"');
  }
  return {
    ground01: ground01 + 0.2,
    isFlatLay: false,
    svg:
      gradient(
        'wall',
        hsl(wallHue, 20, random.integer(30, 80)),
        hsl(wallHue + 20, 18, random.integer(22, 60)),
        'x1="0" y1="0" x2="1" y2="0.4"',
      ) +
      rectangle(0, 0, frame.width, line, 'fill="url(#wall)"') +
      planks +
      grain('wood', frame, { frequency: '0.012 0.16', seed: random.integer(1, 9_999), strength01: 0.5, top: line }),
  };
};

const marble = (random: SeededRandom, frame: Frame): Backdrop => {
  let veins = '';
  for (let count = random.integer(5, 9); count > 0; count -= 1) {
    const x = random.integer(-80, frame.width);
    const y = random.integer(-40, frame.height);
    veins +=
      `<path d="M${x} ${y} q${random.integer(20, 120)} ${random.integer(-40, 60)} ${random.integer(60, 200)} ${random.integer(30, 130)}` +
      ` t${random.integer(60, 240)} ${random.integer(10, 160)}" stroke="${hsl(random.integer(190, 260), 8, random.integer(40, 66))}"` +
      ` stroke-width="${random.between(0.8, 4).toFixed(1)}" fill="none" opacity="${random.between(0.25, 0.6).toFixed(2)}"/>`;
  }
  const isDark = random.chance(0.3);
  return {
    ground01: 0.78,
    isFlatLay: true,
    svg:
      gradient('stone', isDark ? '#3b3d42' : '#f4f3f1', isDark ? '#17181b' : '#cfcdd2', 'x1="0" y1="0" x2="1" y2="1"') +
      rectangle(0, 0, frame.width, frame.height, 'fill="url(#stone)"') +
      grain('cloud', frame, { frequency: '0.011', seed: random.integer(1, 9_999), strength01: 0.22 }) +
      veins,
  };
};

const linen = (random: SeededRandom, frame: Frame): Backdrop => {
  const hue = pickHue(random);
  const lightness = random.integer(34, 84);
  let folds = '';
  for (let count = random.integer(3, 6); count > 0; count -= 1) {
    const x = random.integer(-60, frame.width);
    folds += `<path d="M${x} -20 q${random.integer(-90, 90)} ${frame.height / 2} ${random.integer(-60, 200)} ${frame.height + 40}" stroke="${random.chance(0.5) ? '#000' : '#fff'}" stroke-width="${random.integer(10, 46)}" opacity="${random.between(0.06, 0.16).toFixed(2)}" fill="none"/>`;
  }
  return {
    ground01: 0.78,
    isFlatLay: true,
    svg:
      rectangle(0, 0, frame.width, frame.height, `fill="${hsl(hue, random.integer(8, 40), lightness)}"`) +
      folds +
      grain('weave', frame, { frequency: '0.22 0.3', seed: random.integer(1, 9_999), strength01: 0.2 }),
  };
};

const roomCorner = (random: SeededRandom, frame: Frame): Backdrop => {
  const hue = pickHue(random);
  const corner = frame.width * random.between(0.15, 0.85);
  const line = frame.height * random.between(0.58, 0.7);
  const wall = random.integer(62, 86);
  const pane = random.integer(46, 90);
  const left = random.integer(10, frame.width - 140);
  const panes = [0, 1, 2, 3]
    .map((index) => {
      const x = left + (index % 2) * (pane + 10);
      const y = 20 + Math.floor(index / 2) * (pane + 12);
      return `<path d="M${x} ${y} l${pane} ${-8} l14 ${pane} l${-pane} 10 Z" fill="#fffbe6" opacity="0.55"/>`;
    })
    .join('');
  return {
    ground01: line / frame.height + 0.16,
    isFlatLay: false,
    svg:
      rectangle(0, 0, corner, frame.height, `fill="${hsl(hue, 16, wall)}"`) +
      rectangle(corner, 0, frame.width - corner, frame.height, `fill="${hsl(hue, 16, wall - 14)}"`) +
      panes +
      `<path d="M0 ${line + random.integer(0, 50)} L${corner} ${line} L${frame.width} ${line + random.integer(0, 50)} V${frame.height} H0 Z" fill="${hsl(hue + 190, 20, random.integer(30, 62))}"/>` +
      grain('plaster', frame, { frequency: '0.05', seed: random.integer(1, 9_999), strength01: 0.12 }),
  };
};

const garden = (random: SeededRandom, frame: Frame): Backdrop => {
  const hue = random.pick([80, 105, 130, 28, 205, 275]);
  let discs = '';
  for (let count = random.integer(14, 26); count > 0; count -= 1) {
    discs += `<circle cx="${random.integer(0, frame.width)}" cy="${random.integer(0, frame.height * 0.7)}" r="${random.integer(12, 60)}" fill="${hsl(hue + random.integer(-40, 40), random.integer(30, 70), random.integer(35, 82))}" opacity="${random.between(0.2, 0.55).toFixed(2)}"/>`;
  }
  const line = frame.height * random.between(0.66, 0.76);
  return {
    ground01: line / frame.height + 0.1,
    isFlatLay: false,
    svg:
      gradient(
        'air',
        hsl(hue, 40, random.integer(55, 78)),
        hsl(hue + 20, 45, random.integer(20, 42)),
        'x1="0" y1="0" x2="0.3" y2="1"',
      ) +
      rectangle(0, 0, frame.width, frame.height, 'fill="url(#air)"') +
      discs +
      rectangle(
        0,
        line,
        frame.width,
        frame.height - line,
        `fill="${hsl(random.integer(20, 40), 20, random.integer(26, 60))}"`,
      ) +
      grain('ledge', frame, { frequency: '0.03 0.12', seed: random.integer(1, 9_999), strength01: 0.4, top: line }),
  };
};

const paperBlocks = (random: SeededRandom, frame: Frame): Backdrop => {
  const hue = pickHue(random);
  const other = hue + random.pick([30, 60, 150, 180]);
  const a = frame.width * random.between(0.1, 0.9);
  const b = frame.width * random.between(0.1, 0.9);
  const y = frame.height * random.between(0.2, 0.8);
  return {
    ground01: 0.8,
    isFlatLay: true,
    svg:
      rectangle(0, 0, frame.width, frame.height, `fill="${hsl(hue, random.integer(30, 70), random.integer(45, 85))}"`) +
      `<path d="M${a} 0 L${frame.width} 0 L${frame.width} ${frame.height} L${b} ${frame.height} Z" fill="${hsl(other, random.integer(30, 70), random.integer(40, 88))}"/>` +
      `<path d="M0 ${y} L${random.integer(60, 260)} ${frame.height} L0 ${frame.height} Z" fill="${hsl(other + 40, 50, random.integer(30, 80))}" opacity="0.8"/>` +
      grain('paper', frame, { frequency: '0.4', seed: random.integer(1, 9_999), strength01: 0.1 }),
  };
};

const plinths = (random: SeededRandom, frame: Frame): Backdrop => {
  const hue = pickHue(random);
  const top = frame.height * random.between(0.68, 0.76);
  const half = frame.width * random.between(0.24, 0.38);
  const centre = frame.width / 2;
  const arch = random.integer(70, 150);
  const archX = random.integer(60, frame.width - 60);
  return {
    ground01: top / frame.height + 0.015,
    isFlatLay: false,
    svg:
      gradient(
        'wall',
        hsl(hue, 28, random.integer(55, 86)),
        hsl(hue + 14, 30, random.integer(40, 70)),
        'x1="1" y1="0" x2="0" y2="1"',
      ) +
      rectangle(0, 0, frame.width, frame.height, 'fill="url(#wall)"') +
      `<path d="M${archX - arch} ${frame.height} V${arch + 30} A${arch} ${arch} 0 0 1 ${archX + arch} ${arch + 30} V${frame.height} Z" fill="${hsl(hue + 25, 30, random.integer(34, 90))}"/>` +
      rectangle(centre - half, top, half * 2, frame.height - top, `fill="${hsl(hue + 170, 16, 62)}"`) +
      `<ellipse cx="${centre}" cy="${top}" rx="${half}" ry="${half * 0.16}" fill="${hsl(hue + 170, 16, 78)}"/>`,
  };
};

const leaves = (random: SeededRandom, frame: Frame): string => {
  let svg = '';
  for (let count = random.integer(2, 5); count > 0; count -= 1) {
    const x = random.chance(0.5)
      ? random.integer(-10, frame.width * 0.16)
      : random.integer(frame.width * 0.84, frame.width + 10);
    const y = random.integer(0, frame.height);
    const size = random.integer(30, 74);
    const hue = random.integer(70, 150);
    svg +=
      `<g transform="translate(${x} ${y}) rotate(${random.integer(0, 359)})"><path d="M0 0 Q${size / 2} ${-size / 2} ${size} 0 Q${size / 2} ${size / 2} 0 0 Z" fill="${hsl(hue, 38, random.integer(24, 50))}"/>` +
      `<path d="M0 0 L${size} 0" stroke="#fff" stroke-width="1.4" opacity="0.4"/></g>`;
  }
  return svg;
};

/**
 * Draws what stands behind the product; what burns or holds earth cannot lie on a surface seen from above. No two backdrops share a texture: local features must not link two
 * products.
 */
export const drawBackdrop = (random: SeededRandom, frame: Frame, canLie: boolean): Backdrop => {
  const standing = [studio, woodenTable, roomCorner, garden, plinths];
  const kinds = canLie ? [...standing, marble, linen, paperBlocks] : standing;
  const backdrop = random.pick(kinds)(random, frame);
  return random.chance(0.3) ? { ...backdrop, svg: backdrop.svg + leaves(random, frame) } : backdrop;
};
