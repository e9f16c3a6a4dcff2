import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useContext, useState } from 'react';
import type { Evidence } from '../../domain/evidence.ts';
import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { ringTexts } from '../texts/ring-texts.ts';
import { tellCode } from '../wording.ts';
import { IdList } from './id-list.tsx';
import { MemberChoiceContext } from './member-choice.ts';
import { MemberTick, TickMembers } from './member-ticks.tsx';
import { WeighedReasons } from './weighed-reasons.tsx';
import { tellClears, tellEvidence } from './tell-evidence.ts';

type ClusterEvidence = Extract<Evidence, { kind: 'ACCOUNT_CLUSTER' }>;

/** A cluster may hold hundreds of accounts; the first ones give the idea. */
const ACCOUNTS_SHOWN = 40;

/** Accounts that one hand seems to run: what they share, how they act, what that weighs. */
export function ClusterPanel({ cluster }: { readonly cluster: ClusterEvidence }) {
  const texts = useTexts(evidenceTexts);
  const { accountIds, identifierKinds, behaviours } = cluster;
  return (
    <Stack gap="xs">
      <Text size="sm">{tellEvidence(cluster)}</Text>
      <Named label={texts.share} values={identifierKinds} />
      <Named label={texts.act} values={behaviours} />
      <WeighedReasons terms={cluster.terms} />
      <Members ids={accountIds} />
      <Text size="sm">
        {texts.clears}: {tellClears(cluster)}
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
          {tellCode(value)}
        </Badge>
      ))}
    </Group>
  );
}

/** The accounts of a cluster; where it can be decided, each with a tick for what is dealt with. */
function Members({ ids }: { readonly ids: readonly string[] }) {
  const texts = useTexts(evidenceTexts);
  const { clusterMembersHint } = useTexts(ringTexts);
  const choice = useContext(MemberChoiceContext);
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? ids : ids.slice(0, ACCOUNTS_SHOWN);
  const left = ids.length - shown.length;
  return (
    <>
      {choice !== undefined && (
        <>
          <TickMembers memberIds={ids} />
          <Text size="xs" c="dimmed">
            {clusterMembersHint}
          </Text>
        </>
      )}
      <Text size="sm" component="div">
        {texts.accounts(ids.length)}: {choice === undefined && <IdList ids={shown} />}
      </Text>
      {choice !== undefined && (
        <ul className="member-ticks id">
          {shown.map((id) => (
            <li key={id} data-kept={choice.keptIds.has(id)}>
              <MemberTick id={id} />
            </li>
          ))}
        </ul>
      )}
      {left > 0 && (
        <Button variant="subtle" size="compact-xs" px={0} onClick={() => setShowsAll(true)} className="to-start">
          {texts.more(left)}
        </Button>
      )}
    </>
  );
}
