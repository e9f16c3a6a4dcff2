import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { Evidence } from '../../domain/evidence.ts';
import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { MarkedText } from './marked-text.tsx';
import { tellEvidence } from './tell-evidence.ts';

type TextPairEvidence = Extract<Evidence, { kind: 'TEXT_PAIR' }>;

/** Two texts side by side; the words that both have are plain, those that differ are marked. */
export function TextPair({ pair }: { readonly pair: TextPairEvidence }) {
  return (
    <div>
      <Text size="sm" mb={4}>
        {tellEvidence(pair)}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        <Side id={pair.leftId} text={pair.leftText} other={pair.rightText} />
        <Side id={pair.rightId} text={pair.rightText} other={pair.leftText} />
      </SimpleGrid>
    </div>
  );
}

function Side({ id, text, other }: { readonly id: string; readonly text: string; readonly other: string }) {
  const texts = useTexts(evidenceTexts);
  const known = new Set(wordsOf(other).map(({ word }) => word));
  const spans = wordsOf(text)
    .filter(({ word }) => !known.has(word))
    .map(({ start, end }) => ({ start, end, why: texts.noSuchWord }));
  return (
    <Paper withBorder p="xs">
      <Text size="xs" c="dimmed" className="id">
        {id}
      </Text>
      <Text size="sm" component="div">
        <MarkedText text={text} spans={spans} />
      </Text>
    </Paper>
  );
}

const wordsOf = (text: string) =>
  [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => ({
    word: match[0].toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
