import { Group, Image, Stack, Text, Title } from '@mantine/core';
import type { Evidence } from '../domain/evidence.ts';
import type { SubjectKind } from '../domain/finding.ts';
import type { CaseItemView } from '../domain/views/case-view.ts';
import type { FindingView } from '../domain/views/check-view.ts';
import { previewUrl } from './api.ts';
import { MarkedText } from './evidence/marked-text.tsx';
import { tellMoney, tellTime } from './wording.ts';

interface SubjectCardProps {
  readonly kind: SubjectKind;
  readonly subject: NonNullable<CaseItemView['subject']>;
  readonly findings: readonly FindingView[];
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The item as it was sent, with the words marked that evidence speaks of. */
export function SubjectCard({ kind, subject, findings }: SubjectCardProps) {
  const { payload, pictures, status } = subject;
  const spans = findings.flatMap(({ evidence }) => evidence).filter((piece) => piece.kind === 'TEXT_SPAN');
  const marked = (field: string, text: string) => (
    <MarkedText
      text={text}
      spans={spans.filter((span: Extract<Evidence, { kind: 'TEXT_SPAN' }>) => span.field === field)}
    />
  );
  if (kind === 'LISTING') {
    return (
      <section>
        <Title order={4} size="h6" mb="xs">
          The listing {asText(payload['id'])} {status === undefined ? '' : `(${status.toLowerCase()})`}
        </Title>
        <Group align="flex-start" wrap="nowrap" gap="md">
          {pictures.slice(0, 3).map(({ position, contentSha256 }) => (
            <Image
              key={position}
              src={previewUrl(contentSha256)}
              alt={`Picture ${position + 1} of the listing`}
              w={96}
              radius="sm"
            />
          ))}
          <Stack gap={4} style={{ minWidth: 0 }}>
            <Text fw={600} component="div">
              {marked('title', asText(payload['title']))}
            </Text>
            <Text size="sm" c="dimmed">
              {tellMoney(Number(payload['priceMinor']), asText(payload['currency']) || 'USD')}
              {payload['brand'] === undefined ? '' : ' · brand '}
              {payload['brand'] !== undefined && marked('brand', asText(payload['brand']))}
              {payload['category'] === undefined ? '' : ` · ${asText(payload['category'])}`}
            </Text>
            <Text size="sm" component="div">
              {marked('description', asText(payload['description']))}
            </Text>
          </Stack>
        </Group>
      </section>
    );
  }
  if (kind === 'REVIEW') {
    return (
      <section>
        <Title order={4} size="h6" mb="xs">
          The review {asText(payload['id'])} {status === undefined ? '' : `(${status.toLowerCase()})`}
        </Title>
        <Text component="div">
          {'★'.repeat(Number(payload['stars']))} {marked('review', asText(payload['text']))}
        </Text>
        <Text size="sm" c="dimmed">
          by {asText(payload['accountId'])} on {tellTime(asText(payload['createdAt']))}
        </Text>
      </section>
    );
  }
  return null;
}
