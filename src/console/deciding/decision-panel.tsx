import { Button, Group, Kbd, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useState } from 'react';
import type { CaseView } from '../../domain/views/case-view.ts';
import type { DecisionPreview } from '../../domain/views/case-decision-view.ts';
import { postJson } from '../api.ts';
import { MemberChoiceContext } from '../evidence/member-choice.ts';
import { useTexts } from '../language/use-language.ts';
import { decidingTexts } from '../texts/deciding-texts.ts';
import { useKeys } from '../use-keys.ts';
import { appealTexts } from '../texts/appeal-texts.ts';
import { tellReason, tellRuling, tellViolation } from '../wording.ts';
import {
  appealOf,
  draftFor,
  groupOf,
  isRestriction,
  lacksWords,
  mayTakeByKey,
  reasonChoices,
  violationsOf,
  type DecisionDraft,
  type ReasonChoice,
} from './decision-draft.ts';
import { DraftForm } from './draft-form.tsx';
import { EffectPreview } from './effect-preview.tsx';
import { Macros } from './macros.tsx';
import { takeDecision } from './recent-decision.ts';
import { StepMenu } from './step-menu.tsx';
import type { CaseWork } from './use-case-work.ts';

export interface DecisionPanelProps {
  readonly view: CaseView;
  readonly work: CaseWork;
  /** Whoever shows the case claims it; otherwise the first key of a decision does. */
  readonly isClaimedByPage?: boolean | undefined;
  /** The decision is on its way: the page can go on. */
  readonly onDecided: () => void;
  /** Who works on the case, until when. */
  readonly lease?: React.ReactNode;
  /** The case was left without a decision. */
  readonly onLeft: () => void;
}

/** Words of a draft for the bar that can take it back. */
const tellDraft = (draft: Pick<DecisionDraft, 'reason' | 'violationType' | 'ruling'>): string => {
  const { reason, violationType, ruling } = draft;
  if (ruling !== undefined) return tellRuling({ ruling, reason });
  return violationType === undefined ? tellReason(reason) : tellViolation(violationType);
};

/**
 * Reasons on digits, then the effects, then the decision: a first key puts a decision together and shows what it would
 * do, the same key or Enter takes it. What endangers people takes Enter.
 */
