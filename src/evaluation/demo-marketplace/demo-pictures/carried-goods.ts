import { drawBranding, drawGloss, drawPrint, type ProductDrawing } from './product-drawing.ts';

/** A handbag from the front; shape, flap, quilting and handle vary. */
export const drawHandbag: ProductDrawing = (brush) => {
  const { random, colours, branding } = brush;
  const top = random.integer(-46, 0);
  const flare = random.integer(-26, 30);
  const body = `M${-112 - flare / 2} ${top} H${112 + flare / 2} L${120 + flare} 122 Q${118 + flare} 138 100 138 H-100 Q${-118 - flare} 138 ${-120 - flare} 122 Z`;
  const arch = random.integer(70, 130);
  const flap = random.integer(36, 100);
  let face = '';
  switch (random.integer(0, 3)) {
    case 0:
      face = `<path d="M${-114 - flare / 2} ${top - 4} H${114 + flare / 2} L96 ${top + flap} Q0 ${top + flap + 34} -96 ${top + flap} Z" fill="${colours.shade}"/><circle cx="0" cy="${top + flap + 12}" r="11" fill="${colours.detail}"/>`;
      break;
    case 1: {
      const step = random.integer(26, 44);
      let quilt = '';
      for (let x = -320; x < 320; x += step) quilt += `M${x} ${top} l170 170 M${x} ${top} l-170 170 `;
      face = `<clipPath id="bag"><path d="${body}"/></clipPath><path clip-path="url(#bag)" d="${quilt}" stroke="${colours.shade}" stroke-width="4" fill="none"/>`;
      break;
    }
    case 2:
      face = drawPrint(brush, body, 'bag');
      break;
    default:
      face = `<rect x="-92" y="${top + 50}" width="184" height="62" rx="10" fill="${colours.shade}"/><path d="M-92 ${top + 62} H92" stroke="${colours.detail}" stroke-width="4" stroke-dasharray="9 5"/>`;
  }
  return (
    `<path d="M-70 ${top + 6} Q-66 ${top - arch} 0 ${top - arch} Q66 ${top - arch} 70 ${top + 6}" fill="none" stroke="${colours.second}" stroke-width="${random.integer(9, 18)}"/>` +
    `<path d="${body}" fill="${colours.body}"/>${face}` +
    `<circle cx="-70" cy="${top + 10}" r="9" fill="${colours.detail}"/><circle cx="70" cy="${top + 10}" r="9" fill="${colours.detail}"/>` +
    drawGloss(`M${-100 - flare / 2} ${top + 14} q14 60 0 104 l16 0 q14 -50 6 -104 Z`, 0.14) +
    drawBranding(branding, { x: 0, y: top + 92 }, { size: 46, colour: colours.detail })
  );
};

/** A backpack from the front. */
export const drawBackpack: ProductDrawing = ({ random, colours, branding }) => {
  const shoulder = random.integer(60, 92);
  const pocket = random.integer(24, 64);
  return (
    `<path d="M-34 -126 Q0 ${random.integer(-170, -150)} 34 -126" fill="none" stroke="${colours.second}" stroke-width="12"/>` +
    `<path d="M-118 ${random.integer(20, 60)} q-26 40 4 80 M118 ${random.integer(20, 60)} q26 40 -4 80" stroke="${colours.second}" stroke-width="14" fill="none"/>` +
    `<path d="M-110 130 V-40 Q-110 -130 ${-shoulder + 50} -130 H${shoulder - 50} Q110 -130 110 -40 V130 Q110 142 96 142 H-96 Q-110 142 -110 130 Z" fill="${colours.body}"/>` +
    `<path d="M-96 -36 Q0 ${random.integer(-110, -80)} 96 -36" fill="none" stroke="${colours.shade}" stroke-width="7"/>` +
    `<rect x="-86" y="${pocket}" width="172" height="${130 - pocket}" rx="20" fill="${colours.shade}"/><path d="M-76 ${pocket + 16} H76" stroke="${colours.detail}" stroke-width="5"/>` +
    `<rect x="60" y="${pocket + 16}" width="9" height="26" rx="4" fill="${colours.detail}"/>` +
    (random.chance(0.5)
      ? `<path d="M-60 -128 V${pocket} M60 -128 V${pocket}" stroke="${colours.second}" stroke-width="15"/>`
      : '') +
    drawBranding(branding, { x: 0, y: -14 }, { size: 50, colour: colours.detail })
  );
};

