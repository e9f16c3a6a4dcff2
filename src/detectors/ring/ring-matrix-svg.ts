import type { RingEvidence } from '../../domain/evidence.ts';

const CELL = 18;
const LABEL_WIDTH = 160;
const HEAD_HEIGHT = 130;
/** Rows and columns drawn; a larger ring is told as such below the picture. */
const MAX_ROWS = 80;
const MAX_COLUMNS = 40;
const DAY_MS = 86_400_000;

/**
 * Picture of a ring: a row for each member, a column for each listing, a square for each review, the darker the later
 * in the campaign; hovering tells stars and time. Members and listings come in the order of their first review, so a
 * ring that moves together shows as a block of columns of one shade. Deterministic; safe to embed, all text is escaped.
 */
export const ringMatrixSvg = (ring: RingEvidence): string => {
  const reviews = [...ring.reviews].sort((a, b) => a.atMs - b.atMs || (a.reviewId < b.reviewId ? -1 : 1));
  const members = [...new Set([...reviews.map(({ accountId }) => accountId), ...ring.memberAccountIds])];
  const listings = [...new Set(reviews.map(({ listingId }) => listingId))];
  const rows = members.slice(0, MAX_ROWS);
  const columns = listings.slice(0, MAX_COLUMNS);
  const width = LABEL_WIDTH + columns.length * CELL + CELL;
  const height = HEAD_HEIGHT + rows.length * CELL + 3 * CELL;
  const spanMs = Math.max(1, ring.lastAtMs - ring.firstAtMs);
  const days = Math.max(1, Math.ceil(spanMs / DAY_MS));
  const hue = ring.direction === 'PRAISE' ? 150 : 10;
  const cells = reviews.flatMap(({ accountId, listingId, stars, atMs }) => {
    const row = rows.indexOf(accountId);
    const column = columns.indexOf(listingId);
    if (row < 0 || column < 0) return [];
    const late01 = (atMs - ring.firstAtMs) / spanMs;
    const label = `${accountId} gave ${listingId} ${stars} of 5 on ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')}`;
    const [x, y] = [LABEL_WIDTH + column * CELL + 1, HEAD_HEIGHT + row * CELL + 1];
    const fill = `hsl(${hue} 60% ${Math.round(80 - 50 * late01)}%)`;
    return [
      `<rect x="${x}" y="${y}" width="${CELL - 2}" height="${CELL - 2}" fill="${fill}"><title>${escaped(label)}</title></rect>`,
    ];
  });
  const rowLabels = rows.map(
    (id, row) =>
      `<text x="${LABEL_WIDTH - 6}" y="${HEAD_HEIGHT + row * CELL + 13}" text-anchor="end">${escaped(shortened(id))}</text>`,
  );
  const columnLabels = columns.map((id, column) => {
    const x = LABEL_WIDTH + column * CELL + 13;
    return `<text transform="translate(${x} ${HEAD_HEIGHT - 6}) rotate(-90)">${escaped(shortened(id))}</text>`;
  });
  const cut =
    members.length > rows.length || listings.length > columns.length
      ? ` The first ${rows.length} members and ${columns.length} listings are drawn.`
      : '';
  const caption = `${members.length} members, ${listings.length} listings, ${reviews.length} reviews in ${days} days; darker is later.${cut}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.max(width, 420)} ${height}" font-family="sans-serif" font-size="11" role="img">`,
    `<title>${escaped(`Reviews of ${ring.ringId} by member and listing`)}</title>`,
    ...columnLabels,
    ...rowLabels,
    ...cells,
    `<text x="6" y="${height - CELL}">${escaped(caption)}</text>`,
    '</svg>',
  ].join('\n');
};

const shortened = (id: string): string => (id.length <= 22 ? id : `${id.slice(0, 10)}…${id.slice(-10)}`);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
