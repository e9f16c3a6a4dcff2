import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useContext, useState } from 'react';
import type { RingEvidence } from '../../domain/evidence.ts';
import { AddressLink } from '../address-link.tsx';
import { useTexts } from '../language/use-language.ts';
import { evidenceTexts } from '../texts/evidence-texts.ts';
import { ringTexts } from '../texts/ring-texts.ts';
import { tellTime } from '../wording.ts';
import { RingChoiceContext } from './ring-choice.ts';
import { RingGraph } from './ring-graph.tsx';
import { RingMatrix } from './ring-matrix.tsx';
import { WeighedReasons } from './weighed-reasons.tsx';

/** A ring: who, what, when, as a table or a graph; the members to deal with are ticked in the table. */
export function RingPanel({ ring }: { readonly ring: RingEvidence }) {
  const { clears } = useTexts(evidenceTexts);
  const texts = useTexts(ringTexts);
  const choice = useContext(RingChoiceContext);
  const [layout, setLayout] = useState<'matrix' | 'graph'>('matrix');
  const { memberAccountIds, firstAtMs, lastAtMs, sellerIds, beneficiarySellerId } = ring;
  const keptCount = memberAccountIds.filter((id) => choice?.keptIds.has(id) === true).length;
  return (
    <Stack gap="sm">
      <Text size="sm">
        {ring.why} {texts.ringPeriod(tellTime(firstAtMs), tellTime(lastAtMs))}
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
        {choice !== undefined && (
          <>
            <Button size="compact-xs" variant="default" onClick={() => choice.keep(memberAccountIds, false)}>
              {texts.tickAll}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => choice.keep(memberAccountIds, true)}>
              {texts.tickNone}
            </Button>
            <Text size="sm" role="status">
              {texts.ringSplit(memberAccountIds.length - keptCount, keptCount)}
            </Text>
          </>
        )}
      </Group>
      {choice !== undefined && (
        <Text size="xs" c="dimmed">
          {texts.ringMembersHint}
        </Text>
      )}
      {layout === 'matrix' ? <RingMatrix ring={ring} /> : <RingGraph ring={ring} />}
      <WeighedReasons terms={ring.terms} />
      <Text size="sm">
        {clears}: {ring.clearedBy}
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
