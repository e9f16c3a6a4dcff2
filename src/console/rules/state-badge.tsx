import { Badge } from '@mantine/core';
import type { RulesetSummary } from '../../domain/views/rules-view.ts';
import { useTexts } from '../language/use-language.ts';
import { rulesTexts } from './rules-texts.ts';

/** Dark enough that white letters on them can be read (WCAG 2.2, contrast 4.5). */
const COLOURS: Readonly<Record<RulesetSummary['state'], string>> = {
  DRAFT: 'red.9',
  CHECKED: 'gray.7',
  BACKTESTED: 'blue.9',
  SHADOW: 'violet.9',
  PUBLISHED: '#0b6b3a',
  RETIRED: 'gray.7',
};

/** State of a version as a badge. */
export function StateBadge({ state }: Pick<RulesetSummary, 'state'>) {
  const texts = useTexts(rulesTexts);
  return (
    <Badge color={COLOURS[state]} variant="filled" tt="none">
      {texts.states[state]}
    </Badge>
  );
}
