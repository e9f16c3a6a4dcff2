import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { CaseView } from '../../domain/views/case-view.ts';
import { EntityLink } from '../finder/entity-link.tsx';
import { useTexts } from '../language/use-language.ts';
import { claimTexts } from '../texts/claim-texts.ts';
import { stepTexts } from '../texts/step-texts.ts';
import { useKeys } from '../use-keys.ts';
import { usePerson } from '../use-person.ts';
import { tellTime } from '../wording.ts';
import { StepDialog, type StepKind } from './step-dialog.tsx';
import type { CaseWork } from './use-case-work.ts';

/** States from which a lead can open a case again. Source: the transitions of `src/domain/case.ts`. */
const REOPENABLE: ReadonlySet<CaseView['state']> = new Set(['APPEALABLE', 'CLOSED', 'AUTO_CLOSED']);

/** A case that nobody decides now: what it waits for or how it ended, and what may still be done. */
export function RestingCase({ view, work }: { readonly view: CaseView; readonly work: CaseWork }) {
  const texts = useTexts(claimTexts);
  const steps = useTexts(stepTexts);
  const { may } = usePerson();
  const [kind, setKind] = useState<StepKind>();
  const waits = view.state === 'AWAITING_INFO';
  const mayReopen = REOPENABLE.has(view.state) && may('cases:lead');
  useKeys(waits ? [{ keys: ['i'], does: steps.answerTitle, run: () => setKind('info') }] : [], 1);
  const asked = waits ? lastQuestion(view) : undefined;
  return (
    <Group gap="xs">
      <div className="resting">
        <Text size="sm">
          {waits ? texts.waitsForInfo : texts.ended}
          {waits && view.leaseUntil !== undefined && ` ${texts.waitsUntil(tellTime(view.leaseUntil))}`}
          {view.mergedIntoId !== undefined && (
            <>
              {' '}
              <EntityLink kind="CASE" id={view.mergedIntoId}>
                {texts.mergedInto}
              </EntityLink>
            </>
          )}
        </Text>
        {asked !== undefined && (
          <Text size="sm">
            {steps.asked(steps.ofWhom[asked.of])}: “{asked.question}”
          </Text>
        )}
      </div>
      {waits && (
        <Button size="compact-sm" onClick={() => setKind('info')}>
          {steps.answerTitle} (I)
        </Button>
      )}
      {waits && work.hold !== undefined && (
        <Button
          size="compact-sm"
          variant="default"
          loading={work.isBusy}
          onClick={() => void work.step('release').catch(() => undefined)}
        >
          {texts.giveBack}
        </Button>
      )}
      {waits && may('cases:lead') && (
        <Button size="compact-sm" variant="default" onClick={() => setKind('reassign')}>
          {steps.reassign}
        </Button>
      )}
      {mayReopen && (
        <Button size="compact-sm" variant="default" onClick={() => setKind('reopen')}>
          {steps.reopen}
        </Button>
      )}
      {kind !== undefined && (
        <StepDialog
          key={kind}
          kind={kind}
          work={work}
          onClose={() => setKind(undefined)}
          onDone={() => setKind(undefined)}
        />
      )}
    </Group>
  );
}

type Informant = keyof typeof stepTexts.en.ofWhom;

/** The question that the case waits for an answer to. */
function lastQuestion({ events }: CaseView): { readonly question: string; readonly of: Informant } | undefined {
  const payload = events.findLast(({ type }) => type === 'ASK_INFO')?.payload as
    { readonly question?: unknown; readonly of?: unknown } | null | undefined;
  if (typeof payload?.question !== 'string') return undefined;
  const of = typeof payload.of === 'string' && payload.of in stepTexts.en.ofWhom ? (payload.of as Informant) : 'SELLER';
  return { question: payload.question, of };
}
