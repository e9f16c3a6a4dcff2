import { CaseDesk } from '../deciding/case-desk.tsx';
import { usePerson } from '../use-person.ts';
import { CaseDetail, type CaseDetailProps } from './case-detail.tsx';

interface DeskedCaseProps extends Omit<CaseDetailProps, 'work'> {
  readonly isClaimedByPage?: boolean;
  readonly onDecided: () => void;
  readonly onLeft: () => void;
}

/** One case with what this person may do about it; who only reads sees the case alone. */
export function DeskedCase({ isClaimedByPage, onDecided, onLeft, ...shown }: DeskedCaseProps) {
  const { may } = usePerson();
  const { view } = shown;
  if (view === undefined || !may('cases:decide')) return <CaseDetail {...shown} />;
  return (
    <CaseDesk key={view.id} view={view} isClaimedByPage={isClaimedByPage} onDecided={onDecided} onLeft={onLeft}>
      {(work) => <CaseDetail {...shown} work={work} />}
    </CaseDesk>
  );
}
