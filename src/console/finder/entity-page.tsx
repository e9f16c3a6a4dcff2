import { Alert, Badge, Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { EntityView } from '../../domain/views/search-view.ts';
import { AddressLink } from '../address-link.tsx';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { finderTexts } from '../texts/finder-texts.ts';
import { linkTexts } from '../texts/link-texts.ts';
import { sellerTexts } from '../texts/seller-texts.ts';
import { useAddress } from '../use-address.ts';
import { useKeys } from '../use-keys.ts';
import { tellStatus, tellTier, tellViolation } from '../wording.ts';
import { EntityLink } from './entity-link.tsx';
import { entityPath } from './entity-path.ts';
import { LinkPicture } from './link-picture.tsx';
import { tellCounted } from './tell-history.ts';
import { Timeline } from './timeline.tsx';
import { tellSummary } from '../evidence/tell-evidence.ts';

/** Everything about one listing, seller, account, mark …: standing, cases, history, links. */
export function EntityPage() {
  const texts = useTexts(finderTexts);
  const [kind = 'SELLER'] = useAddress('kind');
  const [id = ''] = useAddress('id');
  const { data, error } = useQuery({
    queryKey: ['entity', kind, id],
    queryFn: () => callApi<EntityView>(entityPath(kind, id)),
  });
  useKeys([{ keys: ['Escape'], does: texts.back.replace('← ', ''), run: () => window.history.back(), isMinor: true }]);
  return (
    <div className="reading-page">
      <Stack>
        <Button variant="subtle" px={0} style={{ alignSelf: 'flex-start' }} onClick={() => window.history.back()}>
          {texts.back}
        </Button>
        {error !== null && (
          <Alert color="red" variant="outline" role="alert">
            {error.message}
          </Alert>
        )}
        {data === undefined && error === null && <Skeleton height={120} role="status" aria-label={texts.loading} />}
        {data !== undefined && <Head view={data} />}
        {data !== undefined && (
          <div className="entity-columns">
            <Timeline kind={data.kind} id={data.id} />
            <LinkPicture kind={data.kind} id={data.id} />
          </div>
        )}
      </Stack>
    </div>
  );
}

function Head({ view }: { readonly view: EntityView }) {
  const texts = useTexts(finderTexts);
  const seller = useTexts(sellerTexts);
  const { one } = useTexts(linkTexts);
  const { kind, id, title, status, sellerId, credit, openCases, pastCases, counts, payload } = view;
  return (
    <>
      <header>
        <Group gap="xs">
          <Badge variant="default" tt="none">
            {one[kind]}
          </Badge>
          {status !== undefined && <Text size="sm">{tellStatus(status)}</Text>}
        </Group>
        <Title order={2} style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        <Text size="sm" c="dimmed">
          <span className="id">{id}</span>
          {Object.entries(counts).map(([name, count]) => ` · ${tellCounted(name, count)}`)}
        </Text>
        {sellerId !== undefined && kind !== 'SELLER' && (
          <Text size="sm">
            {texts.ofSeller}:{' '}
            <EntityLink kind="SELLER" id={sellerId}>
              {sellerId}
            </EntityLink>
          </Text>
        )}
        {credit !== undefined && (
          <Text size="sm">
            {seller.credit}: <b>{credit.score}</b> {tellTier(credit.tier)}
            {kind === 'SELLER' && (
              <>
                {' · '}
                <AddressLink inherit page="/" to={{ seller: id }}>
                  {seller.inFull}
                </AddressLink>
              </>
            )}
          </Text>
        )}
      </header>
      <Card withBorder component="section" aria-label={texts.openCases}>
        <Title order={3} size="h5" mb={4}>
          {texts.openCases}
        </Title>
        {openCases.length === 0 && <Text size="sm">{texts.noOpenCases}</Text>}
        {openCases.map((open) => (
          <Text size="sm" key={open.id}>
            <EntityLink kind="CASE" id={open.id}>
              {tellViolation(open.violationType)}
            </EntityLink>{' '}
            ({open.severity}): {tellSummary(open)}
          </Text>
        ))}
        {pastCases > 0 && (
          <Text size="sm" c="dimmed">
            {texts.pastCases(pastCases)}
          </Text>
        )}
      </Card>
      {payload !== undefined && (
        <details>
          <summary>{texts.stored}</summary>
          <dl className="fields">
            {Object.entries(payload).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
