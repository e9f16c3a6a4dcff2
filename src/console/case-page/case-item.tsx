import { Badge, Group, List, Text, Title } from '@mantine/core';
import type { CaseItemView } from '../../domain/views/case-view.ts';
import type { CheckView, FindingView } from '../../domain/views/check-view.ts';
import { EvidenceList } from '../evidence/evidence-list.tsx';
import { tellFinding, tellFiredRule } from '../evidence/tell-evidence.ts';
import { useTexts } from '../language/use-language.ts';
import { caseTexts } from '../texts/case-texts.ts';
import { RuleExplanation } from './rule-explanation.tsx';
import { SubjectCard } from './subject-card.tsx';
import { tellKind, tellName, tellOutcome, tellPercent, tellTime, tellViolation } from '../wording.ts';

interface CaseItemProps {
  readonly item: CaseItemView;
  /** What stands above all items already. */
  readonly caseSummary: string;
  readonly isOpenAtFirst: boolean;
}

/** One checked item: what it is, what was found and why, what the rules make of it. */
export function CaseItem({ item, caseSummary, isOpenAtFirst }: CaseItemProps) {
  const texts = useTexts(caseTexts);
  const { check, subject } = item;
  const isOfGroup = check.findings.some(({ evidence }) =>
    evidence.some(({ kind }) => kind === 'RING' || kind === 'ACCOUNT_CLUSTER'),
  );
  const titleOf = (): string => {
    const title = subject?.payload['title'];
    return typeof title === 'string' ? title : `${tellKind(check.subject.kind)} ${check.subject.id}`;
  };
  return (
    <details className="item" open={isOpenAtFirst}>
      <summary>
        <Title order={3} size="h5" component="span" role="heading" aria-level={3}>
          {isOfGroup ? tellViolation(check.findings[0]?.violationType ?? check.subject.kind) : titleOf()}
        </Title>
        {check.outcome !== undefined && <Badge variant="default">{tellOutcome(check.outcome)}</Badge>}
      </summary>
      <div className="item-body">
        {withPicturesFirst(check.findings).map((finding) => (
          <FindingSection
            key={finding.id}
            finding={finding}
            item={item}
            isAlone={isOfGroup && check.findings.length === 1}
            isTold={finding.summary === caseSummary}
          />
        ))}
        {check.findings.length === 0 && <Text>{texts.nothing}</Text>}
        {/* Of a ring or cluster one check among many says little about its own subject. */}
        {subject !== undefined && !isOfGroup && (
          <SubjectCard kind={check.subject.kind} subject={subject} findings={check.findings} />
        )}
        {check.decision !== undefined && (
          <DecisionSection decision={check.decision} checkId={check.id} findings={check.findings} />
        )}
      </div>
    </details>
  );
}

/** What the eye judges quickest comes first. */
function withPicturesFirst(findings: readonly FindingView[]): readonly FindingView[] {
  const rank = ({ evidence }: FindingView): number => (evidence.some(({ kind }) => kind === 'PICTURE_MATCH') ? 0 : 1);
  return findings.toSorted((left, right) => rank(left) - rank(right) || right.probability - left.probability);
}

interface FindingSectionProps {
  readonly finding: FindingView;
  readonly item: CaseItemView;
  /** Its type is the title of the item already. */
  readonly isAlone: boolean;
  /** Its sentence stands above the item already. */
  readonly isTold: boolean;
}

function FindingSection({ finding, item, isAlone, isTold }: FindingSectionProps) {
  const texts = useTexts(caseTexts);
  return (
    <section>
      <Group gap="xs" mb={4}>
        {!isAlone && (
          <Title order={4} size="h6">
            {tellViolation(finding.violationType)}
          </Title>
        )}
        <Badge variant="default">{texts.likely(tellPercent(finding.probability))}</Badge>
      </Group>
      {!isTold && <Text>{tellFinding(finding)}</Text>}
      <EvidenceList evidence={finding.evidence} item={item} />
    </section>
  );
}

interface DecisionSectionProps {
  readonly decision: NonNullable<CheckView['decision']>;
  readonly checkId: string;
  readonly findings: readonly FindingView[];
}

function DecisionSection({ decision, checkId, findings }: DecisionSectionProps) {
  const texts = useTexts(caseTexts);
  const { outcome, holdUntilMs, firedRules, proposedPoints, proposedStrikes, step, rulesetDigest } = decision;
  return (
    <section>
      <Title order={4} size="h6">
        {texts.rules}
      </Title>
      <Text size="sm">
        {tellName(step).toUpperCase()}: {tellOutcome(outcome)}
        {holdUntilMs === undefined ? '' : ` ${texts.heldUntil(tellTime(holdUntilMs))}`}.
        {proposedPoints + proposedStrikes > 0 && ` ${texts.proposed} ${texts.points(proposedPoints, proposedStrikes)}.`}{' '}
        <Text span size="xs" c="dimmed" inherit={false}>
          {texts.ruleset(rulesetDigest.slice(0, 12))}
        </Text>
      </Text>
      <List size="sm">
        {firedRules.map((rule) => (
          <List.Item key={rule.ruleId} title={rule.why}>
            {tellFiredRule(rule, findings)}{' '}
            <Text span size="xs" c="dimmed" className="id">
              {rule.ruleId}
            </Text>
          </List.Item>
        ))}
      </List>
      <RuleExplanation checkId={checkId} />
    </section>
  );
}
