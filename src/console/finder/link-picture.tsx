import { Button, Card, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntityKind, LinkGraph } from '../../domain/views/search-view.ts';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { finderTexts } from '../texts/finder-texts.ts';
import { linkTexts } from '../texts/link-texts.ts';
import { EntityLink } from './entity-link.tsx';
import { entityPath } from './entity-path.ts';
import { placeInColumns } from './place-in-columns.ts';

const ROW_PX = 46;
/** More of one step would only be a cloud; the rest is shown on demand. */
const ROWS_SHOWN = 14;
/** Left and right end of each column in percent of the width; lines run between them. */
const COLUMNS = [
  { from: 0, to: 25 },
  { from: 33, to: 62 },
  { from: 70, to: 100 },
] as const;

/** What is linked to something: as a picture of links that can be followed, and as a list for everybody. */
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

type Node = LinkGraph['nodes'][number];
type Edge = LinkGraph['edges'][number];
const keyOf = ({ kind, id }: Pick<Node, 'kind' | 'id'>): string => `${kind}/${id}`;

function Drawn({ graph }: { readonly graph: LinkGraph }) {
  const texts = useTexts(finderTexts);
  const links = useTexts(linkTexts);
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? graph : firstOfEachStep(graph);
  const hidden = graph.nodes.length - shown.nodes.length;
  const places = placeInColumns(shown);
  const rows = Math.max(...[...places.values()].map(({ row }) => row + 1));
  const height = rows * ROW_PX;
  const tellWhy = ({ reason }: Pick<Edge, 'reason'>): string => links.why[reason];
  /** Why a thing stands where it stands: what links it to the step before. */
  const whyOf = (node: Node): string => {
    const key = keyOf(node);
    const found = shown.edges.filter(({ from, to }) => {
      const other = from === key ? to : to === key ? from : undefined;
      return other !== undefined && places.get(other)?.column === node.distance - 1;
    });
    return [...new Set(found.map(tellWhy))].join(', ');
  };
  return (
    <>
      <Text size="xs" c="dimmed">
        {links.hint(graph.nodes.length - 1, graph.edges.length)} {graph.isCut && texts.graphCut}
      </Text>
      <div className="scrolled" tabIndex={0} role="region" aria-label={texts.graph} data-scrolls>
        <div className="link-columns" style={{ height }}>
          <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden>
            {shown.edges.map(({ from, to, reason }) => (
              <path key={`${from} ${to} ${reason}`} d={lineBetween(places.get(from), places.get(to), height)}>
                <title>{tellWhy({ reason })}</title>
              </path>
            ))}
          </svg>
          {shown.nodes.map((node) => {
            const place = places.get(keyOf(node));
            const column = COLUMNS[node.distance];
            if (place === undefined || column === undefined) return null;
            const why = whyOf(node);
            return (
              <div
                key={keyOf(node)}
                className="link-node"
                data-kind={node.kind}
                style={{
                  insetInlineStart: `${column.from}%`,
                  width: `${column.to - column.from}%`,
                  top: place.height01 * height - ROW_PX / 2,
                }}
              >
                <span className="link-title" title={node.title}>
                  {node.distance === 0 ? (
                    <b>{node.title}</b>
                  ) : (
                    <EntityLink kind={node.kind} id={node.id}>
                      {node.title}
                    </EntityLink>
                  )}
                </span>
                <span className="link-why" title={why}>
                  {links.one[node.kind]}
                  {why !== '' && ` · ${why}`}
                </span>
              </div>
            );
          })}
        </div>
      </div>
      {hidden > 0 && (
        <Button variant="subtle" size="compact-sm" onClick={() => setShowsAll(true)}>
          {links.showAll(hidden)}
        </Button>
      )}
      <LinkList graph={graph} tellWhy={tellWhy} />
    </>
  );
}

interface LinkListProps {
  readonly graph: LinkGraph;
  readonly tellWhy: (edge: Pick<Edge, 'reason'>) => string;
}

/** The same links as sentences. */
function LinkList({ graph, tellWhy }: LinkListProps) {
  const texts = useTexts(finderTexts);
  const nodes = new Map(graph.nodes.map((node) => [keyOf(node), node]));
  const shown = (key: string) => {
    const node = nodes.get(key);
    return node === undefined ? (
      key
    ) : (
      <EntityLink kind={node.kind} id={node.id}>
        {node.title}
      </EntityLink>
    );
  };
  return (
    <details>
      <summary>{texts.graphList}</summary>
      <ul className="hits">
        {graph.edges.map(({ from, to, reason }) => (
          <li key={`${from} ${to} ${reason}`}>
            <Text size="sm" component="div">
              {shown(from)} – {shown(to)}: {tellWhy({ reason })}
            </Text>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The graph with the first things of each step, and the links between them. */
function firstOfEachStep(graph: LinkGraph): LinkGraph {
  const places = placeInColumns(graph);
  const isShown = (key: string): boolean => (places.get(key)?.row ?? ROWS_SHOWN) < ROWS_SHOWN;
  return {
    ...graph,
    nodes: graph.nodes.filter((node) => isShown(keyOf(node))),
    edges: graph.edges.filter(({ from, to }) => isShown(from) && isShown(to)),
  };
}

type Place = ReturnType<typeof placeInColumns> extends ReadonlyMap<string, infer One> ? One : never;

/** A curve between two columns; within one column an arc on its right. */
function lineBetween(one: Place | undefined, other: Place | undefined, height: number): string {
  if (one === undefined || other === undefined) return '';
  const [left, right] = one.column <= other.column ? [one, other] : [other, one];
  const start = COLUMNS[left.column]?.to ?? 0;
  const [y1, y2] = [left.height01 * height, right.height01 * height];
  if (left.column === right.column) return `M${start} ${y1} C ${start + 4} ${y1}, ${start + 4} ${y2}, ${start} ${y2}`;
  const end = COLUMNS[right.column]?.from ?? 100;
  const middle = (start + end) / 2;
  return `M${start} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${end} ${y2}`;
}