export function DecisionPanel({ view, work, isClaimedByPage, lease, onDecided, onLeft }: DecisionPanelProps) {
  const texts = useTexts(decidingTexts);
  const client = useQueryClient();
  const ring = useContext(MemberChoiceContext);
  const [draft, setDraft] = useState<DecisionDraft>();
  const [isWanted, setWanted] = useState(false);
  const choices = reasonChoices(view);
  const asked = draft === undefined ? undefined : withKept(view, draft, ring?.keptIds);
  const preview = useQuery({
    queryKey: ['decision-preview', view.id, asked],
    queryFn: () => postJson<DecisionPreview>(`/v1/cases/${encodeURIComponent(view.id)}/preview`, { decision: asked }),
    enabled: asked !== undefined && !lacksWords(asked),
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    gcTime: 30_000,
  });
  const begin = (next: DecisionDraft): void => {
    setWanted(false);
    setDraft(next);
    if (work.hold === undefined && isClaimedByPage !== true) work.claim().catch(() => undefined);
  };
  const choose = (choice: Omit<ReasonChoice, 'digit'>): void => begin(draftFor(view, choice));
  const isShown =
    asked !== undefined &&
    !lacksWords(asked) &&
    preview.data !== undefined &&
    !preview.isPlaceholderData &&
    preview.error === null;
  const canTake = isShown && work.hold !== undefined;

  useEffect(() => {
    // The key came before the effects were there: the decision is taken as soon as they have been shown.
    if (!isWanted || !canTake || asked === undefined || work.hold === undefined) return;
    setWanted(false);
    void takeDecision(client, {
      view,
      fencingToken: work.hold.fencingToken,
      draft: asked,
      what: `${tellDraft(asked)} (${view.sellerId ?? view.subject.id})`,
      name: view.state === 'ADJUDICATION' ? 'adjudicate' : 'decide',
    });
    setDraft(undefined);
    onDecided();
  }, [isWanted, canTake, asked, work.hold, client, view, onDecided]);

  const appeal = useTexts(appealTexts);
  const isAppeal = appealOf(view) !== undefined;
  const allow = isAppeal ? appeal.allow : texts.allow;
  const remove = isAppeal ? appeal.stands : texts.remove;
  const first = violationsOf(view)[0];
  // Without the words that are needed nothing is wanted yet: the first letter of them must not decide.
  const take = (): void => setWanted(draft !== undefined && !lacksWords(draft));
  const press = (choice: Omit<ReasonChoice, 'digit'>): void => {
    const isSame = draft !== undefined && isRestriction(draft) === (choice.reason === 'CONFIRMED');
    if (isSame && mayTakeByKey(view) && !lacksWords(draft)) setWanted(true);
    else if (!isSame) choose(choice);
  };
  useKeys(
    [
      { keys: ['a'], does: allow, run: () => press({ reason: 'NOT_VIOLATION' }) },
      ...(first === undefined
        ? []
        : [{ keys: ['r'], does: remove, run: () => press({ reason: 'CONFIRMED', violationType: first }) }]),
      ...choices.map((choice, at) => ({
        keys: [String(choice.digit)],
        does: texts.reasonKey,
        run: () => choose(choice),
        isMinor: at > 0,
        shownAs: at === 0 ? `1–${choices.length}` : String(choice.digit),
      })),
      ...(draft === undefined
        ? []
        : [
            { keys: ['Enter'], does: texts.decide, run: take },
            { keys: ['Escape'], does: texts.back, run: () => setDraft(undefined), isMinor: true },
          ]),
    ],
    1,
  );

  return (
    <Stack gap="xs" role="group" aria-label={texts.panel}>
      {draft === undefined ? (
        <>
          <Group gap={6} role="group" aria-label={texts.reason}>
            {choices.map((choice) => (
              <Button
                key={choice.digit}
                size="compact-sm"
                variant="default"
                fw={400}
                leftSection={<Kbd size="xs">{choice.digit}</Kbd>}
                onClick={() => choose(choice)}
                className={choice.reason === 'CONFIRMED' ? 'against' : undefined}
              >
                {tellDraft(choice)}
              </Button>
            ))}
          </Group>
          <Group gap="xs">
            <Button size="sm" onClick={() => choose({ reason: 'NOT_VIOLATION' })}>
              {allow} (A)
            </Button>
            {first !== undefined && (
              <Button size="sm" color="red.9" onClick={() => choose({ reason: 'CONFIRMED', violationType: first })}>
                {remove} (R)
              </Button>
            )}
            <StepMenu work={work} onLeft={onLeft} />
            <Macros draft={undefined} onUse={begin} isAppeal={isAppeal} />
            <div className="lease">{lease}</div>
          </Group>
        </>
      ) : (
        <div className="draft" data-against={isRestriction(draft)}>
          <div className="draft-ends">{lease}</div>
          <DraftForm view={view} draft={draft} onChange={setDraft} onTake={take} />
          {lacksWords(draft) ? (
            <Text size="sm">{appeal.writeWhy}</Text>
          ) : (
            <EffectPreview preview={preview.data} fault={preview.error} />
          )}
          <Group gap="xs" className="draft-ends">
            <Button
              size="sm"
              {...(isRestriction(draft) ? { color: 'red.9' } : {})}
              disabled={!isShown}
              loading={isWanted}
              onClick={() => setWanted(true)}
            >
              {preview.data?.secondReview === undefined ? texts.decide : texts.propose}: {tellDraft(draft)}
            </Button>
            <Button size="sm" variant="default" onClick={() => setDraft(undefined)}>
              {texts.back} (Esc)
            </Button>
            <Macros draft={draft} onUse={setDraft} isAppeal={isAppeal} />
            <Text size="xs" c="dimmed" visibleFrom="sm">
              {isAppeal ? appeal.take : mayTakeByKey(view) ? texts.again : 'Enter'}
            </Text>
          </Group>
        </div>
      )}
    </Stack>
  );
}

/** Of a ring the ticked members are dealt with, the others let go. */
function withKept(view: CaseView, draft: DecisionDraft, kept: ReadonlySet<string> | undefined): DecisionDraft {
  if (!isRestriction(draft) || kept === undefined || groupOf(view) === undefined) return draft;
  // What is not chosen anew stays as it was decided.
  if (draft.ruling !== undefined && (draft.ruling !== 'MODIFIED' || kept.size === 0)) return draft;
  return { ...draft, keepMemberIds: [...kept] };
}
