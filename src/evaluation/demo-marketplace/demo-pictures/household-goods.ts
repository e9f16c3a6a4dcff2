import { drawBranding, drawGloss, drawPrint, type ProductDrawing } from './product-drawing.ts';

/** A mug with a handle to one side. */
export const drawMug: ProductDrawing = (brush) => {
  const { random, colours, branding } = brush;
  const top = random.integer(-96, -50);
  const taper = random.integer(-14, 34);
  const body = `M-96 ${top} H76 L${76 - taper} 124 Q${70 - taper} 138 ${52 - taper} 138 H${-72 + taper} Q${-90 + taper} 138 ${-96 + taper} 124 Z`;
  const reach = random.integer(36, 70);
  const hasSign = branding.word !== undefined || branding.drawEmblem !== undefined;
  return (
    `<path d="M${72 - taper / 3} ${top + 34} q${reach} -10 ${reach} 44 q0 60 ${-reach - taper / 3} 54" fill="none" stroke="${colours.shade}" stroke-width="${random.integer(14, 22)}"/>` +
    `<path d="${body}" fill="${colours.body}"/>` +
    (hasSign ? '' : drawPrint(brush, body, 'mug')) +
    `<ellipse cx="-10" cy="${top}" rx="86" ry="${random.integer(12, 22)}" fill="${colours.light}"/><ellipse cx="-10" cy="${top + 4}" rx="76" ry="12" fill="${random.pick(['#3a2416', '#f1e7d8', colours.shade])}"/>` +
    (random.chance(0.5)
      ? `<path d="M-94 ${random.integer(60, 110)} H72" stroke="${colours.second}" stroke-width="${random.integer(5, 16)}"/>`
      : '') +
    drawGloss(`M-80 ${top + 26} q10 60 4 ${100 - top / 2} l14 0 q6 -50 0 ${-100 + top / 2} Z`, 0.25) +
    drawBranding(branding, { x: -10, y: 40 }, { size: 58, colour: colours.detail })
  );
};

/** A kettle or teapot. */
export const drawKettle: ProductDrawing = (brush) => {
  const { random, colours, branding } = brush;
  const belly = random.integer(82, 112);
  const body = `M${-belly * 0.6} -56 Q${-belly * 1.3} 40 ${-belly * 0.7} 138 H${belly * 0.7} Q${belly * 1.3} 40 ${belly * 0.6} -56 Z`;
  return (
    `<path d="M${belly * 0.8} 40 q40 -20 ${random.integer(40, 60)} ${random.integer(-100, -70)} l20 6 q-8 90 -60 120 Z" fill="${colours.shade}"/>` +
    (random.chance(0.5)
      ? `<path d="M${-belly * 0.8} -30 q-60 10 -50 80 q10 40 46 30" fill="none" stroke="${colours.second}" stroke-width="17"/>`
      : `<path d="M${-belly * 0.6} -50 Q0 ${random.integer(-190, -140)} ${belly * 0.6} -50" fill="none" stroke="${colours.second}" stroke-width="14"/>`) +
    `<path d="${body}" fill="${colours.body}"/>` +
    drawPrint(brush, body, 'kettle') +
    `<ellipse cx="0" cy="-58" rx="${belly * 0.62}" ry="18" fill="${colours.light}"/><circle cx="0" cy="-84" r="${random.integer(10, 18)}" fill="${colours.detail}"/>` +
    drawGloss(`M${-belly * 0.7} -10 q-16 50 4 110 l14 0 q-18 -60 -2 -110 Z`, 0.3) +
    drawBranding(branding, { x: 0, y: 56 }, { size: 44, colour: colours.detail })
  );
};

