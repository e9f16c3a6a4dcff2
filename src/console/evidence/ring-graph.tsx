import type { RingEvidence } from '../../domain/evidence.ts';
import { useTexts } from '../language/use-language.ts';
import { ringTexts } from '../texts/ring-texts.ts';
import { membersInOrder } from './ring-matrix.tsx';

const ROW_PX = 22;
const WIDTH_PX = 640;
const LEFT_PX = 190;
const RIGHT_PX = 430;
const TEXT_LIMIT = 26;

const shorten = (text: string): string => (text.length <= TEXT_LIMIT ? text : `${text.slice(0, TEXT_LIMIT - 1)}…`);

/** A ring as lines between accounts and listings: what everybody shares stands out as a fan. */
export function RingGraph({ ring }: { readonly ring: RingEvidence }) {
  const texts = useTexts(ringTexts);
  const members = membersInOrder(ring);
  const { listingIds, reviews, direction } = ring;
  const rows = Math.max(members.length, listingIds.length);
  const height = rows * ROW_PX + 12;
  const place = (at: number, count: number): number => ((at + 0.5) * (rows * ROW_PX)) / count + 6;
  const memberAt = new Map(members.map((id, at) => [id, place(at, members.length)]));
  const listingAt = new Map(listingIds.map((id, at) => [id, place(at, listingIds.length)]));
  const label = texts.graph(members.length, listingIds.length);
  return (
    <div className="scrolled" tabIndex={0} role="region" aria-label={texts.asGraph} data-scrolls>
      <svg
        className="ring-graph"
        data-direction={direction}
        width={WIDTH_PX}
        height={height}
        viewBox={`0 0 ${WIDTH_PX} ${height}`}
        role="img"
        aria-label={label}
      >
        {reviews.map(({ reviewId, accountId, listingId, stars }) => {
          const from = memberAt.get(accountId);
          const to = listingAt.get(listingId);
          if (from === undefined || to === undefined) return null;
          return (
            <path
              key={reviewId}
              d={`M${LEFT_PX} ${from} C 290 ${from}, 330 ${to}, ${RIGHT_PX} ${to}`}
              data-stars={stars}
            />
          );
        })}
        {members.map((id) => (
          <g key={id}>
            <circle cx={LEFT_PX} cy={memberAt.get(id)} r={4} />
            <text x={LEFT_PX - 8} y={(memberAt.get(id) ?? 0) + 4} textAnchor="end">
              {shorten(id)}
            </text>
          </g>
        ))}
        {listingIds.map((id) => (
          <g key={id}>
            <rect x={RIGHT_PX - 4} y={(listingAt.get(id) ?? 0) - 4} width={8} height={8} />
            <text x={RIGHT_PX + 10} y={(listingAt.get(id) ?? 0) + 4}>
              {shorten(id)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
