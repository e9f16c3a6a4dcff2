import { Alert, Button, Group, Text } from '@mantine/core';
import type { CaseView } from '../../domain/views/case-view.ts';
import { useTexts } from '../language/use-language.ts';
import { claimTexts } from '../texts/claim-texts.ts';
import { decidingTexts } from '../texts/deciding-texts.ts';
import { useNow } from '../use-now.ts';
import { usePerson } from '../use-person.ts';
import { tellTime } from '../wording.ts';
import { RestingCase } from './resting-case.tsx';
import type { CaseWork } from './use-case-work.ts';
import { useLostHold } from './use-lost-hold.ts';
import { Since } from './undo-bar.tsx';

/** From here on the countdown stands out. */
const SOON_MS = 2 * 60_000;

/** `9:41` */
const tellLeft = (leftMs: number): string => {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** States in which somebody can take a case. */
export const CLAIMABLE: ReadonlySet<CaseView['state']> = new Set([
  'OPEN',
  'TRIAGED',
  'QUEUED',
  'CLAIMED',
  'PROPOSED',
  'SECOND_REVIEW',
  'ADJUDICATION',
]);

/** Who works on the case and until when, and what happened when a write was refused. */
export function LeaseStrip({ view, work }: { readonly view: CaseView; readonly work: CaseWork }) {
  const texts = useTexts(claimTexts);
  const nowMs = useNow(1_000);
  const { hold, refusal } = work;
  const { person, may } = usePerson();
  const lost = useLostHold(view, hold, person.id);
  const claim = (): void => void work.claim().catch(() => undefined);
  if (refusal !== undefined) {
    return (
      <Alert color="orange" variant="outline" role="alert" title={texts.stale}>
        <Text size="sm">{refusal.message}</Text>
        <Since refusal={refusal} />
        <Button size="compact-sm" mt={6} onClick={work.forget}>
          {texts.reload}
        </Button>
      </Alert>
    );
  }
  const moved =
    lost.length === 0 ? null : (
      <Alert color="orange" variant="outline" role="alert" title={texts.lost} p="xs">
        <Since refusal={{ message: '', since: lost }} />
      </Alert>
    );
  return (
    <>
      {moved}
      <Standing view={view} work={work} nowMs={nowMs} claim={claim} isAllowed={may('cases:decide')} />
    </>
  );
}

interface StandingProps {
  readonly view: CaseView;
  readonly work: CaseWork;
  readonly nowMs: number;
  readonly claim: () => void;
  readonly isAllowed: boolean;
}

/** Whose the case is at this moment. */
function Standing({ view, work, nowMs, claim, isAllowed }: StandingProps) {
  const texts = useTexts(claimTexts);
  const { dismiss } = useTexts(decidingTexts);
  const { hold, fault, isBusy } = work;
  if (fault !== null) {
    return (
      <Alert
        color="red"
        variant="outline"
        role="alert"
        withCloseButton
        onClose={work.forget}
        closeButtonLabel={dismiss}
      >
        {fault.message}
      </Alert>
    );
  }
  if (isAllowed && !CLAIMABLE.has(view.state)) return <RestingCase view={view} work={work} />;
  const isHeldByOther =
    hold === undefined &&
    view.leaseUntil !== undefined &&
    Date.parse(view.leaseUntil) > nowMs &&
    view.leaseHolder !== undefined;
  if (isHeldByOther) {
    return (
      <Text size="sm">
        {texts.others(view.leaseHolderName ?? view.leaseHolder ?? '', tellTime(view.leaseUntil ?? 0))}
      </Text>
    );
  }
  if (hold !== undefined && hold.untilMs <= nowMs) {
    return (
      <Alert color="orange" variant="outline" role="alert" p="xs">
        <Group gap="sm">
          <Text size="sm" flex={1} miw={220}>
            {texts.lapsed}
          </Text>
          <Button size="compact-sm" loading={isBusy} onClick={claim}>
            {texts.takeAgain} (C)
          </Button>
        </Group>
      </Alert>
    );
  }
  if (hold !== undefined) {
    const leftMs = hold.untilMs - nowMs;
    return (
      <Group gap="xs">
        <Text size="sm" data-due={leftMs < SOON_MS ? 'DUE_SOON' : undefined} className="countdown">
          {hold.reason !== undefined && `${texts.held(hold.reason)} `}
          {leftMs < SOON_MS ? texts.yoursSoon(tellLeft(leftMs)) : texts.yours(tellLeft(leftMs))}
        </Text>
        {leftMs < SOON_MS && (
          <Button size="compact-xs" variant="default" loading={isBusy} onClick={() => void work.step('renew')}>
            {texts.renew}
          </Button>
        )}
        <Button size="compact-xs" variant="subtle" loading={isBusy} onClick={() => void work.step('release')}>
          {texts.giveBack} (C)
        </Button>
      </Group>
    );
  }
  if (!isAllowed) return <Text size="sm">{texts.readOnly}</Text>;
  const wants = { PROPOSED: texts.wantsSecond, ADJUDICATION: texts.wantsAdjudication }[view.state as string];
  return (
    <Group gap="xs">
      <Text size="sm">
        {wants ?? texts.free} {view.assigneeName !== undefined && texts.assigned(view.assigneeName)}
      </Text>
      <Button size="compact-sm" loading={isBusy} onClick={claim}>
        {texts.take} (C)
      </Button>
    </Group>
  );
}
