import { Card, Table, Text, Title } from '@mantine/core';
import type { RulesetView } from '../../domain/views/rules-view.ts';
import { useTexts } from '../language/use-language.ts';
import { tellTime } from '../wording.ts';
import { rulesTexts } from './rules-texts.ts';
import { SubjectLink } from './subject-link.tsx';
import { WideTable } from '../wide-table.tsx';

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
        <WideTable
          label={texts.table(texts.shadow)}
          minWidth={560}
          columns={[texts.item, texts.from, texts.to, texts.why]}
        >
          {shadow.examples.map(({ checkId, subjectKind, subjectId, from, to, why, at }) => (
            <Table.Tr key={checkId}>
              <Table.Td>
                <SubjectLink kind={subjectKind} id={subjectId} />
                <Text size="xs" c="dimmed">
                  {tellTime(at)}
                </Text>
              </Table.Td>
              <Table.Td>{from}</Table.Td>
              <Table.Td>{to}</Table.Td>
              <Table.Td>{why}</Table.Td>
            </Table.Tr>
          ))}
        </WideTable>
      )}
    </Card>
  );
}
