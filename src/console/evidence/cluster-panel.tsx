import { Badge, Group, Stack, Text } from '@mantine/core';
import type { Evidence } from '../../domain/evidence.ts';
import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { tellName } from '../wording.ts';
import { IdList } from './id-list.tsx';
import { WeighedReasons } from './weighed-reasons.tsx';

type ClusterEvidence = Extract<Evidence, { kind: 'ACCOUNT_CLUSTER' }>;

/** A cluster may hold hundreds of accounts; the first ones give the idea. */
const ACCOUNTS_SHOWN = 40;

/** Accounts that one hand seems to run: what they share, how they act, what that weighs. */
export function ClusterPanel({ cluster }: { readonly cluster: ClusterEvidence }) {
  const texts = useTexts(evidenceTexts);
  const { accountIds, identifierKinds, behaviours } = cluster;
  const left = accountIds.length - ACCOUNTS_SHOWN;
  return (
    <Stack gap="xs">
      <Text size="sm">{cluster.why}</Text>
      <Named label={texts.share} values={identifierKinds} />
      <Named label={texts.act} values={behaviours} />
      <WeighedReasons terms={cluster.terms} />
      <Text size="sm">
        {texts.accounts(accountIds.length)}: <IdList ids={accountIds.slice(0, ACCOUNTS_SHOWN)} />
        {left > 0 && ` ${texts.more(left)}`}
      </Text>
      <Text size="sm">
        {texts.clears}: {cluster.clearedBy}
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
