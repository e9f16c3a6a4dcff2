import { Card, Table, Text, Title } from '@mantine/core';
import type { RulesetView } from '../../domain/views/rules-view.ts';
import { useTexts } from '../language/use-language.ts';
import { tellTime } from '../wording.ts';
import { rulesTexts } from './rules-texts.ts';

/** Live decisions that the version would have made otherwise. */
export function ShadowPanel({ shadow }: { readonly shadow: NonNullable<RulesetView['shadow']> }) {
  const texts = useTexts(rulesTexts);
  return (
    <Card withBorder>
      <Title order={2} size="h4" mb="sm">
        {texts.shadow}
      </Title>
      <Text mb="sm">{texts.shadowTold(shadow.differed, shadow.compared)}</Text>
      {shadow.examples.length > 0 && (
        <Table.ScrollContainer minWidth={560} tabIndex={0} role="region" aria-label={texts.table(texts.shadow)}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{texts.item}</Table.Th>
                <Table.Th>{texts.from}</Table.Th>
                <Table.Th>{texts.to}</Table.Th>
                <Table.Th>{texts.why}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shadow.examples.map(({ checkId, subjectId, from, to, why, at }) => (
                <Table.Tr key={checkId}>
                  <Table.Td>
                    {subjectId}
                    <Text size="xs" c="dimmed">
                      {tellTime(at)}
                    </Text>
                  </Table.Td>
                  <Table.Td>{from}</Table.Td>
                  <Table.Td>{to}</Table.Td>
                  <Table.Td>{why}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}
