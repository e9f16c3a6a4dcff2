import { Alert, Button, Center, Loader, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiFault, callApi, postJson } from './api.ts';
import { FlaggedPage } from './flagged-page.tsx';
import { SignInPage } from './sign-in-page.tsx';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

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
  const [isRedeeming, setRedeeming] = useState(firstTicket !== undefined);
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
      .catch(() => undefined)
      .finally(() => setRedeeming(false));
  }, [client]);

  if (session.data !== undefined) return <FlaggedPage person={session.data} />;
  if (session.error instanceof ApiFault && session.error.status === 401) return <SignInPage />;
  if (session.error !== null) {
    return (
      <Center mih="100dvh" p="md">
        <Stack maw={420}>
          <Alert color="red" title="The console cannot start">
            {session.error.message}
          </Alert>
          <Button onClick={() => void session.refetch()}>Try again</Button>
        </Stack>
      </Center>
    );
  }
  return (
    <Center mih="100dvh">
      <Loader aria-label="Loading" />
    </Center>
  );
}
