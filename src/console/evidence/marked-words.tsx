import { List, Text } from '@mantine/core';
import type { TextSpanEvidence } from '../../domain/evidence.ts';
import { tellName } from '../wording.ts';
import { MarkedText } from './marked-text.tsx';
import { findOddLetters } from './odd-letters.ts';

const TEXTS = {
  in: 'in',
  seen: 'found by reading',
} as const;

/** How a view of the text is called; in the native one words are read as they stand. */
const VIEW_WORDS: Readonly<Record<string, string>> = {
  STYLED: 'styled letters as plain ones',
  INVISIBLE: 'past invisible characters',
  SPLIT: 'across gaps between letters',
  SKELETON: 'look-alike letters as one',
  LEET: 'digits as letters',
  DOUBLED: 'doubled letters as one',
  MASKED: 'past a sign that hides a letter',
  GLUED: 'inside a longer word',
  TRANSLITERATION: 'another script by sound',
  REVERSED: 'backwards',
  FUZZY: 'with one letter wrong',
  PINYIN: 'the Chinese name by sound',
};

/** The words that evidence speaks of, why, and what is odd about their letters. Words within longer ones are left out. */
export function MarkedWords({ spans }: { readonly spans: readonly TextSpanEvidence[] }) {
  const whole = spans.filter(
    (span) =>
      !spans.some(
        (other) =>
          other !== span &&
          other.field === span.field &&
          other.start <= span.start &&
          other.end >= span.end &&
          other.end - other.start > span.end - span.start,
      ),
  );
  if (whole.length === 0) return null;
  return (
    <List size="sm" spacing={4}>
      {whole.map((span) => {
        const odd = findOddLetters(span.text);
        return (
          <List.Item key={`${span.field}-${span.start}-${span.end}-${span.ruleId ?? span.why}`}>
            <MarkedText text={span.text} spans={[{ start: 0, end: span.text.length, why: span.why }]} /> {TEXTS.in}{' '}
            {span.field}: {span.why}
            {span.view !== undefined && span.view !== 'NATIVE' && (
              <Text span size="xs" c="dimmed">
                {' '}
                ({TEXTS.seen} {VIEW_WORDS[span.view] ?? tellName(span.view)})
              </Text>
            )}
            {odd.length > 0 && (
              <Text size="xs" c="dimmed">
                {odd.join(' · ')}
              </Text>
            )}
          </List.Item>
        );
      })}
    </List>
  );
}
