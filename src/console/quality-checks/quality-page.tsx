import { Button, Card, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { BlindLook } from '../../domain/views/quality-view.ts';
import { postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { qualityTexts } from '../texts/quality-texts.ts';
import { usePerson } from '../use-person.ts';
import { Agreement } from './agreement.tsx';
import { BlindLookDesk } from './blind-look-desk.tsx';
import { DisputedLooks } from './disputed-looks.tsx';
import { GoldenCases } from './golden-cases.tsx';

/** Second looks that do not see the first, how well people agree, and what a lead settles. */
export function QualityPage() {
  const texts = useTexts(qualityTexts);
  const { may } = usePerson();
  const take = useMutation({ mutationFn: () => postJson<{ look?: BlindLook }>('/v1/quality/next') });
  const look = take.data?.look;
  if (look !== undefined)
    return <BlindLookDesk key={look.id} look={look} onNext={() => take.mutate()} onLeave={take.reset} />;
  return (
    <div className="reading-page">
      <Stack>
        <Title order={2}>{texts.title}</Title>
        {may('cases:decide') && (
          <Card withBorder component="section" aria-label={texts.look}>
            <Title order={3} size="h5">
              {texts.look}
            </Title>
            <Text size="sm" maw={720}>
              {texts.lookHint}
            </Text>
            <Group mt="sm">
              <Button loading={take.isPending} onClick={() => take.mutate()}>
                {texts.take}
              </Button>
              <Text size="sm" role="status">
                {take.error?.message}
                {take.data !== undefined && texts.nothing}
              </Text>
            </Group>
          </Card>
        )}
        {may('cases:lead') && <DisputedLooks />}
        {may('cases:lead') && <GoldenCases />}
        <Agreement />
      </Stack>
    </div>
  );
}
