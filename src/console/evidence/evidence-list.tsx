import { List, Stack, Text } from '@mantine/core';
import type { Evidence } from '../../domain/evidence.ts';
import type { CaseItemView } from '../../domain/views/case-view.ts';
import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { AccountLinks } from './account-links.tsx';
import { ClusterPanel } from './cluster-panel.tsx';
import { MarkedWords } from './marked-words.tsx';
import { PicturePair } from './picture-pair.tsx';
import { ReplacedPictures } from './replaced-pictures.tsx';
import { RingPanel } from './ring-panel.tsx';
import { TextPair } from './text-pair.tsx';
import { WeighedReasons } from './weighed-reasons.tsx';
import { tellEvidence } from './tell-evidence.ts';

/** Many pieces of one kind say little more than the first ones. */
const PAIRS_SHOWN = 4;

interface EvidenceListProps {
  readonly evidence: readonly Evidence[];
  readonly item: CaseItemView;
}

/** All evidence of a finding, each kind as it is best judged. */
export function EvidenceList({ evidence, item }: EvidenceListProps) {
  const texts = useTexts(evidenceTexts);
  const of = <Kind extends Evidence['kind']>(kind: Kind) =>
    evidence.filter((piece): piece is Extract<Evidence, { kind: Kind }> => piece.kind === kind);
  const facts = of('FACT');
  // A fact with a weight is a term of the score; the others are plain facts.
  const weighed = facts.flatMap(({ name, why, value, unit }) =>
    unit === 'nats' && typeof value === 'number' ? [{ name, why, nats: value }] : [],
  );
  const plain = facts.filter(({ unit, value }) => unit !== 'nats' || typeof value !== 'number');
  const pairs = of('REVIEW_PAIR');
  const textPairs = of('TEXT_PAIR');
  return (
    <Stack gap="sm">
      {of('PICTURE_MATCH').map((piece) => (
        <PicturePair key={`${piece.pictureIndex}-${piece.bankPictureId}`} match={piece} item={item} />
      ))}
      {of('PICTURES_REPLACED').map((piece) => (
        <ReplacedPictures key={piece.shownSha256s.join('-')} piece={piece} />
      ))}
      <MarkedWords spans={of('TEXT_SPAN')} />
      {plain.length > 0 && (
        <List size="sm">
          {plain.map((piece) => (
            <List.Item key={`${piece.name}-${String(piece.value)}`}>{tellEvidence(piece)}</List.Item>
          ))}
        </List>
      )}
      <WeighedReasons terms={weighed} />
      {of('RING').map((piece) => (
        <RingPanel key={piece.ringId} ring={piece} />
      ))}
      {of('ACCOUNT_CLUSTER').map((piece) => (
        <ClusterPanel key={piece.clusterId} cluster={piece} />
      ))}
      {of('NETWORK').map((piece) => (
        <Text size="sm" key={piece.networkClass}>
          {tellEvidence(piece)}
        </Text>
      ))}
      <AccountLinks links={of('ACCOUNT_LINK')} />
      {textPairs.slice(0, PAIRS_SHOWN).map((piece) => (
        <TextPair key={`${piece.leftId}-${piece.rightId}`} pair={piece} />
      ))}
      {textPairs.length > PAIRS_SHOWN && <Text size="sm">{texts.moreTexts(textPairs.length - PAIRS_SHOWN)}</Text>}
      {pairs.length > 0 && (
        <List size="sm">
          {pairs.slice(0, PAIRS_SHOWN).map((piece) => (
            <List.Item key={piece.accountIds.join('-')}>{tellEvidence(piece)}</List.Item>
          ))}
          {pairs.length > PAIRS_SHOWN && <List.Item>{texts.morePairs(pairs.length - PAIRS_SHOWN)}</List.Item>}
        </List>
      )}
    </Stack>
  );
}
