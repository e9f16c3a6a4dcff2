import { Badge } from '@mantine/core';
import type { RulesetSummary } from '../../domain/views/rules-view.ts';
import { useTexts } from '../language/use-language.ts';
import { rulesTexts } from './rules-texts.ts';

const COLOURS: Readonly<Record<RulesetSummary['state'], string>> = {
  DRAFT: 'red',
  CHECKED: 'gray',
  BACKTESTED: 'blue',
  SHADOW: 'violet',
  PUBLISHED: 'green',
  RETIRED: 'gray',
};

/** State of a version as a badge. */
export function StateBadge({ state }: Pick<RulesetSummary, 'state'>) {
  const texts = useTexts(rulesTexts);
  return (
    <Badge color={COLOURS[state]} variant="light" tt="none">
      {texts.states[state]}
    </Badge>
  );
}
