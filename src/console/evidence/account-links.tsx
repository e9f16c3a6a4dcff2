import { Table, Text } from '@mantine/core';
import type { Evidence } from '../../domain/evidence.ts';
import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { tellCode } from '../wording.ts';
import { IdList } from './id-list.tsx';

type LinkEvidence = Extract<Evidence, { kind: 'ACCOUNT_LINK' }>;

interface SharedValue {
  readonly linkKind: string;
  readonly why: string;
  readonly sharedBy: number;
  readonly accountIds: Set<string>;
}

/** Links between accounts, gathered by what is shared: a row tells one value and everybody who has it. */
export function AccountLinks({ links }: { readonly links: readonly LinkEvidence[] }) {
  const texts = useTexts(evidenceTexts);
  if (links.length === 0) return null;
  return (
    <Table verticalSpacing={4} fz="sm" captionSide="top">
      <Table.Caption ta="start" fz="xs">
        {texts.linksCaption}
      </Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{texts.shared}</Table.Th>
          <Table.Th scope="col">{texts.sharedByHead}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {gatherValues(links).map((value) => (
          <Table.Tr key={[value.linkKind, ...value.accountIds].join(' ')}>
            <Table.Td title={value.why}>
              {tellCode(value.linkKind)}
              <Text size="xs" c="dimmed">
                {texts.sharedBy(value.sharedBy)}
              </Text>
            </Table.Td>
            <Table.Td>
              <IdList ids={[...value.accountIds]} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Links of one kind, shared by as many accounts, that have an account in common tell of one value. */
function gatherValues(links: readonly LinkEvidence[]): readonly SharedValue[] {
  let values: SharedValue[] = [];
  for (const { linkKind, sharedBy, accountIds, why } of links) {
    const isSame = (value: SharedValue): boolean =>
      value.linkKind === linkKind && value.sharedBy === sharedBy && accountIds.some((id) => value.accountIds.has(id));
    const joined = values.filter(isSame);
    const all = new Set([...joined.flatMap((value) => [...value.accountIds]), ...accountIds]);
    values = [...values.filter((value) => !isSame(value)), { linkKind, sharedBy, why, accountIds: all }];
  }
  return values.toSorted((left, right) => right.accountIds.size - left.accountIds.size);
}
