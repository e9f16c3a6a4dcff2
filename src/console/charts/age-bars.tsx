import type { DashboardView } from '../../domain/views/dashboard-view.ts';
import { AddressLink } from '../address-link.tsx';
import { useTexts } from '../language/use-language.ts';
import { dashboardTexts } from '../texts/dashboard-texts.ts';
import { tellQueue } from '../wording.ts';

/** Waiting cases: a bar for each queue, divided by how long they have waited. The figures stand in the bars. */
export function AgeBars({ backlog }: { readonly backlog: DashboardView['backlog'] }) {
  const texts = useTexts(dashboardTexts);
  const greatest = Math.max(1, ...backlog.map(({ waiting }) => waiting));
  return (
    <div className="scrolled" tabIndex={0} role="region" aria-label={texts.backlog} data-scrolls>
      <table className="bar-rows">
        <caption className="for-ears">{texts.backlog}</caption>
        <thead className="for-ears">
          <tr>
            <th scope="col">{texts.queue}</th>
            <th scope="col">{texts.ages.join(', ')}</th>
            <th scope="col">{texts.waiting}</th>
          </tr>
        </thead>
        <tbody>
          {backlog.map(({ queue, waiting, overdue, dueSoon, ages }) => (
            <tr key={queue}>
              <th scope="row">
                <AddressLink inherit page="/" to={{ queue }}>
                  {tellQueue(queue)}
                </AddressLink>
              </th>
              <td>
                <span className="age-bar" style={{ width: `${(100 * waiting) / greatest}%` }}>
                  {ages.map((count, age) =>
                    count === 0 ? null : (
                      <span
                        key={texts.ages[age]}
                        className={`age age-${age}`}
                        style={{ flexGrow: count }}
                        title={`${texts.ages[age] ?? ''}: ${count}`}
                      >
                        {count}
                      </span>
                    ),
                  )}
                </span>
              </td>
              <td className="bar-told">
                {waiting}
                {overdue > 0 && <b data-due="OVERDUE">{` · ${overdue} ${texts.overdue}`}</b>}
                {dueSoon > 0 && <b data-due="DUE_SOON">{` · ${dueSoon} ${texts.dueSoon}`}</b>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="age-names" aria-hidden>
        {texts.ages.map((name, age) => (
          <span key={name}>
            <span className={`age-key age-${age}`} /> {name}
          </span>
        ))}
      </p>
    </div>
  );
}
