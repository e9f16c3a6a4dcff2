/** Signs of the invented brands, each inside the square −50…50. Drawn for this project; any likeness is chance. */
export const BRAND_EMBLEMS = {
  /** Three rising peaks in a broken ring. */
  NORVIK: (colour: string) =>
    `<path d="M-44 14 A46 46 0 1 1 -20 41" fill="none" stroke="${colour}" stroke-width="8"/><path d="M-36 30 L-14 -14 L-2 8 L14 -28 L40 30 Z" fill="${colour}"/><path d="M-22 42 H34" stroke="${colour}" stroke-width="7"/>`,
  /** Two leaves that close into a V. */
  VELLUNA: (colour: string) =>
    `<path d="M0 46 Q-52 6 -40 -44 Q-2 -30 0 46 Z" fill="${colour}"/><path d="M0 46 Q52 6 40 -44 Q2 -30 0 46 Z" fill="none" stroke="${colour}" stroke-width="7"/><circle cx="0" cy="-32" r="8" fill="${colour}"/>`,
  /** A crown of four staves over a half dial. */
  HOLTMERE: (colour: string) =>
    `<path d="M-40 40 A40 40 0 0 1 40 40 Z" fill="none" stroke="${colour}" stroke-width="8"/><path d="M-36 -6 L-30 -42 L-12 -18 L0 -48 L12 -18 L30 -42 L36 -6 Z" fill="${colour}"/><path d="M0 40 L22 14" stroke="${colour}" stroke-width="7"/>`,
  /** A wave inside a hexagon. */
  AUDEON: (colour: string) =>
    `<path d="M0 -48 L42 -24 V24 L0 48 L-42 24 V-24 Z" fill="none" stroke="${colour}" stroke-width="8"/><path d="M-28 0 h8 l8 -24 l12 48 l10 -34 l7 10 h12" fill="none" stroke="${colour}" stroke-width="8" stroke-linejoin="round"/>`,
  /** A folded crane of three triangles. */
  KIRESHI: (colour: string) =>
    `<path d="M-46 20 L4 -44 L4 20 Z" fill="${colour}"/><path d="M10 -20 L46 6 L10 20 Z" fill="${colour}"/><path d="M-30 34 H40 L0 48 Z" fill="${colour}"/>`,
  /** An apple tree in a square. */
  ORCHARD: (colour: string) =>
    `<rect x="-44" y="-44" width="88" height="88" rx="14" fill="none" stroke="${colour}" stroke-width="7"/><circle cx="0" cy="-10" r="24" fill="${colour}"/><path d="M0 8 V36 M-24 36 H24" stroke="${colour}" stroke-width="8"/>`,
} as const satisfies Record<string, (colour: string) => string>;
export type InventedBrand = keyof typeof BRAND_EMBLEMS;
