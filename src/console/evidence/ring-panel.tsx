import { Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useContext, useState } from 'react';
import type { RingEvidence } from '../../domain/evidence.ts';
import { AddressLink } from '../address-link.tsx';
import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { ringTexts } from '../texts/ring-texts.ts';
import { tellTime } from '../wording.ts';
import { MemberChoiceContext } from './member-choice.ts';
import { TickMembers } from './member-ticks.tsx';
import { RingGraph } from './ring-graph.tsx';
import { RingMatrix } from './ring-matrix.tsx';
import { WeighedReasons } from './weighed-reasons.tsx';
import { tellClears, tellEvidence } from './tell-evidence.ts';

/** A ring: who, what, when, as a table or a graph; the members to deal with are ticked in the table. */
export function RingPanel({ ring }: { readonly ring: RingEvidence }) {
  const { clears } = useTexts(evidenceTexts);
  const texts = useTexts(ringTexts);
  const choice = useContext(MemberChoiceContext);
  const [layout, setLayout] = useState<'matrix' | 'graph'>('matrix');
  const { memberAccountIds, firstAtMs, lastAtMs, sellerIds, beneficiarySellerId } = ring;
  return (
    <Stack gap="sm">
      <Text size="sm">
        {tellEvidence(ring)} {texts.ringPeriod(tellTime(firstAtMs), tellTime(lastAtMs))}
      </Text>
      <Group gap="xs" fz="sm">
        {texts.ringSellers}: <SellerLinks ids={sellerIds} />
        {beneficiarySellerId !== undefined && (
          <>
            · {texts.ringGains}: <SellerLinks ids={[beneficiarySellerId]} />
          </>
        )}
      </Group>
      <Group gap="xs">
        <SegmentedControl
          size="xs"
          aria-label={texts.ringView}
          value={layout}
          onChange={setLayout}
          data={[
            { value: 'matrix', label: texts.asMatrix },
            { value: 'graph', label: texts.asGraph },
          ]}
        />
        <TickMembers memberIds={memberAccountIds} />
      </Group>
      {choice !== undefined && (
        <Text size="xs" c="dimmed">
          {texts.ringMembersHint}
        </Text>
      )}
      {layout === 'matrix' ? <RingMatrix ring={ring} /> : <RingGraph ring={ring} />}
      <WeighedReasons terms={ring.terms} />
      <Text size="sm">
        {clears}: {tellClears(ring)}
      </Text>
    </Stack>
  );
}

function SellerLinks({ ids }: { readonly ids: readonly string[] }) {
  return ids.map((id) => (
    <AddressLink inherit key={id} page="/" to={{ seller: id }}>
      {id}
    </AddressLink>
  ));
}
