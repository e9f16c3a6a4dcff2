import { Card, List, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CreditReport } from '../domain/credit.ts';
import { tellDay, tellSigned, tellViolation } from './wording.ts';

const TEXTS = {
  lines: 'Why the score and the tier are what they are',
  effect: 'Points',
  reason: 'Reason',
  breakdown: 'Events that move the score most',
  event: 'Event',
  penalties: 'Penalties in force',
  violation: 'Violation',
  counted: 'Counted',
  booked: (points: number) => `of ${points} booked`,
  runsOut: 'Runs out',
  noPenalties: 'No penalty is in force.',
  proposals: 'Steps that people may take',
  approvals: (count: number) => (count === 1 ? 'one person must agree' : `${count} people must agree`),
  evidence: (mass: number) => `All evidence in force weighs as much as ${mass.toFixed(1)} fresh orders with a verdict.`,
  record: (inputs: string, rules: string) => `Inputs ${inputs}, rules ${rules}: the same give the same score.`,
} as const;

/** Everything that makes a credit score: lines, events, penalties, proposals. */
export function CreditTables({ report }: { readonly report: CreditReport }) {
  const { lines, breakdown, penalties, proposals, evidenceMass, inputsSha256, rulesetDigest } = report;
  return (
    <>
      <Section title={TEXTS.lines}>
        <Rows heads={[TEXTS.effect, TEXTS.reason]} title={TEXTS.lines}>
          {lines.map((line) => (
            <Table.Tr key={`${line.why}-${line.entryId ?? ''}`}>
              <Table.Td className="figure">{line.deltaScore === undefined ? '' : tellSigned(line.deltaScore)}</Table.Td>
              <Table.Td>{line.why}</Table.Td>
            </Table.Tr>
          ))}
        </Rows>
        <Text size="xs" c="dimmed" mt={4}>
          {TEXTS.evidence(evidenceMass)} {TEXTS.record(inputsSha256.slice(0, 12), rulesetDigest.slice(0, 12))}
        </Text>
      </Section>
      {breakdown.length > 0 && (
        <Section title={TEXTS.breakdown}>
          <Rows heads={[TEXTS.effect, TEXTS.event, TEXTS.reason]} title={TEXTS.breakdown}>
            {breakdown.map(({ entryId, subjectRef, costQuality, why }) => (
              <Table.Tr key={entryId}>
                {/* A cost is told as what it does to the score. */}
                <Table.Td className="figure">{tellSigned(-costQuality)}</Table.Td>
                <Table.Td className="id">{subjectRef}</Table.Td>
                <Table.Td>{why}</Table.Td>
              </Table.Tr>
            ))}
          </Rows>
        </Section>
      )}
      <Section title={TEXTS.penalties}>
        {penalties.length === 0 && <Text size="sm">{TEXTS.noPenalties}</Text>}
        {penalties.length > 0 && (
          <Rows heads={[TEXTS.counted, TEXTS.violation, TEXTS.reason, TEXTS.runsOut]} title={TEXTS.penalties}>
            {penalties.map((penalty) => (
              <Table.Tr key={penalty.entryId}>
                <Table.Td className="figure">
                  {tellSigned(-penalty.countedPoints)} <small>{TEXTS.booked(penalty.points)}</small>
                </Table.Td>
                <Table.Td>{penalty.violationType === undefined ? '' : tellViolation(penalty.violationType)}</Table.Td>
                <Table.Td>{penalty.why}</Table.Td>
                <Table.Td>{tellDay(penalty.expiresAtMs)}</Table.Td>
              </Table.Tr>
            ))}
          </Rows>
        )}
      </Section>
      {proposals.length > 0 && (
        <Section title={TEXTS.proposals}>
          <List size="sm">
            {proposals.map(({ step, why, approvals }) => (
              <List.Item key={`${step}-${why}`}>
                {step}: {why} ({TEXTS.approvals(approvals)})
              </List.Item>
            ))}
          </List>
        </Section>
      )}
    </>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Card withBorder component="section" aria-label={title}>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      {children}
    </Card>
  );
}

interface RowsProps {
  readonly heads: readonly string[];
  readonly title: string;
  readonly children: ReactNode;
}

function Rows({ heads, title, children }: RowsProps) {
  return (
    <div className="scrolled" tabIndex={0} role="region" aria-label={`${title}, table`} data-scrolls>
      <Table verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head} scope="col">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </div>
  );
}
