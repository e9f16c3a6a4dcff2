import type { SeededRandom } from '../seeded-random.ts';
import type { ProductColours } from './colours.ts';
import { drawWord } from './stroke-letters.ts';

/** What a maker puts on a product. */
export interface Branding {
  /** Word in capitals, drawn with strokes. */
  readonly word?: string;
  /** SVG of a sign that fills the square −50…50, in the given colour. */
  readonly drawEmblem?: (colour: string) => string;
}

/** Everything that one drawing of a product needs. */
export interface ProductBrush {
  readonly random: SeededRandom;
  readonly colours: ProductColours;
  readonly branding: Branding;
}

/** SVG of one product inside the square −150…150; it stands on y = 140 where it stands at all. */
export type ProductDrawing = (brush: ProductBrush) => string;

/** The sign or the word of the brand, centred, about `size` units high (a sign) or `size / 2.2` (a word). */
export const drawBranding = (
  branding: Branding,
  at: { readonly x: number; readonly y: number },
  look: { readonly size: number; readonly colour: string },
): string => {
  if (branding.drawEmblem !== undefined) {
    return `<g transform="translate(${at.x} ${at.y}) scale(${(look.size / 100).toFixed(3)})">${branding.drawEmblem(look.colour)}</g>`;
  }
  if (branding.word === undefined) return '';
  return drawWord(branding.word, at, { height: look.size / 2.2, colour: look.colour, weight01: 0.17 });
};

/** A repeated or free print, clipped to the path, that makes two products of one kind differ. */
export const drawPrint = (brush: ProductBrush, clipPath: string, id: string): string => {
  const { random, colours } = brush;
  const parts: string[] = [];
  switch (random.integer(0, 7)) {
    case 0: {
      const step = random.integer(16, 52);
      const angle = random.integer(-70, 70);
      for (let y = -220; y < 220; y += step) {
        parts.push(
          `<rect x="-260" y="${y}" width="520" height="${(step * random.between(0.25, 0.6)).toFixed(1)}" fill="${colours.second}"/>`,
        );
      }
      return `<clipPath id="${id}"><path d="${clipPath}"/></clipPath><g clip-path="url(#${id})"><g transform="rotate(${angle})">${parts.join('')}</g></g>`;
    }
    case 1:
      for (let count = random.integer(14, 40); count > 0; count -= 1) {
        parts.push(
          `<circle cx="${random.integer(-140, 140)}" cy="${random.integer(-140, 140)}" r="${random.integer(4, 20)}" fill="${random.chance(0.7) ? colours.second : colours.detail}"/>`,
        );
      }
      break;
    case 2: {
      const base = random.integer(-20, 70);
      for (let layer = 0; layer < 3; layer += 1) {
        const y = base + layer * 26;
        parts.push(
          `<path d="M-160 ${y} L${random.integer(-120, -40)} ${y - random.integer(40, 110)} L${random.integer(-30, 30)} ${y - random.integer(0, 40)} L${random.integer(40, 110)} ${y - random.integer(30, 120)} L160 ${y} V200 H-160 Z" fill="${layer === 1 ? colours.shade : colours.second}" opacity="${(0.55 + layer * 0.2).toFixed(2)}"/>`,
        );
      }
      parts.push(
        `<circle cx="${random.integer(-90, 90)}" cy="${random.integer(-110, -60)}" r="${random.integer(14, 34)}" fill="${colours.detail}"/>`,
      );
      break;
    }
    case 3:
      for (let count = random.integer(5, 10); count > 0; count -= 1) {
        parts.push(
          `<path transform="translate(${random.integer(-120, 120)} ${random.integer(-120, 120)}) rotate(${random.integer(0, 359)}) scale(${random.between(0.5, 1.5).toFixed(2)})" d="M0 0 Q28 -34 60 0 Q28 34 0 0 Z M8 0 H56" fill="${colours.second}" stroke="${colours.detail}" stroke-width="2"/>`,
        );
      }
      break;
    case 4:
      for (let count = random.integer(4, 7); count > 0; count -= 1) {
        const y = random.integer(-140, 140);
        parts.push(
          `<path d="M-170 ${y} q42 ${random.integer(-60, 60)} 85 0 t85 0 t85 0 t85 0" fill="none" stroke="${random.chance(0.6) ? colours.second : colours.detail}" stroke-width="${random.integer(4, 18)}"/>`,
        );
      }
      break;
    case 5:
      for (let count = random.integer(5, 9); count > 0; count -= 1) {
        const x = random.integer(-140, 120);
        const y = random.integer(-140, 120);
        parts.push(
          `<path d="M${x} ${y} l${random.integer(20, 90)} ${random.integer(-50, 50)} l${random.integer(-60, 60)} ${random.integer(20, 90)} Z" fill="${random.chance(0.5) ? colours.second : colours.detail}" opacity="0.9"/>`,
        );
      }
      break;
    case 6:
      parts.push(
        `<circle cx="${random.integer(-50, 50)}" cy="${random.integer(-50, 50)}" r="${random.integer(34, 70)}" fill="${colours.second}"/>`,
      );
      parts.push(
        `<circle cx="${random.integer(-50, 50)}" cy="${random.integer(-50, 50)}" r="${random.integer(12, 40)}" fill="${colours.detail}"/>`,
      );
      break;
    default:
      return '';
  }
  return `<clipPath id="${id}"><path d="${clipPath}"/></clipPath><g clip-path="url(#${id})">${parts.join('')}</g>`;
};

/** A soft white streak, as of a lamp mirrored in a glossy side. */
export const drawGloss = (path: string, opacity01: number): string =>
  `<path d="${path}" fill="#fff" opacity="${opacity01}"/>`;