/** A folded wallet, a card looking out. */
export const drawWallet: ProductDrawing = (brush) => {
  const { random, colours, branding } = brush;
  const tilt = random.integer(-14, 14);
  return (
    `<g transform="rotate(${tilt})"><rect x="-100" y="${random.integer(-112, -84)}" width="170" height="110" rx="9" fill="${colours.detail}"/>` +
    `<rect x="-128" y="-74" width="256" height="164" rx="14" fill="${colours.body}"/>` +
    drawPrint(brush, 'M-118 -64 H118 V80 H-118 Z', 'wallet') +
    `<path d="M-128 ${random.integer(-10, 30)} H128" stroke="${colours.shade}" stroke-width="6"/><rect x="-118" y="-64" width="236" height="144" rx="8" fill="none" stroke="${colours.light}" stroke-width="2.5" stroke-dasharray="8 6"/>` +
    (random.chance(0.5)
      ? `<path d="M128 -6 h-52 q-20 16 0 36 h52 Z" fill="${colours.shade}"/><circle cx="84" cy="12" r="9" fill="${colours.second}"/>`
      : '') +
    drawBranding(branding, { x: -40, y: 50 }, { size: 40, colour: colours.light }) +
    '</g>'
  );
};

/** A bottle for water, upright. */
export const drawBottle: ProductDrawing = (brush) => {
  const { random, colours, branding } = brush;
  const half = random.integer(36, 62);
  const neck = random.integer(16, half - 10);
  const shoulder = random.integer(-86, -50);
  const body = `M${-neck} -112 L${-neck} -100 Q${-half} ${shoulder} ${-half} ${shoulder + 34} V128 Q${-half} 142 ${-half + 16} 142 H${half - 16} Q${half} 142 ${half} 128 V${shoulder + 34} Q${half} ${shoulder} ${neck} -100 V-112 Z`;
  return (
    `<path d="${body}" fill="${colours.body}"/>` +
    drawPrint(brush, body, 'bottle') +
    `<rect x="${-neck - 6}" y="-146" width="${neck * 2 + 12}" height="38" rx="8" fill="${colours.second}"/>` +
    (random.chance(0.4)
      ? `<path d="M0 -146 q${half} -20 ${half * 0.8} 30" fill="none" stroke="${colours.detail}" stroke-width="9"/>`
      : '') +
    `<path d="M${-half} ${random.integer(60, 110)} h${half * 2}" stroke="${colours.detail}" stroke-width="6"/>` +
    drawGloss(`M${-half + 9} ${shoulder + 30} h12 V126 h-12 Z`, 0.35) +
    drawBranding(branding, { x: 0, y: 20 }, { size: 40, colour: colours.light })
  );
};

/** A flask of fragrance. */
export const drawFragrance: ProductDrawing = ({ random, colours, branding }) => {
  const half = random.integer(58, 100);
  const round = random.pick([6, 20, 50]);
  const level = random.integer(-30, 20);
  return (
    `<rect x="-26" y="-140" width="52" height="${random.integer(46, 66)}" rx="6" fill="${colours.second}"/><rect x="-16" y="-82" width="32" height="22" fill="${colours.detail}"/>` +
    `<rect x="${-half}" y="-64" width="${half * 2}" height="204" rx="${round}" fill="${colours.light}" opacity="0.85"/>` +
    `<rect x="${-half + 10}" y="${level}" width="${half * 2 - 20}" height="${130 - level}" rx="${round * 0.7}" fill="${colours.body}" opacity="0.8"/>` +
    `<rect x="${-half * 0.6}" y="20" width="${half * 1.2}" height="72" fill="#fff" opacity="0.86"/>` +
    drawGloss(`M${-half + 14} -48 h14 V124 h-14 Z`, 0.5) +
    drawBranding(branding, { x: 0, y: 56 }, { size: 34, colour: '#222' })
  );
};
