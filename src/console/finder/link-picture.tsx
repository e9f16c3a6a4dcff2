import { Card, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { EntityKind, LinkGraph } from '../../domain/views/search-view.ts';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { finderTexts } from '../texts/finder-texts.ts';
import { EntityLink } from './entity-link.tsx';
import { entityPath } from './entity-path.ts';
import { placeAround, type Place } from './place-around.ts';

const SIZE_PX = 560;
const TEXT_LIMIT = 20;

const shorten = (text: string): string => (text.length <= TEXT_LIMIT ? text : `${text.slice(0, TEXT_LIMIT - 1)}…`);

/** What is linked to something: as a picture for the eye, as a list for everybody. */
export function LinkPicture({ kind, id }: { readonly kind: EntityKind; readonly id: string }) {
  const texts = useTexts(finderTexts);
  const { data, error } = useQuery({
    queryKey: ['links', kind, id],
    queryFn: () => callApi<LinkGraph>(`${entityPath(kind, id)}/links`),
  });
  return (
    <Card withBorder component="section" aria-label={texts.graph}>
      <Title order={3} size="h5" mb={4}>
        {texts.graph}
      </Title>
      {error !== null && <Text size="sm">{error.message}</Text>}
      {data !== undefined && data.edges.length === 0 && <Text size="sm">{texts.noLinks}</Text>}
      {data !== undefined && data.edges.length > 0 && <Drawn graph={data} />}
    </Card>
  );
}

function Drawn({ graph }: { readonly graph: LinkGraph }) {
  const texts = useTexts(finderTexts);
  const places = placeAround(graph, SIZE_PX);
  const titles = new Map(graph.nodes.map((node) => [`${node.kind}/${node.id}`, node]));
  const shown = (key: string) => {
    const node = titles.get(key);
    return node === undefined ? (
      key
    ) : (
      <EntityLink kind={node.kind} id={node.id}>
        {node.title}
      </EntityLink>
    );
  };
  return (
    <>
      <svg
        className="link-graph"
        viewBox={`0 0 ${SIZE_PX} ${SIZE_PX}`}
        role="img"
        aria-label={texts.graphHint(graph.nodes.length, graph.edges.length)}
      >
        {graph.edges.map(({ from, to, why }) => {
          const start = places.get(from);
          const end = places.get(to);
          if (start === undefined || end === undefined) return null;
          return (
            <line key={`${from} ${to} ${why}`} x1={start.x} y1={start.y} x2={end.x} y2={end.y}>
              <title>{why}</title>
            </line>
          );
        })}
        {graph.nodes.map((node) => {
          const key = `${node.kind}/${node.id}`;
          const place: Place = places.get(key) ?? { x: 0, y: 0 };
          return (
            <g key={key} data-kind={node.kind} transform={`translate(${place.x} ${place.y})`}>
              <circle r={node.distance === 0 ? 11 : 7} />
              <text y={node.distance === 0 ? 26 : 20} textAnchor="middle">
                {shorten(node.title)}
              </text>
              <title>{`${texts.kind[node.kind]}: ${node.title}`}</title>
            </g>
          );
        })}
      </svg>
      <Text size="xs" c="dimmed">
        {texts.graphHint(graph.nodes.length, graph.edges.length)} {graph.isCut && texts.graphCut}
      </Text>
      <details>
        <summary>{texts.graphList}</summary>
        <ul className="hits">
          {graph.edges.map(({ from, to, why }) => (
            <li key={`${from} ${to} ${why}`}>
              <Text size="sm" component="div">
                {shown(from)} – {shown(to)}: {why}
              </Text>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
