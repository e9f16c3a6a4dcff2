import { useContext } from 'react';
import type { RingEvidence } from '../../domain/evidence.ts';
import { useTexts } from '../language/use-language.ts';
import { ringTexts } from '../texts/ring-texts.ts';
import { tellDay } from '../wording.ts';
import { MemberChoiceContext } from './member-choice.ts';
import { MemberTick } from './member-ticks.tsx';

const DAY_MS = 86_400_000;

/** Members of a ring by their first review. */
export function membersInOrder({ memberAccountIds, reviews }: RingEvidence): readonly string[] {
  const firstAt = new Map<string, number>();
  for (const { accountId, atMs } of reviews) firstAt.set(accountId, Math.min(firstAt.get(accountId) ?? atMs, atMs));
  const at = (id: string): number => firstAt.get(id) ?? Infinity;
  return memberAccountIds.toSorted((left, right) => at(left) - at(right));
}

/** Who reviewed what: a row for each member by their first review, a column for each listing, stars and day in the cell. */
export function RingMatrix({ ring }: { readonly ring: RingEvidence }) {
  const texts = useTexts(ringTexts);
  const choice = useContext(MemberChoiceContext);
  const { listingIds, reviews, firstAtMs } = ring;
  const members = membersInOrder(ring);
  const cells = new Map(reviews.map((review) => [`${review.accountId} ${review.listingId}`, review]));
  return (
    <div className="scrolled" tabIndex={0} role="region" aria-label={texts.matrix} data-scrolls>
      <table className="matrix" data-direction={ring.direction}>
        <caption>{texts.ringCaption(members.length, listingIds.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.account}</th>
            {listingIds.map((id) => (
              <th scope="col" key={id} className="id">
                {id}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member} data-kept={choice?.keptIds.has(member) ?? false}>
              <th scope="row" className="id">
                <MemberTick id={member} />
              </th>
              {listingIds.map((listing) => {
                const review = cells.get(`${member} ${listing}`);
                if (review === undefined) return <td key={listing} />;
                return (
                  <td key={listing} title={texts.cell(review.stars, tellDay(review.atMs))}>
                    <span className="stars">{review.stars}★</span>
                    <small>{texts.day(Math.floor((review.atMs - firstAtMs) / DAY_MS) + 1)}</small>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
