import { ScrollArea, Stack, Text } from '@mantine/core';
import type { RingEvidence } from '../../domain/evidence.ts';
import { tellTime } from '../wording.ts';
import { Terms } from './evidence-list.tsx';

const CELL_PX = 26;
const LABEL_PX = 110;
const HEAD_PX = 96;

/** Who reviewed what: a row for each member, a column for each listing, the stars in the cell, darker the later. */
export function RingPicture({ ring }: { readonly ring: RingEvidence }) {
  const { memberAccountIds: members, listingIds: listings, reviews, firstAtMs, lastAtMs } = ring;
  const width = LABEL_PX + listings.length * CELL_PX + 8;
  const height = HEAD_PX + members.length * CELL_PX + 8;
  const span = Math.max(1, lastAtMs - firstAtMs);
  return (
    <Stack gap="xs">
      <Text size="sm">
        {ring.why} First review {tellTime(firstAtMs)}, last {tellTime(lastAtMs)}.
      </Text>
      <Terms terms={ring.terms} />
      <ScrollArea>
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`${members.length} accounts and the ${listings.length} listings that they reviewed`}
          style={{ color: 'var(--mantine-color-text)' }}
        >
          {listings.map((listing, column) => (
            <text
              key={listing}
              transform={`translate(${LABEL_PX + column * CELL_PX + CELL_PX / 2 + 4}, ${HEAD_PX - 6}) rotate(-55)`}
              fontSize={11}
              fill="currentColor"
            >
              {listing.slice(0, 18)}
            </text>
          ))}
          {members.map((member, row) => (
            <text key={member} x={0} y={HEAD_PX + row * CELL_PX + 17} fontSize={11} fill="currentColor">
              {member.slice(0, 17)}
            </text>
          ))}
          {reviews.map((review) => {
            const x = LABEL_PX + listings.indexOf(review.listingId) * CELL_PX;
            const y = HEAD_PX + members.indexOf(review.accountId) * CELL_PX;
            const lateness01 = (review.atMs - firstAtMs) / span;
            return (
              <g key={review.reviewId}>
                <title>{`${review.accountId} gave ${review.listingId} ${review.stars} of 5 on ${tellTime(review.atMs)}`}</title>
                <rect
                  x={x + 1}
                  y={y + 1}
                  width={CELL_PX - 2}
                  height={CELL_PX - 2}
                  rx={4}
                  fill={ring.direction === 'ATTACK' ? '#c92a2a' : '#2b8a3e'}
                  fillOpacity={0.55 + 0.45 * lateness01}
                />
                <text x={x + CELL_PX / 2} y={y + 17} fontSize={12} fontWeight={700} textAnchor="middle" fill="white">
                  {review.stars}
                </text>
              </g>
            );
          })}
        </svg>
      </ScrollArea>
      <Text size="sm">What would clear them: {ring.clearedBy}</Text>
    </Stack>
  );
}
