import { drawBranding, drawGloss, drawPrint, type ProductDrawing } from './product-drawing.ts';

/** A sports shoe from the side. */
export const drawSneaker: ProductDrawing = ({ random, colours, branding }) => {
  const sole = random.integer(18, 36);
  const collar = random.integer(-62, -8);
  const toe = random.integer(18, 44);
  const upper = `M-140 ${112 - sole} L-138 ${collar} Q-120 ${collar - 16} -96 ${collar + 8} Q-70 ${collar + 34} -40 ${collar + 6} L8 ${collar + 18} Q60 ${toe + 6} 118 ${toe + 16} Q150 ${toe + 34} 142 ${112 - sole} Z`;
  const laces = Array.from({ length: random.integer(3, 6) }, (_unused, index) => {
    const x = -34 + index * 15;
    const y = collar + 12 + index * 9;
    return `<path d="M${x} ${y} l22 -14" stroke="${colours.detail}" stroke-width="6" stroke-linecap="round"/>`;
  }).join('');
  const stripes = random.chance(0.6)
    ? `<path d="M-60 ${108 - sole} q30 -50 ${random.integer(60, 120)} ${random.integer(-60, -30)} q-20 40 -60 70 Z" fill="${colours.second}"/>`
    : '';
  const heel = `<path d="M-140 ${112 - sole} L-138 ${collar} l${random.integer(24, 44)} 12 l-6 ${92 - sole - collar} Z" fill="${colours.shade}"/>`;
  const grip = Array.from(
    { length: 12 },
    (_unused, index) =>
      `<rect x="${-136 + index * 23}" y="106" width="${random.integer(8, 16)}" height="9" fill="#000" opacity="0.35"/>`,
  ).join('');
  return (
    `<path d="${upper}" fill="${colours.body}"/>${stripes}${heel}${laces}` +
    `<path d="M70 ${112 - sole} Q80 ${toe + 20} 118 ${toe + 16} Q150 ${toe + 34} 142 ${112 - sole} Z" fill="${colours.shade}" opacity="0.7"/>` +
    `<path d="M-146 ${112 - sole} H146 Q154 116 132 116 H-134 Q-154 116 -146 ${112 - sole} Z" fill="${colours.light}"/>${grip}` +
    drawBranding(branding, { x: 8, y: 72 - sole / 2 }, { size: 44, colour: colours.detail })
  );
};

/** A shirt laid flat, with a print or a sign on the chest. */
export const drawShirt: ProductDrawing = (brush) => {
  const { random, colours, branding } = brush;
  const sleeve = random.integer(20, 90);
  const body = `M-44 -128 Q0 -${random.integer(90, 112)} 44 -128 L96 -104 L${128 + sleeve / 6} ${-40 + sleeve} L${92} ${-24 + sleeve} L80 -40 V132 H-80 V-40 L-92 ${-24 + sleeve} L${-128 - sleeve / 6} ${-40 + sleeve} L-96 -104 Z`;
  const fold = Array.from(
    { length: 4 },
    () =>
      `<path d="M${random.integer(-60, 60)} ${random.integer(-40, 40)} q${random.integer(-20, 20)} 50 ${random.integer(-30, 30)} 100" stroke="#000" opacity="0.14" stroke-width="4" fill="none"/>`,
  ).join('');
  const hasSign = branding.word !== undefined || branding.drawEmblem !== undefined;
  return (
    `<path d="${body}" fill="${colours.body}"/>` +
    (hasSign ? '' : drawPrint(brush, 'M-66 -70 H66 V100 H-66 Z', 'print')) +
    `<path d="M-44 -128 Q0 -96 44 -128" fill="none" stroke="${colours.shade}" stroke-width="9"/>${fold}` +
    drawBranding(branding, { x: 0, y: -24 }, { size: 84, colour: colours.detail })
  );
};

/** A cap from the side, the brim to one hand. */
export const drawCap: ProductDrawing = ({ random, colours, branding }) => {
  const height = random.integer(90, 130);
  return (
    `<path d="M-110 60 Q-112 ${60 - height * 1.25} 10 ${60 - height * 1.2} Q104 ${60 - height} 100 60 Z" fill="${colours.body}"/>` +
    `<path d="M-6 ${60 - height * 1.2} Q-50 0 -40 60" stroke="${colours.shade}" stroke-width="4" fill="none"/>` +
    `<path d="M60 ${60 - height} Q80 0 70 60" stroke="${colours.shade}" stroke-width="4" fill="none"/>` +
    `<path d="M-110 46 Q0 ${random.integer(24, 44)} 100 44 Q150 60 ${random.integer(146, 170)} ${random.integer(80, 104)} Q60 66 -110 74 Z" fill="${colours.second}"/>` +
    `<circle cx="2" cy="${60 - height * 1.2}" r="8" fill="${colours.detail}"/>` +
    drawBranding(branding, { x: 18, y: 0 }, { size: 54, colour: colours.detail })
  );
};

