import { Button, Group, Image, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { TextSpanEvidence } from '../../domain/evidence.ts';
import type { SubjectKind } from '../../domain/finding.ts';
import type { CaseItemView } from '../../domain/views/case-view.ts';
import type { FindingView } from '../../domain/views/check-view.ts';
import { previewUrl } from '../api.ts';
import { tellEvidence } from '../evidence/tell-evidence.ts';
import { MarkedText } from '../evidence/marked-text.tsx';
import { useTexts } from '../language/use-language.ts';
import { caseTexts } from '../texts/case-texts.ts';
import { tellMoney, tellStatus, tellTime } from '../wording.ts';

interface SubjectCardProps {
  readonly kind: SubjectKind;
  readonly subject: NonNullable<CaseItemView['subject']>;
  readonly findings: readonly FindingView[];
}

/** Characters from which a description is folded. */
const FOLD_AT = 600;

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The item as it was sent, with the words marked that evidence speaks of. */
export function SubjectCard({ kind, subject, findings }: SubjectCardProps) {
  const texts = useTexts(caseTexts);
  const { payload, pictures, status } = subject;
  const spans = findings
    .flatMap(({ evidence }) => evidence)
    .filter((piece): piece is TextSpanEvidence => piece.kind === 'TEXT_SPAN')
    .map((span) => ({ ...span, why: tellEvidence(span) }));
  const marked = (field: string, text: string) => (
    <MarkedText text={text} spans={spans.filter((span) => span.field === field)} />
  );
  const heading = (text: string) => (
    <Title order={4} size="h6" mb={4}>
      {text}{' '}
      <Text span size="xs" c="dimmed" fw={400} className="id">
        {asText(payload['id'])}
        {status === undefined ? '' : ` · ${tellStatus(status)}`}
      </Text>
    </Title>
  );
  if (kind === 'LISTING') {
    // An attribute is shown where evidence speaks of it; all of them would bury the rest.
    const attributes = Object.entries((payload['attributes'] ?? {}) as Record<string, unknown>).filter(([name]) =>
      spans.some(({ field }) => field === `attributes.${name}`),
    );
    return (
      <section>
        {heading(texts.listing)}
        <Group align="flex-start" wrap="nowrap" gap="md">
          {pictures.length > 0 && (
            <Group gap={6} maw={200}>
              {pictures.slice(0, 4).map(({ position, contentSha256 }) => (
                <Image
                  className="private-picture"
                  key={position}
                  src={previewUrl(contentSha256)}
                  alt={texts.picture(position + 1)}
                  loading="lazy"
                  w={pictures.length === 1 ? 120 : 96}
                  radius="sm"
                />
              ))}
            </Group>
          )}
          <Stack gap={4} miw={0}>
            <Text fw={600} component="div">
              {marked('title', asText(payload['title']))}
            </Text>
            <Text size="sm" c="dimmed" component="div">
              {tellMoney(Number(payload['priceMinor']), asText(payload['currency']) || 'USD')}
              {payload['brand'] === undefined ? '' : ` · ${texts.brand} `}
              {payload['brand'] !== undefined && marked('brand', asText(payload['brand']))}
              {payload['category'] === undefined ? '' : ` · ${asText(payload['category'])}`}
            </Text>
            <Folded length={asText(payload['description']).length}>
              {marked('description', asText(payload['description']))}
            </Folded>
            {attributes.map(([name, value]) => (
              <Text key={name} size="sm" component="div">
                {name}: {marked(`attributes.${name}`, asText(value))}
              </Text>
            ))}
          </Stack>
        </Group>
      </section>
    );
  }
  if (kind === 'REVIEW') {
    const stars = Number(payload['stars']);
    return (
      <section>
        {heading(texts.review)}
        <Text component="div">
          <span role="img" aria-label={texts.stars(stars)}>
            {'★'.repeat(stars)}
            {'☆'.repeat(Math.max(0, 5 - stars))}
          </span>{' '}
          {marked('review', asText(payload['text']))}
        </Text>
        <Text size="sm" c="dimmed">
          {texts.writtenBy(asText(payload['accountId']), tellTime(asText(payload['createdAt'])))}
        </Text>
      </section>
    );
  }
  return null;
}

function Folded({ length, children }: { readonly length: number; readonly children: ReactNode }) {
  const texts = useTexts(caseTexts);
  const [isOpen, setOpen] = useState(length < FOLD_AT);
  return (
    <>
      <Text size="sm" component="div" className={isOpen ? undefined : 'folded'}>
        {children}
      </Text>
      {length >= FOLD_AT && (
        <Button variant="subtle" size="compact-xs" px={0} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? texts.showLess : texts.showMore}
        </Button>
      )}
    </>
  );
}
