import { Badge, Group, Stack, Text } from '@mantine/core';
import type { Evidence } from '../../domain/evidence.ts';
import { tellName } from '../wording.ts';
import { IdList } from './id-list.tsx';
import { WeighedReasons } from './weighed-reasons.tsx';

type ClusterEvidence = Extract<Evidence, { kind: 'ACCOUNT_CLUSTER' }>;

const TEXTS = {
  share: 'They share',
  act: 'They act alike',
  accounts: (count: number) => `${count} accounts`,
  more: (count: number) => `and ${count} more`,
  clears: 'What would clear them',
} as const;

/** A cluster may hold hundreds of accounts; the first ones give the idea. */
const ACCOUNTS_SHOWN = 40;

/** Accounts that one hand seems to run: what they share, how they act, what that weighs. */
export function ClusterPanel({ cluster }: { readonly cluster: ClusterEvidence }) {
  const { accountIds, identifierKinds, behaviours } = cluster;
  const left = accountIds.length - ACCOUNTS_SHOWN;
  return (
    <Stack gap="xs">
      <Text size="sm">{cluster.why}</Text>
      <Named label={TEXTS.share} values={identifierKinds} />
      <Named label={TEXTS.act} values={behaviours} />
      <WeighedReasons terms={cluster.terms} />
      <Text size="sm">
        {TEXTS.accounts(accountIds.length)}: <IdList ids={accountIds.slice(0, ACCOUNTS_SHOWN)} />
        {left > 0 && ` ${TEXTS.more(left)}`}
      </Text>
      <Text size="sm">
        {TEXTS.clears}: {cluster.clearedBy}
      </Text>
    </Stack>
  );
}

function Named({ label, values }: { readonly label: string; readonly values: readonly string[] }) {
  if (values.length === 0) return null;
  return (
    <Group gap={6}>
      <Text size="sm">{label}:</Text>
      {values.map((value) => (
        <Badge key={value} variant="default" tt="none">
          {tellName(value)}
        </Badge>
      ))}
    </Group>
  );
}
