import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import type { DecisionReason } from '../../domain/decision.ts';
import type { ViolationType } from '../../domain/violation.ts';
import { useTexts } from '../language/use-language.ts';
import { judgingTexts } from '../texts/judging-texts.ts';
import { violationTexts } from '../texts/violation-texts.ts';
import { tellReason, tellViolation } from '../wording.ts';
import { ALLOW_REASONS } from './decision-draft.ts';

type Looks = Pick<NativeSelectProps, 'size' | 'maw'>;

/** What a person may find; the system's own codes say only why somebody looks. */
const VIOLATIONS = (Object.keys(violationTexts.en) as ViolationType[]).filter((type) => !type.startsWith('SYS_'));

interface AllowReasonSelectProps extends Looks {
  readonly value: DecisionReason;
  readonly onChange: (reason: DecisionReason) => void;
}

/** Why a case ends in favour of the seller. */
export function AllowReasonSelect({ value, onChange, ...looks }: AllowReasonSelectProps) {
  const texts = useTexts(judgingTexts);
  return (
    <NativeSelect
      {...looks}
      label={texts.reason}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as DecisionReason)}
      data={ALLOW_REASONS.map((one) => ({ value: one, label: tellReason(one) }))}
    />
  );
}

interface ViolationSelectProps extends Looks {
  readonly value: ViolationType | undefined;
  /** Violations that stand first, as those that were found. */
  readonly first?: readonly ViolationType[];
  readonly onChange: (type: ViolationType) => void;
}

/** Which violation it is. */
export function ViolationSelect({ value, first = [], onChange, ...looks }: ViolationSelectProps) {
  const texts = useTexts(judgingTexts);
  return (
    <NativeSelect
      {...looks}
      label={texts.violation}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value as ViolationType)}
      data={[...new Set([...first, ...VIOLATIONS])].map((one) => ({ value: one, label: tellViolation(one) }))}
    />
  );
}
