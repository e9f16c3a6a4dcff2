import { Group, Stack, Text } from '@mantine/core';
import type { RingEvidence } from '../../domain/evidence.ts';
import { AddressLink } from '../address-link.tsx';
import { tellDay, tellTime } from '../wording.ts';
import { WeighedReasons } from './weighed-reasons.tsx';

const TEXTS = {
  period: (first: string, last: string) => `First review ${first}, last ${last}.`,
  sellers: 'Sellers reviewed',
  gains: 'Gains by it',
  clears: 'What would clear them',
  caption: (members: number, listings: number) =>
    `${members} accounts and the ${listings} listings that they reviewed: stars, and the day counted from the first review`,
  account: 'Account',
  day: (day: number) => `day ${day}`,
  cell: (stars: number, at: string) => `${stars} of 5 on ${at}`,
  matrix: 'Who reviewed what',
} as const;

const DAY_MS = 86_400_000;

/** Who reviewed what: a row for each member by their first review, a column for each listing, stars and day in the cell. */
export function RingMatrix({ ring }: { readonly ring: RingEvidence }) {
  const { memberAccountIds, listingIds, reviews, firstAtMs, lastAtMs, sellerIds, beneficiarySellerId } = ring;
  const firstOf = (accountId: string): number =>
    Math.min(...reviews.filter((review) => review.accountId === accountId).map(({ atMs }) => atMs));
  const members = memberAccountIds.toSorted((left, right) => firstOf(left) - firstOf(right));
  const cells = new Map(reviews.map((review) => [`${review.accountId} ${review.listingId}`, review]));
  return (
    <Stack gap="sm">
      <Text size="sm">
        {ring.why} {TEXTS.period(tellTime(firstAtMs), tellTime(lastAtMs))}
      </Text>
      <Group gap="xs" fz="sm">
        {TEXTS.sellers}:{' '}
        {sellerIds.map((id) => (
          <AddressLink inherit key={id} to={{ seller: id }}>
            {id}
          </AddressLink>
        ))}
        {beneficiarySellerId !== undefined && (
          <>
            · {TEXTS.gains}:{' '}
            <AddressLink inherit to={{ seller: beneficiarySellerId }}>
              {beneficiarySellerId}
            </AddressLink>
          </>
        )}
      </Group>
      <div className="scrolled" tabIndex={0} role="region" aria-label={TEXTS.matrix} data-scrolls>
        <table className="matrix" data-direction={ring.direction}>
          <caption>{TEXTS.caption(members.length, listingIds.length)}</caption>
          <thead>
            <tr>
              <th scope="col">{TEXTS.account}</th>
              {listingIds.map((id) => (
                <th scope="col" key={id} className="id">
                  {id}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <tr key={member}>
                <th scope="row" className="id">
                  {member}
                </th>
                {listingIds.map((listing) => {
                  const review = cells.get(`${member} ${listing}`);
                  if (review === undefined) return <td key={listing} />;
                  return (
                    <td key={listing} title={TEXTS.cell(review.stars, tellDay(review.atMs))}>
                      <span className="stars">{review.stars}★</span>
                      <small>{TEXTS.day(Math.floor((review.atMs - firstAtMs) / DAY_MS) + 1)}</small>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <WeighedReasons terms={ring.terms} />
      <Text size="sm">
        {TEXTS.clears}: {ring.clearedBy}
      </Text>
    </Stack>
  );
}
