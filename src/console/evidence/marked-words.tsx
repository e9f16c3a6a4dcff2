import { List, Text } from '@mantine/core';
import type { TextSpanEvidence } from '../../domain/evidence.ts';
import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { tellCode, tellName } from '../wording.ts';
import { MarkedText } from './marked-text.tsx';
import { findOddLetters } from './odd-letters.ts';
import { tellEvidence } from './tell-evidence.ts';

/** The words that evidence speaks of, why, and what is odd about their letters. Words within longer ones are left out. */
export function MarkedWords({ spans }: { readonly spans: readonly TextSpanEvidence[] }) {
  const texts = useTexts(evidenceTexts);
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
            <MarkedText text={span.text} spans={[{ start: 0, end: span.text.length, why: tellEvidence(span) }]} />{' '}
            {texts.in} {tellCode(span.field)}: {tellEvidence(span)}
            {span.view !== undefined && span.view !== 'NATIVE' && (
              <Text span size="xs" c="dimmed">
                {' '}
                ({texts.seen} {texts.views[span.view] ?? tellName(span.view)})
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
