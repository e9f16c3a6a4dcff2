import { Badge, Card, Group, Text } from '@mantine/core';
import type { SellerView } from '../domain/views/subject-view.ts';
import { tellTime } from './wording.ts';

/** Who sells: standing, credit, open cases. */
export function SellerCard({ view }: { readonly view: SellerView }) {
  const { seller, credit, listings, openCases } = view;
  const offers = Object.values(listings).reduce((sum: number, count) => sum + (count ?? 0), 0);
  return (
    <Card withBorder component="section" aria-label="Seller">
      <Group justify="space-between">
        <div>
          <Text fw={600}>{seller.storeName}</Text>
          <Text size="sm" c="dimmed">
            {seller.id}, {seller.country ?? 'country unknown'}, since {tellTime(seller.registeredAt)}, business check{' '}
            {seller.kyb.toLowerCase()}
          </Text>
        </div>
        <Group gap="xs">
          {credit !== undefined && (
            <Badge size="lg" variant="light">
              credit {credit.score} · {credit.tier.toLowerCase()}
            </Badge>
          )}
          <Badge size="lg" variant="default">
            {offers} listings
          </Badge>
          <Badge size="lg" variant="default">
            {openCases} open cases
          </Badge>
        </Group>
      </Group>
    </Card>
  );
}
