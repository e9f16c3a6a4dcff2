import { Checkbox, Group } from '@mantine/core';
import type { Action } from '../../domain/decision.ts';
import { useTexts } from '../language/use-language.ts';
import { judgingTexts } from '../texts/judging-texts.ts';
import { tellAction } from '../wording.ts';

interface MeasureBoxesProps {
  /** All that may be ticked, the mildest first. */
  readonly offered: readonly Action[];
  readonly chosen: readonly Action[];
  /** Gives at least one measure, in the order of those offered, however they were ticked. */
  readonly onChange: (chosen: readonly Action[]) => void;
}

/** Measures to tick; the last one stays, since a decision without any would do nothing. */
export function MeasureBoxes({ offered, chosen, onChange }: MeasureBoxesProps) {
  const texts = useTexts(judgingTexts);
  const toggle = (action: Action): void => {
    const next = offered.filter((one) => (one === action) !== chosen.includes(one));
    if (next.length > 0) onChange(next);
  };
  return (
    <Group gap="xs" role="group" aria-label={texts.measures}>
      {offered.map((action) => (
        <Checkbox
          key={action}
          size="xs"
          label={tellAction(action)}
          checked={chosen.includes(action)}
          onChange={() => toggle(action)}
        />
      ))}
    </Group>
  );
}
