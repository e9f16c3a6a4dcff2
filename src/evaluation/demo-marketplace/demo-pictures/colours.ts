import type { SeededRandom } from '../seeded-random.ts';

/** Colours of one product: the body, its shaded side, a second material and a bright detail. */
export interface ProductColours {
  readonly body: string;
  readonly shade: string;
  readonly light: string;
  readonly second: string;
  readonly detail: string;
}

/** A colour in CSS notation. Hue in degrees, the others in percent. */
export const hsl = (hueDegrees: number, saturationPercent: number, lightnessPercent: number): string => {
  const hue = ((hueDegrees % 360) + 360) % 360;
  const saturation = Math.min(100, Math.max(0, saturationPercent)) / 100;
  const lightness = Math.min(100, Math.max(0, lightnessPercent)) / 100;
  const channel = (offset: number): string => {
    const k = (offset + hue / 30) % 12;
    const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(0)}${channel(8)}${channel(4)}`;
};

/** Hues that look evenly apart: equal steps of the HSL circle would give mostly greens and purples. */
const HUES_DEGREES = [
  2, 12, 22, 30, 38, 46, 56, 78, 110, 150, 172, 186, 198, 208, 218, 232, 262, 300, 338, 350,
] as const;

/** One of the hues, a little to one side. */
export const pickHue = (random: SeededRandom): number => random.pick(HUES_DEGREES) + random.integer(-3, 3);

/** Draws the colours of a product; dark, pale and vivid products all occur. */
export const pickProductColours = (random: SeededRandom): ProductColours => {
  const hue = pickHue(random);
  const saturation = random.pick([5, 14, 26, 40, 54, 66]);
  const lightness = random.pick([18, 28, 42, 55, 68, 84]);
  const secondHue = hue + random.pick([18, 40, 150, 180, 210, 320]);
  const secondLightness = lightness > 50 ? random.integer(14, 40) : random.integer(58, 90);
  return {
    body: hsl(hue, saturation, lightness),
    shade: hsl(hue, saturation, lightness * 0.62),
    light: hsl(hue, saturation * 0.8, lightness + (100 - lightness) * 0.45),
    second: hsl(secondHue, random.integer(8, 60), secondLightness),
    detail: hsl(secondHue + 120, 70, lightness > 50 ? 32 : 66),
  };
};
