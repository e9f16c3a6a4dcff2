import { useElementSize } from '@mantine/hooks';
import type { CreditSimulationView } from '../../domain/views/credit-view.ts';
import { useTexts } from '../language/use-language.ts';
import { simulationTexts } from './simulation-texts.ts';

/** Until the room is known, and on paper. */
const USUAL_WIDTH = 720;
const HEIGHT = 220;
const EDGE = { left: 44, bottom: 28, top: 8 };
const BAR_GAP = 2;
/** A figure of four digits. */
const LABEL_ROOM = 32;

/** Sellers in each fifty points, now and under the version, as two bars beside one another. */
export function ScorePlot({ histogram }: Pick<CreditSimulationView, 'histogram'>) {
  const texts = useTexts(simulationTexts);
  // Drawn in the pixels that there are: scaled down, the figures of the axis could not be read on a phone.
  const { ref, width: known } = useElementSize<HTMLDivElement>();
  const width = known === 0 ? USUAL_WIDTH : known;
  // Even, so that half of it is a whole number of sellers.
  const greatest = 2 * Math.ceil(Math.max(1, ...histogram.flatMap(({ before, after }) => [before, after])) / 2);
  const step = (width - EDGE.left) / histogram.length;
  const room = HEIGHT - EDGE.bottom - EDGE.top;
  const height = (count: number): number => (count / greatest) * room;
  const bar = (count: number, x: number, colour: string) => (
    <rect
      x={x}
      y={HEIGHT - EDGE.bottom - height(count)}
      width={(step - 3 * BAR_GAP) / 2}
      height={height(count)}
      fill={colour}
    />
  );
  return (
    <div ref={ref}>
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width="100%"
        height={HEIGHT}
        role="img"
        aria-label={`${texts.plot}. ${texts.plotTold}`}
      >
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line
              x1={EDGE.left}
              x2={width}
              y1={EDGE.top + room * (1 - part)}
              y2={EDGE.top + room * (1 - part)}
              stroke="currentColor"
              opacity={0.15}
            />
            <text
              x={EDGE.left - 6}
              y={EDGE.top + room * (1 - part) + 4}
              textAnchor="end"
              fontSize={11}
              fill="currentColor"
            >
              {Math.round(greatest * part)}
            </text>
          </g>
        ))}
        {histogram.map(({ fromScore, before, after }, index) => {
          const x = EDGE.left + index * step;
          return (
            <g key={fromScore}>
              <title>{`${fromScore}: ${before} → ${after}`}</title>
              {bar(before, x + BAR_GAP, 'var(--mantine-color-gray-6)')}
              {bar(after, x + step / 2 + BAR_GAP / 2, 'var(--mantine-color-blue-6)')}
              {fromScore % 200 === 0 && (
                <text
                  x={x + LABEL_ROOM > width ? width : x + 2}
                  y={HEIGHT - 10}
                  textAnchor={x + LABEL_ROOM > width ? 'end' : 'start'}
                  fontSize={11}
                  fill="currentColor"
                >
                  {fromScore}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