/** Sunglasses from the front. */
export const drawSunglasses: ProductDrawing = ({ random, colours, branding }) => {
  const round = random.integer(14, 52);
  const height = random.integer(64, 100);
  const lens = (x: number): string =>
    `<rect x="${x}" y="${-height / 2}" width="112" height="${height}" rx="${round}" fill="${colours.second}" stroke="${colours.body}" stroke-width="${random.integer(7, 15)}"/>` +
    drawGloss(`M${x + 18} ${-height / 2 + 16} l34 0 l-26 ${height - 40} l-18 0 Z`, 0.28);
  return (
    `<path d="M-140 ${-height / 3} l-14 ${random.integer(50, 96)} M140 ${-height / 3} l14 ${random.integer(50, 96)}" stroke="${colours.shade}" stroke-width="11" stroke-linecap="round"/>` +
    lens(-136) +
    lens(24) +
    `<path d="M-26 ${-height / 4} Q0 ${-height / 2} 26 ${-height / 4}" stroke="${colours.body}" stroke-width="10" fill="none"/>` +
    drawBranding(branding, { x: -80, y: height / 4 }, { size: 22, colour: colours.light })
  );
};

/** A wristwatch from the front. */
export const drawWatch: ProductDrawing = ({ random, colours, branding }) => {
  const radius = random.integer(72, 94);
  const dark = random.chance(0.5);
  const dial = dark ? '#15171c' : random.pick(['#f7f5ee', '#dfe6ef', colours.light]);
  const ink = dark ? '#f2efe6' : '#1b1b1f';
  const marks = Array.from(
    { length: 12 },
    (_unused, hour) =>
      `<rect x="-3" y="${-radius + 12}" width="${hour % 3 === 0 ? 7 : 4}" height="${hour % 3 === 0 ? 18 : 10}" fill="${ink}" transform="rotate(${hour * 30})"/>`,
  ).join('');
  const strapWidth = random.integer(44, 62);
  const links = random.chance(0.5)
    ? Array.from(
        { length: 14 },
        (_unused, index) =>
          `<rect x="${-strapWidth}" y="${-150 + index * 22}" width="${strapWidth * 2}" height="3" fill="#000" opacity="0.35"/>`,
      ).join('')
    : `<path d="M${-strapWidth + 8} -150 V150 M${strapWidth - 8} -150 V150" stroke="${colours.light}" stroke-width="3" stroke-dasharray="8 6"/>`;
  const subDials = Array.from(
    { length: random.integer(0, 3) },
    (_unused, index) =>
      `<circle cx="${[-32, 32, 0][index] ?? 0}" cy="${[8, 8, 40][index] ?? 0}" r="17" fill="none" stroke="${ink}" stroke-width="3"/>`,
  ).join('');
  return (
    `<rect x="${-strapWidth}" y="-150" width="${strapWidth * 2}" height="300" rx="16" fill="${colours.body}"/>${links}` +
    `<circle r="${radius + 14}" fill="${colours.second}"/><circle r="${radius + 4}" fill="${colours.shade}"/><circle r="${radius}" fill="${dial}"/>` +
    `<rect x="${radius + 12}" y="-9" width="14" height="18" rx="4" fill="${colours.second}"/>${marks}${subDials}` +
    drawBranding(branding, { x: 0, y: -34 }, { size: 26, colour: ink }) +
    `<g stroke="${ink}" stroke-linecap="round"><path d="M0 0 V${-radius * 0.5}" stroke-width="8" transform="rotate(${random.integer(0, 359)})"/><path d="M0 0 V${-radius * 0.76}" stroke-width="5" transform="rotate(${random.integer(0, 359)})"/></g>` +
    `<path d="M0 12 V${-radius * 0.8}" stroke="${colours.detail}" stroke-width="2.5" transform="rotate(${random.integer(0, 359)})"/><circle r="6" fill="${colours.detail}"/>` +
    drawGloss(
      `M${-radius * 0.7} ${-radius * 0.5} A${radius} ${radius} 0 0 1 ${radius * 0.2} ${-radius * 0.93} L${-radius * 0.1} ${-radius * 0.5} Z`,
      0.18,
    )
  );
};

/** A strap without its watch, laid in two parts. */
export const drawWatchStrap: ProductDrawing = ({ random, colours, branding }) => {
  const width = random.integer(26, 44);
  const holes = Array.from(
    { length: random.integer(5, 9) },
    (_unused, index) => `<ellipse cx="62" cy="${-60 + index * 22}" rx="6" ry="8" fill="#000" opacity="0.7"/>`,
  ).join('');
  const stitch = `stroke="${colours.detail}" stroke-width="3" stroke-dasharray="9 7" fill="none"`;
  return (
    `<g transform="rotate(${random.integer(-16, 16)})"><rect x="${-62 - width}" y="-130" width="${width * 2}" height="${random.integer(190, 250)}" rx="12" fill="${colours.body}"/>` +
    `<path d="M${-62 - width + 9} -120 V70 M${-62 + width - 9} -120 V70" ${stitch}/>` +
    `<path d="M${62 - width} -130 h${width * 2} V100 q${-width} 60 ${-width * 2} 0 Z" fill="${colours.body}"/><path d="M${62 - width + 9} -120 V96 M${62 + width - 9} -120 V96" ${stitch}/>${holes}` +
    `<rect x="${-62 - width - 8}" y="-150" width="${width * 2 + 16}" height="34" rx="9" fill="none" stroke="${colours.second}" stroke-width="9"/><path d="M-62 -146 v44" stroke="${colours.second}" stroke-width="7"/>` +
    drawBranding(branding, { x: -62, y: 30 }, { size: 22, colour: colours.light }) +
    '</g>'
  );
};
