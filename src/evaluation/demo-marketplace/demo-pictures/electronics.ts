import { drawBranding, drawGloss, drawPrint, type ProductDrawing } from './product-drawing.ts';

/** Headphones over the ear, from the front. */
export const drawHeadphones: ProductDrawing = ({ random, colours, branding }) => {
  const reach = random.integer(84, 112);
  const cup = random.integer(36, 54);
  const height = random.integer(92, 130);
  const shape = (x: number): string =>
    `<rect x="${x - cup}" y="${40 - height / 2}" width="${cup * 2}" height="${height}" rx="${random.pick([18, 30, cup])}" fill="${colours.body}"/><rect x="${x - cup * 0.64}" y="${40 - height * 0.34}" width="${cup * 1.28}" height="${height * 0.68}" rx="16" fill="${colours.second}"/>`;
  return (
    `<path d="M${-reach} 30 Q${-reach - 10} -140 0 -140 Q${reach + 10} -140 ${reach} 30" fill="none" stroke="${colours.shade}" stroke-width="${random.integer(15, 28)}"/>` +
    `<path d="M${-reach * 0.72} -86 Q0 -150 ${reach * 0.72} -86" fill="none" stroke="${colours.light}" stroke-width="9"/>` +
    shape(-reach) +
    shape(reach) +
    drawBranding(branding, { x: -reach, y: 40 }, { size: cup * 0.7, colour: colours.detail }) +
    drawBranding(branding, { x: reach, y: 40 }, { size: cup * 0.7, colour: colours.detail }) +
    (random.chance(0.4)
      ? `<path d="M${-reach} ${40 + height / 2} q-10 60 60 60 t110 20" fill="none" stroke="#222" stroke-width="5"/>`
      : '')
  );
};

/** A loudspeaker: a box, a cylinder or a ball. */
export const drawSpeaker: ProductDrawing = ({ random, colours, branding }) => {
  const mesh = (x: number, y: number, radius: number): string =>
    `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colours.shade}"/><circle cx="${x}" cy="${y}" r="${radius * 0.72}" fill="${colours.second}"/><circle cx="${x}" cy="${y}" r="${radius * 0.3}" fill="${colours.detail}"/>`;
  switch (random.integer(0, 2)) {
    case 0:
      return `<rect x="-92" y="-140" width="184" height="280" rx="${random.integer(4, 28)}" fill="${colours.body}"/>${mesh(0, random.integer(40, 66), random.integer(52, 70))}${mesh(0, -70, random.integer(26, 40))}${drawBranding(branding, { x: 0, y: -8 }, { size: 28, colour: colours.detail })}`;
    case 1:
      return `<rect x="-150" y="-34" width="300" height="${random.integer(120, 150)}" rx="${random.integer(30, 60)}" fill="${colours.body}"/>${mesh(-84, 34, random.integer(36, 50))}${mesh(84, 34, random.integer(36, 50))}<path d="M-40 -34 q40 -44 80 0" fill="none" stroke="${colours.second}" stroke-width="10"/>${drawBranding(branding, { x: 0, y: 36 }, { size: 34, colour: colours.detail })}`;
    default: {
      const rows = Array.from(
        { length: 7 },
        (_unused, index) =>
          `<path d="M-110 ${-30 + index * 20} H110" stroke="#000" stroke-width="4" opacity="0.32" stroke-dasharray="7 6"/>`,
      ).join('');
      return `<circle cx="0" cy="24" r="${random.integer(104, 118)}" fill="${colours.body}"/>${rows}<ellipse cx="0" cy="-66" rx="60" ry="16" fill="${colours.light}"/>${drawBranding(branding, { x: 0, y: 30 }, { size: 44, colour: colours.detail })}${drawGloss('M-80 -20 q-20 50 6 92 l12 -4 q-24 -44 -4 -86 Z', 0.3)}`;
    }
  }
};

/** A charger: a plug with a cable, or a pad. */
export const drawCharger: ProductDrawing = ({ random, colours, branding }) => {
  if (random.chance(0.3)) {
    return `<ellipse cx="0" cy="60" rx="${random.integer(100, 130)}" ry="${random.integer(50, 72)}" fill="${colours.shade}"/><ellipse cx="0" cy="48" rx="110" ry="54" fill="${colours.body}"/><ellipse cx="0" cy="46" rx="66" ry="30" fill="none" stroke="${colours.detail}" stroke-width="6"/><path d="M100 60 q70 20 40 90" stroke="${colours.second}" stroke-width="9" fill="none"/>${drawBranding(branding, { x: 0, y: 46 }, { size: 32, colour: colours.light })}`;
  }
  const width = random.integer(90, 130);
  const loops = random.integer(1, 3);
  const cable = Array.from(
    { length: loops },
    (_unused, index) =>
      `<ellipse cx="${60 + index * 12}" cy="${84 - index * 10}" rx="${random.integer(54, 84)}" ry="${random.integer(24, 46)}" fill="none" stroke="${colours.second}" stroke-width="9"/>`,
  ).join('');
  return (
    `${cable}<path d="M${-30} -20 q70 10 90 70" fill="none" stroke="${colours.second}" stroke-width="9"/>` +
    `<rect x="${-60 - width / 2}" y="-110" width="${width}" height="${random.integer(110, 160)}" rx="${random.integer(10, 26)}" fill="${colours.body}"/>` +
    `<rect x="${-82}" y="-142" width="11" height="34" fill="#b9b9bd"/><rect x="-46" y="-142" width="11" height="34" fill="#b9b9bd"/><rect x="-84" y="${random.integer(-4, 14)}" width="42" height="13" rx="5" fill="#111"/>` +
    drawBranding(branding, { x: -62, y: -52 }, { size: 40, colour: colours.detail }) +
    drawGloss(`M${-52 - width / 2} -96 h10 V20 h-10 Z`, 0.3)
  );
};

/** The back of a telephone case, with the opening for the cameras. */
export const drawPhoneCase: ProductDrawing = (brush) => {
  const { random, colours, branding } = brush;
  const half = random.integer(66, 80);
  const body = `M${-half} -124 Q${-half} -146 ${-half + 24} -146 H${half - 24} Q${half} -146 ${half} -124 V124 Q${half} 146 ${half - 24} 146 H${-half + 24} Q${-half} 146 ${-half} 124 Z`;
  const lenses = Array.from(
    { length: random.integer(1, 4) },
    (_unused, index) =>
      `<circle cx="${-half + 32 + (index % 2) * 30}" cy="${-116 + Math.floor(index / 2) * 30}" r="11" fill="#1c1f26" stroke="#777" stroke-width="3"/>`,
  ).join('');
  return `<g transform="rotate(${random.integer(-14, 14)})"><path d="${body}" fill="${colours.body}"/>${drawPrint(brush, body, 'case')}<rect x="${-half + 12}" y="-136" width="70" height="70" rx="18" fill="${colours.shade}"/>${lenses}<path d="${body}" fill="none" stroke="${colours.light}" stroke-width="5"/>${drawBranding(branding, { x: 0, y: 40 }, { size: 52, colour: colours.detail })}</g>`;
};
