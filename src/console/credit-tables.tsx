import { Card, List, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CreditReport } from '../domain/credit.ts';
import { tellCreditLine } from './credit-why.ts';
import { tellLedgerEntry, tellPenalty, tellProposal } from './ledger-why.ts';
import { useTexts } from './language/use-language.ts';
import { sellerTexts } from './texts/seller-texts.ts';
import { tellDay, tellNumber, tellSigned, tellViolation } from './wording.ts';

/** Everything that makes a credit score: lines, events, penalties, proposals. */
export function CreditTables({ report }: { readonly report: CreditReport }) {
  const texts = useTexts(sellerTexts);
  const { lines, breakdown, penalties, proposals, evidenceMass, inputsSha256, rulesetDigest } = report;
  return (
    <>
      <Section title={texts.lines}>
        <Rows heads={[texts.effect, texts.reason]} title={texts.lines}>
          {lines.map((line) => (
            <Table.Tr key={`${line.why}-${line.entryId ?? ''}`}>
              <Table.Td className="figure">{line.deltaScore === undefined ? '' : tellSigned(line.deltaScore)}</Table.Td>
              <Table.Td>{tellCreditLine(line)}</Table.Td>
            </Table.Tr>
          ))}
        </Rows>
        <Text size="xs" c="dimmed" mt={4}>
          {texts.evidence(tellNumber(evidenceMass, 1))}{' '}
          {texts.record(inputsSha256.slice(0, 12), rulesetDigest.slice(0, 12))}
        </Text>
      </Section>
      {breakdown.length > 0 && (
        <Section title={texts.breakdown}>
          <Rows heads={[texts.effect, texts.event, texts.reason]} title={texts.breakdown}>
            {breakdown.map(({ entryId, subjectRef, costQuality, why, gist }) => (
              <Table.Tr key={entryId}>
                {/* A cost is told as what it does to the score. */}
                <Table.Td className="figure">{tellSigned(-costQuality)}</Table.Td>
                <Table.Td className="id">{subjectRef}</Table.Td>
                <Table.Td title={why}>{tellLedgerEntry({ why, gist })}</Table.Td>
              </Table.Tr>
            ))}
          </Rows>
        </Section>
      )}
      <Section title={texts.penalties}>
        {penalties.length === 0 && <Text size="sm">{texts.noPenalties}</Text>}
        {penalties.length > 0 && (
          <Rows heads={[texts.counted, texts.violation, texts.reason, texts.runsOut]} title={texts.penalties}>
            {penalties.map((penalty) => (
              <Table.Tr key={penalty.entryId}>
                <Table.Td className="figure">
                  {tellSigned(-penalty.countedPoints)} <small>{texts.booked(penalty.points)}</small>
                </Table.Td>
                <Table.Td>{penalty.violationType === undefined ? '' : tellViolation(penalty.violationType)}</Table.Td>
                <Table.Td title={penalty.why}>{tellPenalty(penalty)}</Table.Td>
                <Table.Td>{tellDay(penalty.expiresAtMs)}</Table.Td>
              </Table.Tr>
            ))}
          </Rows>
        )}
      </Section>
      {proposals.length > 0 && (
        <Section title={texts.proposals}>
          <List size="sm">
            {proposals.map((proposal) => (
              <List.Item key={`${proposal.step}-${proposal.why}`}>
                {proposal.step}: {tellProposal(proposal, report)} ({texts.approvals(proposal.approvals)})
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
  const texts = useTexts(sellerTexts);
  return (
    <div className="scrolled" tabIndex={0} role="region" aria-label={texts.table(title)} data-scrolls>
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