/** A lamp: on a desk with an arm, on a table with a shade, or hanging. */
export const drawLamp: ProductDrawing = ({ random, colours, branding }) => {
  const glow = `<circle cx="0" cy="-40" r="120" fill="#fff2b8" opacity="0.28"/>`;
  switch (random.integer(0, 2)) {
    case 0: {
      const elbow = random.integer(-96, -50);
      return (
        `<ellipse cx="-40" cy="134" rx="${random.integer(46, 74)}" ry="13" fill="${colours.shade}"/>` +
        `<path d="M-40 130 L${elbow} ${random.integer(0, 40)} L20 ${random.integer(-112, -90)}" stroke="${colours.second}" stroke-width="11" fill="none" stroke-linejoin="round"/>` +
        `<g transform="translate(40 -92) rotate(${random.integer(14, 48)})"><path d="M-24 -24 H24 L${random.integer(48, 70)} 54 H${-random.integer(48, 70)} Z" fill="${colours.body}"/><ellipse cx="0" cy="54" rx="56" ry="12" fill="#fff2b8"/></g>`
      );
    }
    case 1: {
      const wide = random.integer(66, 110);
      return (
        `${glow}<path d="M-14 30 Q${-random.integer(20, 60)} 90 -40 138 H40 Q${random.integer(20, 60)} 90 14 30 Z" fill="${colours.second}"/>` +
        `<path d="M${-wide * random.between(0.4, 0.7)} -130 H${wide * random.between(0.4, 0.7)} L${wide} 34 H${-wide} Z" fill="${colours.body}"/><path d="M${-wide} 34 H${wide}" stroke="${colours.detail}" stroke-width="8"/>` +
        drawBranding(branding, { x: 0, y: 110 }, { size: 28, colour: colours.light })
      );
    }
    default: {
      const wide = random.integer(80, 130);
      const drop = random.integer(-60, 10);
      return (
        `<path d="M0 -240 V${drop - 40}" stroke="#222" stroke-width="5"/>` +
        `<path d="M${-wide} ${drop + 90} Q${-wide} ${drop - 44} 0 ${drop - 44} Q${wide} ${drop - 44} ${wide} ${drop + 90} Z" fill="${colours.body}"/>` +
        `<ellipse cx="0" cy="${drop + 90}" rx="${wide}" ry="16" fill="#fff2b8"/><path d="M${-wide * 0.9} ${drop + 40} H${wide * 0.9}" stroke="${colours.second}" stroke-width="${random.integer(6, 20)}"/>`
      );
    }
  }
};

/** A pot with a plant. */
export const drawPlantPot: ProductDrawing = (brush) => {
  const { random, colours, branding } = brush;
  const rim = random.integer(62, 100);
  const foot = random.integer(40, rim);
  const pot = `M${-rim} 24 H${rim} L${foot} 138 H${-foot} Z`;
  let plant = '';
  const hue = random.pick(['#2f6b3a', '#4b8b3b', '#6f9a4a', '#27543f', '#8aa05a']);
  const kind = random.integer(0, 2);
  for (let count = random.integer(6, 13); count > 0; count -= 1) {
    const lean = random.integer(-90, 90);
    const height = random.integer(60, 170);
    if (kind === 0)
      plant += `<path d="M0 26 Q${lean * 0.2} ${-height / 2} ${lean} ${26 - height}" stroke="${hue}" stroke-width="${random.integer(7, 15)}" fill="none" stroke-linecap="round"/>`;
    else if (kind === 1)
      plant += `<path d="M0 26 L${lean} ${26 - height}" stroke="#5b4a33" stroke-width="4"/><ellipse cx="${lean}" cy="${26 - height}" rx="${random.integer(16, 34)}" ry="${random.integer(12, 24)}" fill="${hue}" transform="rotate(${lean} ${lean} ${26 - height})"/>`;
    else
      plant += `<circle cx="${lean * 0.7}" cy="${20 - height * 0.6}" r="${random.integer(14, 34)}" fill="${hue}" opacity="0.85"/>`;
  }
  return `${plant}<path d="${pot}" fill="${colours.body}"/>${drawPrint(brush, pot, 'pot')}<rect x="${-rim - 7}" y="12" width="${rim * 2 + 14}" height="24" rx="6" fill="${colours.shade}"/>${drawBranding(branding, { x: 0, y: 86 }, { size: 38, colour: colours.light })}`;
};

/** A candle in a glass. */
export const drawCandle: ProductDrawing = ({ random, colours, branding }) => {
  const half = random.integer(56, 92);
  const top = random.integer(-50, 10);
  return (
    `<path d="M0 ${top - 96} q26 36 0 62 q-26 -26 0 -62 Z" fill="#ffb53d"/><path d="M0 ${top - 72} q12 18 0 34 q-12 -16 0 -34 Z" fill="#fff3c4"/><path d="M0 ${top - 36} v40" stroke="#333" stroke-width="5"/>` +
    `<rect x="${-half}" y="${top - 14}" width="${half * 2}" height="${152 - top}" rx="${random.pick([8, 18, 34])}" fill="${colours.body}" opacity="0.92"/><ellipse cx="0" cy="${top}" rx="${half - 4}" ry="15" fill="${colours.light}"/>` +
    `<rect x="${-half * 0.72}" y="${top + 40}" width="${half * 1.44}" height="${random.integer(46, 76)}" fill="${colours.second}"/><path d="M${-half * 0.5} ${top + 74} H${half * 0.5}" stroke="${colours.detail}" stroke-width="4"/>` +
    drawGloss(`M${-half + 8} ${top + 14} h13 V124 h-13 Z`, 0.32) +
    drawBranding(branding, { x: 0, y: top + 62 }, { size: 34, colour: colours.detail })
  );
};

