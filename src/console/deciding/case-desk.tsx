import { Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { MemberChoiceContext } from '../evidence/member-choice.ts';
import { useTexts } from '../language/use-language.ts';
import { claimTexts } from '../texts/claim-texts.ts';
import { useKeys } from '../use-keys.ts';
import { usePerson } from '../use-person.ts';
import { DecisionPanel, type DecisionPanelProps } from './decision-panel.tsx';
import { CLAIMABLE, LeaseStrip } from './lease-strip.tsx';
import { SecondReview } from './second-review.tsx';
import { useCaseWork } from './use-case-work.ts';

interface CaseDeskProps extends Pick<DecisionPanelProps, 'view' | 'isClaimedByPage' | 'onDecided' | 'onLeft'> {
  /** The case itself, with the place for what can be done about it. */
  readonly children: (work: ReactNode) => ReactNode;
}

/** A case on the desk of somebody who may decide it: the evidence, whose it is for now, and the decision. */
export function CaseDesk({ view, isClaimedByPage, onDecided, onLeft, children }: CaseDeskProps) {
  const texts = useTexts(claimTexts);
  const { person, may } = usePerson();
  const work = useCaseWork(view);
  const [keptIds, setKeptIds] = useState<ReadonlySet<string>>(new Set());
  const keep = (accountIds: readonly string[], isKept: boolean): void =>
    setKeptIds((known) => {
      const given = new Set(accountIds);
      return new Set(isKept ? [...known, ...given] : [...known].filter((id) => !given.has(id)));
    });
  const isOthers =
    work.hold === undefined && view.leaseHolder !== undefined && Date.parse(view.leaseUntil ?? '') > Date.now();
  const mayWork = may('cases:decide') && CLAIMABLE.has(view.state) && !isOthers;
  useKeys(
    mayWork
      ? [
          {
            keys: ['c'],
            does: texts.takeKey,
            run: () => {
              const isMine = work.hold !== undefined && work.hold.untilMs > Date.now();
              void (isMine ? work.step('release') : work.claim()).catch(() => undefined);
            },
            isMinor: true,
          },
        ]
      : [],
    1,
  );
  const isSecondLook = view.state === 'PROPOSED' || view.state === 'SECOND_REVIEW';
  const lease = <LeaseStrip view={view} work={work} />;
  const desk = (
    <Stack gap="xs">
      {!(mayWork && !isSecondLook) && lease}
      {mayWork && isSecondLook && <SecondReview view={view} work={work} onDecided={onDecided} onLeft={onLeft} />}
      {mayWork && !isSecondLook && (
        <DecisionPanel
          key={view.id}
          view={view}
          work={work}
          isClaimedByPage={isClaimedByPage}
          lease={lease}
          onDecided={onDecided}
          onLeft={onLeft}
        />
      )}
    </Stack>
  );
  return (
    <MemberChoiceContext value={mayWork && !isSecondLook ? { keptIds, keep } : undefined}>
      {children(person.id === '' ? null : desk)}
    </MemberChoiceContext>
  );
}
