import { Alert, Badge, Button, Center, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { CaseItemView, CaseView } from '../../domain/views/case-view.ts';
import { tellCase } from '../evidence/tell-evidence.ts';
import { useTexts } from '../language/use-language.ts';
import { coverPictures, togglePictures, usePicturePrivacy } from '../picture-privacy.ts';
import { SellerCard } from '../seller-card.tsx';
import { caseTexts } from '../texts/case-texts.ts';
import { useKeys } from '../use-keys.ts';
import { SEVERITY_COLORS, tellDue, tellQueue, tellSeverity, tellViolation } from '../wording.ts';
import { CaseDecisions } from '../deciding/case-decisions.tsx';
import { appealOf } from '../deciding/decision-draft.ts';
import { AppealCard } from '../seller-appeals/appeal-card.tsx';
import { AppealList } from '../seller-appeals/appeal-list.tsx';
import { CaseHistory } from './case-history.tsx';
import { CaseItem } from './case-item.tsx';
import { MarkCard } from './mark-card.tsx';
import { OtherCases } from './other-cases.tsx';
import { SamePicture } from './same-picture.tsx';
import { SimilarCases } from './similar-cases.tsx';

export interface CaseDetailProps {
  readonly view: CaseView | undefined;
  readonly fault: Error | null;
  readonly isEmpty: boolean;
  readonly onAgain: () => void;
  /** What can be done about the case; stands below its head. */
  readonly work?: React.ReactNode;
  /** Nothing that tells how the case was decided is shown. */
  readonly isBlind?: boolean;
}

/** Items that are unfolded at first; the rest opens on demand. */
const OPEN_ITEMS = 3;

/** One case: why it fired, the evidence, the item itself, the seller beside it. */
export function CaseDetail({ view, fault, isEmpty, onAgain, work, isBlind = false }: CaseDetailProps) {
  const texts = useTexts(caseTexts);
  if (fault !== null && view === undefined) {
    return (
      <Alert color="red" variant="outline" title={texts.broken}>
        <Stack gap="xs" align="flex-start">
          {fault.message}
          <Button size="xs" onClick={onAgain}>
            {texts.again}
          </Button>
        </Stack>
      </Alert>
    );
  }
  if (isEmpty) {
    return (
      <Center h="100%">
        <Text c="dimmed">{texts.choose}</Text>
      </Center>
    );
  }
  if (view === undefined) {
    return (
      <Stack role="status" aria-label={texts.loading}>
        <Skeleton height={28} width="40%" />
        <Skeleton height={20} width="80%" />
        <Skeleton height={320} />
      </Stack>
    );
  }
  return <OneCase key={view.id} view={view} work={work} isBlind={isBlind} />;
}

interface OneCaseProps {
  readonly view: CaseView;
  readonly work: React.ReactNode;
  readonly isBlind: boolean;
}

function OneCase({ view, work, isBlind }: OneCaseProps) {
  const texts = useTexts(caseTexts);
  const privacy = usePicturePrivacy();
  useKeys([{ keys: ['p'], does: texts.unblur, run: togglePictures, isMinor: privacy === 'clear' }]);
  // Pictures that were uncovered for one case are covered again for the next.
  useEffect(() => coverPictures, []);
  const heard = appealOf(view);
  const against = view.appeals.flatMap(({ appeal }) => (appeal.caseId === view.id ? [appeal] : []));
  return (
    <article className="case" data-case={view.id} aria-label={tellViolation(view.violationType)}>
      <div className="case-body" tabIndex={0} data-scrolls role="group" aria-label={texts.evidence}>
        <header>
          <Group gap="xs">
            <Badge color={SEVERITY_COLORS[view.severity]} variant="filled" tt="none">
              {tellSeverity(view.severity)}
            </Badge>
            <Text size="sm" c="dimmed">
              {texts.queue}: {tellQueue(view.queue)} · <span data-due={view.sla}>{tellDue(view.dueAt)}</span>
            </Text>
            {privacy !== 'clear' && (
              <Button size="compact-xs" variant="default" onClick={togglePictures} title={texts.covered}>
                {texts.unblurButton} (P)
              </Button>
            )}
          </Group>
          <Title order={2} size="h3" mt={4}>
            {tellViolation(view.violationType)}
          </Title>
          <Text size="lg">{tellCase(view)}</Text>
        </header>
        <div className="case-items">
          {heard !== undefined && <AppealCard {...heard} />}
          {latestOfEach(view.items).map((item, at) => (
            <CaseItem key={item.check.id} item={item} caseSummary={view.summary} isOpenAtFirst={at < OPEN_ITEMS} />
          ))}
          {view.itemCount > view.items.length && (
            <Text c="dimmed">{texts.notShown(view.items.length, view.itemCount)}</Text>
          )}
        </div>
        <aside className="case-aside">
          {view.seller !== undefined && <SellerCard view={view.seller} />}
          {view.sellerId !== undefined && <OtherCases sellerId={view.sellerId} caseId={view.id} />}
          {!isBlind && <SamePicture caseId={view.id} />}
          {!isBlind && against.length > 0 && <AppealList items={against} />}
          {!isBlind && <CaseDecisions view={view} />}
          <MarkCard markId={markOf(view)} sellerId={view.sellerId} />
          <SimilarCases caseId={view.id} />
          {!isBlind && <CaseHistory events={view.events} />}
        </aside>
      </div>
      {work !== undefined && work !== null && <div className="case-work">{work}</div>}
    </article>
  );
}

/** The mark that the case is gathered by, else the first that its evidence names. */
function markOf(view: CaseView): string | undefined {
  if (view.markId !== undefined) return view.markId;
  return view.items
    .flatMap(({ check }) => check.findings)
    .flatMap(({ evidence }) => evidence)
    .flatMap((piece) => (piece.kind === 'TEXT_SPAN' || piece.kind === 'PICTURE_MATCH' ? [piece.markId] : []))
    .find((id) => id !== undefined);
}

/** Of several checks of one subject, ring or cluster the newest tells it all: rings grow with every review. */
export function latestOfEach(items: readonly CaseItemView[]): readonly CaseItemView[] {
  const newestFirst = items.toSorted((left, right) => Date.parse(right.addedAt) - Date.parse(left.addedAt));
  const seen = new Set<string>();
  const kept = newestFirst.filter(({ check }) => {
    const key = groupOf(check) ?? `${check.subject.kind}/${check.subject.id}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  // The strongest first, whatever came last.
  return kept.toSorted((left, right) => strengthOf(right) - strengthOf(left));
}

const strengthOf = ({ check }: CaseItemView): number => check.decision?.risk01 ?? 0;

function groupOf({ findings }: CaseItemView['check']): string | undefined {
  for (const piece of findings.flatMap(({ evidence }) => evidence)) {
    if (piece.kind === 'RING') return piece.ringId;
    if (piece.kind === 'ACCOUNT_CLUSTER') return piece.clusterId;
  }
  return undefined;
}
