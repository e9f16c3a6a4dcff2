import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { tellSigned } from '../wording.ts';
import { tellTerm } from './tell-evidence.ts';

interface Term {
  readonly name: string;
  readonly why: string;
  readonly nats: number;
}

/** Width in pixels of the longest bar. */
const BAR_PX = 64;

/** What makes a score, term by term: reasons for to the right, reasons against to the left, the heaviest first. */
export function WeighedReasons({ terms }: { readonly terms: readonly Term[] }) {
  const texts = useTexts(evidenceTexts);
  if (terms.length === 0) return null;
  const greatest = Math.max(...terms.map(({ nats }) => Math.abs(nats)));
  const widthOf = (nats: number): number => (greatest === 0 ? 0 : (Math.abs(nats) / greatest) * BAR_PX);
  return (
    <table className="weighed">
      <caption>{texts.weighed}</caption>
      <thead className="for-ears">
        <tr>
          <th scope="col">{texts.weight}</th>
          <th scope="col">{texts.reason}</th>
        </tr>
      </thead>
      <tbody>
        {terms
          .toSorted((left, right) => right.nats - left.nats)
          .map(({ name, why, nats }) => (
            <tr key={`${name}-${why}`}>
              <td className="weight">
                <span className="bar" data-against={nats < 0} style={{ width: widthOf(nats) }} />
                {tellSigned(nats, 1)}
              </td>
              <td title={why}>{tellTerm({ name, why })}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
