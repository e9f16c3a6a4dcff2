import { Alert, AppShell, Button, Center, Loader, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiFault, callApi, postJson } from './api.ts';
import { FlaggedPage } from './flagged-page.tsx';
import { PageHeader } from './page-header.tsx';
import { SellerPage } from './seller-page.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { useAddress } from './use-address.ts';

/** Who is signed in. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

const TEXTS = {
  skip: 'Skip to the content',
  broken: 'The console cannot start',
  again: 'Try again',
  loading: 'Loading',
} as const;

/** The ticket of a sign-in link. It stands behind the #, so that it is sent to nobody by itself; it is taken out at once. */
function takeTicket(): string | undefined {
  const ticket = /^#ticket=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (ticket !== undefined) window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return ticket;
}

const firstTicket = takeTicket();

/** Signs in, or shows who is signed in what there is to do. */
export function Console() {
  const client = useQueryClient();
  const [sellerId] = useAddress('seller');
  const [isRedeeming, setRedeeming] = useState(firstTicket !== undefined);
  const [refusal, setRefusal] = useState<string>();
  const session = useQuery({
    queryKey: ['session'],
    queryFn: () => callApi<Person>('/v1/session'),
    enabled: !isRedeeming,
    staleTime: 60_000,
  });
  useEffect(() => {
    if (firstTicket === undefined) return;
    postJson<Person>('/v1/session', { ticket: firstTicket })
      .then((person) => client.setQueryData(['session'], person))
      .catch((fault: Error) => setRefusal(fault.message))
      .finally(() => setRedeeming(false));
  }, [client]);

  // The last answer decides: data of an ended session stays in the cache beside the fault.
  if (session.error instanceof ApiFault && session.error.status === 401) return <SignInPage refusal={refusal} />;
  if (session.data !== undefined) {
    return (
      <AppShell header={{ height: 56 }} padding={0}>
        <a className="skip-link" href="#content">
          {TEXTS.skip}
        </a>
        <AppShell.Header>
          <PageHeader person={session.data} />
        </AppShell.Header>
        {sellerId === undefined ? <FlaggedPage /> : <SellerPage sellerId={sellerId} />}
      </AppShell>
    );
  }
  if (session.error !== null) {
    return (
      <Center mih="100dvh" p="md" component="main">
        <Stack maw={420}>
          <Alert color="red" title={TEXTS.broken}>
            {session.error.message}
          </Alert>
          <Button onClick={() => void session.refetch()}>{TEXTS.again}</Button>
        </Stack>
      </Center>
    );
  }
  return (
    <Center mih="100dvh" component="main">
      <Loader role="status" aria-label={TEXTS.loading} />
    </Center>
  );
}
