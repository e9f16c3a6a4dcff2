import { Card, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Mark } from '../../domain/mark.ts';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { caseTexts } from '../texts/case-texts.ts';
import { tellCode, tellDay } from '../wording.ts';

interface MarkCardProps {
  readonly markId: string | undefined;
  readonly sellerId: string | undefined;
}

/** The mark that a case is about: what is registered, for what, and whether this seller may use it. */
export function MarkCard({ markId, sellerId }: MarkCardProps) {
  return markId === undefined ? null : <OneMark markId={markId} sellerId={sellerId} />;
}

function OneMark({ markId, sellerId }: { readonly markId: string; readonly sellerId: string | undefined }) {
  const texts = useTexts(caseTexts);
  const { data } = useQuery({
    queryKey: ['mark', markId],
    queryFn: () => callApi<{ readonly mark: Mark }>(`/v1/marks/${encodeURIComponent(markId)}`),
    staleTime: 300_000,
    retry: false,
  });
  if (data === undefined) return null;
  const { mark } = data;
  const isAuthorised =
    mark.ownSellerIds.some((id) => id === sellerId) || mark.authorizations.some((one) => one.sellerId === sellerId);
  return (
    <Card withBorder component="section" aria-label={texts.mark}>
      <Title order={3} size="h6" mb={4}>
        {texts.mark}: {mark.wordMarkSpecification.markVerbalElementText}
      </Title>
      <Text size="xs">
        {tellCode(mark.markCurrentStatusCode)}
        {mark.registrationNumber !== undefined && ` · ${mark.registrationOfficeCode ?? ''} ${mark.registrationNumber}`}
        {mark.registrationDate !== undefined && ` · ${tellDay(mark.registrationDate)}`}
        {mark.territories.length > 0 && ` · ${mark.territories.join(', ')}`}
      </Text>
      {mark.niceClasses.length > 0 && (
        <Text size="xs">
          {texts.classes}: {mark.niceClasses.join(', ')}
        </Text>
      )}
      <Text size="xs">
        {texts.holder}: <span className="id">{mark.rightsHolderId}</span>
      </Text>
      <Text size="xs">
        {texts.authorised(mark.authorizations.length + mark.ownSellerIds.length)}.{' '}
        <b>{isAuthorised ? texts.sellerIsAuthorised : texts.sellerIsNotAuthorised}</b>
      </Text>
    </Card>
  );
}
