import { List, Stack, Table, Text } from '@mantine/core';
import type { Evidence } from '../../domain/evidence.ts';
import type { CaseItemView } from '../../domain/views/case-view.ts';
import { PicturePair } from './picture-pair.tsx';
import { RingPicture } from './ring-picture.tsx';
import { TextPair } from './text-pair.tsx';

/** Many pieces of one kind say little more than the first ones. */
const PAIRS_SHOWN = 6;

/** All evidence of a finding, each kind as it is best judged. */
export function EvidenceList({
  evidence,
  item,
}: {
  readonly evidence: readonly Evidence[];
  readonly item: CaseItemView;
}) {
  const of = <Kind extends Evidence['kind']>(kind: Kind) =>
    evidence.filter((piece): piece is Extract<Evidence, { kind: Kind }> => piece.kind === kind);
  const pairs = of('REVIEW_PAIR');
  const texts = of('TEXT_PAIR');
  const links = of('ACCOUNT_LINK');
  return (
    <Stack gap="sm">
      {of('PICTURE_MATCH').map((piece) => (
        <PicturePair key={`${piece.pictureIndex}-${piece.bankPictureId}`} match={piece} item={item} />
      ))}
      {of('TEXT_SPAN').length > 0 && (
        <List size="sm">
          {of('TEXT_SPAN').map((piece) => (
            <List.Item key={`${piece.field}-${piece.start}-${piece.end}-${piece.why}`}>
              <mark className="marked">{piece.text}</mark> in {piece.field}: {piece.why}
              {piece.view === undefined ? '' : ` (seen by ${piece.view.toLowerCase().replaceAll('_', ' ')})`}
            </List.Item>
          ))}
        </List>
      )}
      {of('FACT').length > 0 && (
        <List size="sm">
          {of('FACT').map((piece) => (
            <List.Item key={`${piece.name}-${String(piece.value)}`}>{piece.why}</List.Item>
          ))}
        </List>
      )}
      {of('RING').map((piece) => (
        <RingPicture key={piece.ringId} ring={piece} />
      ))}
      {of('ACCOUNT_CLUSTER').map((piece) => (
        <Stack key={piece.clusterId} gap={4}>
          <Text size="sm">{piece.why}</Text>
          <Terms terms={piece.terms} />
          <Text size="sm" c="dimmed">
            Accounts: {piece.accountIds.join(', ')}
          </Text>
          <Text size="sm">What would clear them: {piece.clearedBy}</Text>
        </Stack>
      ))}
      {of('NETWORK').map((piece) => (
        <Text size="sm" key={piece.networkClass}>
          {piece.why}
        </Text>
      ))}
      {links.length > 0 && (
        <List size="sm">
          {links.slice(0, 12).map((piece) => (
            <List.Item key={`${piece.accountIds.join('-')}-${piece.linkKind}`}>{piece.why}</List.Item>
          ))}
          {links.length > 12 && <List.Item>and {links.length - 12} links more</List.Item>}
        </List>
      )}
      {texts.slice(0, PAIRS_SHOWN).map((piece) => (
        <TextPair key={`${piece.leftId}-${piece.rightId}`} pair={piece} />
      ))}
      {texts.length > PAIRS_SHOWN && <Text size="sm">and {texts.length - PAIRS_SHOWN} pairs of like texts more</Text>}
      {pairs.length > 0 && (
        <List size="sm">
          {pairs.slice(0, PAIRS_SHOWN).map((piece) => (
            <List.Item key={piece.accountIds.join('-')}>{piece.why}</List.Item>
          ))}
          {pairs.length > PAIRS_SHOWN && <List.Item>and {pairs.length - PAIRS_SHOWN} pairs more</List.Item>}
        </List>
      )}
    </Stack>
  );
}

/** What makes a score, term by term. */
export function Terms({
  terms,
}: {
  readonly terms: readonly { readonly name: string; readonly why: string; readonly nats: number }[];
}) {
  return (
    <Table withRowBorders={false} verticalSpacing={2} fz="sm">
      <Table.Tbody>
        {terms.map(({ name, why, nats }) => (
          <Table.Tr key={name}>
            <Table.Td w={70} ta="right">
              {nats > 0 ? '+' : ''}
              {nats.toFixed(1)}
            </Table.Td>
            <Table.Td>{why}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
