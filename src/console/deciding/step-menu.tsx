import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../language/use-language.ts';
import { decidingTexts } from '../texts/deciding-texts.ts';
import { stepTexts } from '../texts/step-texts.ts';
import { useKeys } from '../use-keys.ts';
import { usePerson } from '../use-person.ts';
import { StepDialog, type StepKind } from './step-dialog.tsx';
import type { CaseWork } from './use-case-work.ts';

interface StepMenuProps {
  readonly work: CaseWork;
  readonly onLeft: () => void;
}

/** What can be done with a case besides deciding it. */
export function StepMenu({ work, onLeft }: StepMenuProps) {
  const texts = useTexts(decidingTexts);
  const steps = useTexts(stepTexts);
  const { may } = usePerson();
  const [kind, setKind] = useState<StepKind>();
  const open = (next: StepKind): void => {
    setKind(next);
    if (work.hold === undefined && next !== 'reassign' && next !== 'note') work.claim().catch(() => undefined);
  };
  const skip = (): void => {
    if (work.hold !== undefined) work.step('release').catch(() => undefined);
    onLeft();
  };
  useKeys(
    [
      { keys: ['e'], does: texts.escalate, run: () => open('escalate') },
      { keys: ['s'], does: texts.skip, run: skip },
      { keys: ['h'], does: steps.hold, run: () => open('hold'), isMinor: true },
      { keys: ['i'], does: steps.ask, run: () => open('request-info'), isMinor: true },
      { keys: ['n'], does: steps.addNote, run: () => open('note'), isMinor: true },
    ],
    1,
  );
  return (
    <>
      <Button size="sm" variant="default" onClick={() => open('escalate')}>
        {texts.escalate} (E)
      </Button>
      <Button size="sm" variant="default" onClick={skip}>
        {texts.skip} (S)
      </Button>
      <Menu position="top-start" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button size="sm" variant="default">
            {texts.more} ▾
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => open('hold')}>{steps.hold} (H)</Menu.Item>
          <Menu.Item onClick={() => open('request-info')}>{steps.ask} (I)</Menu.Item>
          <Menu.Item onClick={() => open('handover')}>{steps.handover}</Menu.Item>
          <Menu.Item onClick={() => open('note')}>{steps.addNote} (N)</Menu.Item>
          <Menu.Item onClick={() => open('merge')}>{steps.merge}</Menu.Item>
          {may('cases:lead') && <Menu.Item onClick={() => open('reassign')}>{steps.reassign}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {kind !== undefined && (
        <StepDialog
          key={kind}
          kind={kind}
          work={work}
          onClose={() => setKind(undefined)}
          onDone={() => {
            setKind(undefined);
            if (kind === 'escalate' || kind === 'handover' || kind === 'reassign' || kind === 'merge') onLeft();
          }}
        />
      )}
    </>
  );
}