/** A framed picture. */
export const drawPoster: ProductDrawing = (brush) => {
  const { random, colours } = brush;
  const half = random.integer(84, 118);
  const inner = `M${-half + 16} -130 H${half - 16} V120 H${-half + 16} Z`;
  const scene =
    drawPrint(brush, inner, 'poster') + drawPrint({ ...brush, random: random.fork('second') }, inner, 'poster2');
  return `<rect x="${-half}" y="-146" width="${half * 2}" height="282" fill="${colours.shade}"/><rect x="${-half + 9}" y="-137" width="${half * 2 - 18}" height="264" fill="#faf7f0"/><path d="${inner}" fill="${colours.body}"/>${scene}${drawGloss(`M${-half + 20} -126 h40 L${-half + 24} 40 Z`, 0.16)}`;
};

/** A notebook with a band, a pen beside it. */
export const drawNotebook: ProductDrawing = (brush) => {
  const { random, colours, branding } = brush;
  const cover = 'M-88 -128 H92 V130 H-88 Z';
  return (
    `<g transform="rotate(${random.integer(-18, 18)})"><rect x="-80" y="-120" width="182" height="258" rx="6" fill="#eee8da"/><rect x="-92" y="-130" width="186" height="262" rx="10" fill="${colours.body}"/>${drawPrint(brush, cover, 'cover')}` +
    `<rect x="${random.integer(50, 70)}" y="-130" width="11" height="262" fill="${colours.detail}"/><rect x="-92" y="-130" width="20" height="262" fill="${colours.shade}" opacity="0.8"/>` +
    drawBranding(branding, { x: -8, y: -70 }, { size: 38, colour: colours.light }) +
    `</g><g transform="rotate(${random.integer(8, 40)}) translate(${random.integer(112, 128)} 0)"><rect x="-7" y="-110" width="14" height="190" rx="6" fill="${colours.second}"/><path d="M-7 80 h14 l-7 28 Z" fill="#222"/></g>`
  );
};

/** A wooden toy: a robot, a car or stacked rings. */
export const drawToy: ProductDrawing = ({ random, colours }) => {
  switch (random.integer(0, 2)) {
    case 0:
      return (
        `<rect x="-56" y="-130" width="112" height="86" rx="${random.integer(4, 30)}" fill="${colours.light}"/><circle cx="-24" cy="-92" r="${random.integer(9, 17)}" fill="${colours.detail}"/><circle cx="24" cy="-92" r="${random.integer(9, 17)}" fill="${colours.detail}"/>` +
        `<rect x="-76" y="-38" width="152" height="${random.integer(84, 110)}" rx="14" fill="${colours.body}"/><rect x="-122" y="-26" width="38" height="86" rx="16" fill="${colours.second}"/><rect x="84" y="-26" width="38" height="86" rx="16" fill="${colours.second}"/>` +
        `<rect x="-58" y="72" width="44" height="66" rx="10" fill="${colours.shade}"/><rect x="14" y="72" width="44" height="66" rx="10" fill="${colours.shade}"/><path d="M0 -130 v-26" stroke="#333" stroke-width="6"/><circle cx="0" cy="-158" r="9" fill="${colours.detail}"/><path d="M-30 6 H30 M-30 24 H30" stroke="${colours.detail}" stroke-width="7"/>`
      );
    case 1:
      return (
        `<path d="M-148 80 V${random.integer(0, 30)} H-84 L${random.integer(-60, -40)} ${random.integer(-60, -34)} H${random.integer(30, 66)} L92 14 L148 26 V80 Z" fill="${colours.body}"/><path d="M-50 -34 L-66 14 H-6 V-34 Z M8 -34 V14 H72 L46 -34 Z" fill="${colours.light}"/>` +
        `<circle cx="-84" cy="90" r="${random.integer(34, 46)}" fill="${colours.second}"/><circle cx="84" cy="90" r="${random.integer(34, 46)}" fill="${colours.second}"/><circle cx="-84" cy="90" r="14" fill="${colours.detail}"/><circle cx="84" cy="90" r="14" fill="${colours.detail}"/>`
      );
    default: {
      const rings = [colours.body, colours.second, colours.detail, colours.light, colours.shade];
      return rings
        .map(
          (colour, index) =>
            `<rect x="${-118 + index * 18 + random.integer(-6, 6)}" y="${92 - index * 46}" width="${236 - index * 38}" height="44" rx="22" fill="${colour}"/>`,
        )
        .join('')
        .concat(`<circle cx="0" cy="-122" r="26" fill="${colours.detail}"/>`);
    }
  }
};
