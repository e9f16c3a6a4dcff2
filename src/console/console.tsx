import { Alert, AppShell, Button, Center, Loader, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { ApiFault, postJson } from './api.ts';
import { CONSOLE_PAGES } from './console-pages.ts';
import { KeyLegend } from './keyboard-help.tsx';
import { useTexts } from './language/use-language.ts';
import { PageHeader } from './page-header.tsx';
import { mayAny, sessionQuery, type Person } from './session.ts';
import { SignInPage } from './sign-in-page.tsx';
import { shellTexts } from './texts/shell-texts.ts';
import { goTo, pageAddress, useAddress, usePage } from './use-address.ts';
import { useStoredPreferences } from './use-preferences.ts';

/** The ticket of a sign-in link. It stands behind the #, so that it is sent to nobody by itself; it is taken out at once. */
function takeTicket(): string | undefined {
  const ticket = /^#ticket=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (ticket !== undefined) window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return ticket;
}

const firstTicket = takeTicket();

/** Signs in, or shows who is signed in what there is to do. */
export function Console() {
  const texts = useTexts(shellTexts);
  const client = useQueryClient();
  const [isRedeeming, setRedeeming] = useState(firstTicket !== undefined);
  const [refusal, setRefusal] = useState<string>();
  const session = useQuery({ ...sessionQuery, enabled: !isRedeeming });
  useEffect(() => {
    if (firstTicket === undefined) return;
    postJson<Person>('/v1/session', { ticket: firstTicket })
      .then((person) => client.setQueryData(['session'], person))
      .catch((fault: Error) => setRefusal(fault.message))
      .finally(() => setRedeeming(false));
  }, [client]);

  // The last answer decides: data of an ended session stays in the cache beside the fault.
  if (session.error instanceof ApiFault && session.error.status === 401) return <SignInPage refusal={refusal} />;
  if (session.data !== undefined) return <SignedIn person={session.data} />;
  if (session.error !== null) {
    return (
      <Center mih="100dvh" p="md" component="main">
        <Stack maw={420}>
          <Alert color="red" title={texts.broken}>
            {session.error.message}
          </Alert>
          <Button onClick={() => void session.refetch()}>{texts.again}</Button>
        </Stack>
      </Center>
    );
  }
  return (
    <Center mih="100dvh" component="main">
      <Loader role="status" aria-label={texts.loading} />
    </Center>
  );
}

function SignedIn({ person }: { readonly person: Person }) {
  const texts = useTexts(shellTexts);
  useStoredPreferences(person);
  const path = usePage();
  const [sellerId] = useAddress('seller');
  const pages = CONSOLE_PAGES.filter(({ scopes }) => mayAny(person, scopes));
  // A seller has an address of its own kind, so that links from everywhere lead there.
  const asked = path === '' && sellerId !== undefined ? 'seller' : path;
  // The first password was only for this moment.
  const wanted = person.mustChangePassword === true ? 'account' : asked;
  const known = CONSOLE_PAGES.find((page) => page.path === wanted);
  const page = pages.find((one) => one.path === wanted);
  return (
    <AppShell header={{ height: 56 }} padding={0}>
      <a className="skip-link" href="#content">
        {texts.skip}
      </a>
      <AppShell.Header>
        <PageHeader person={person} pages={pages} />
      </AppShell.Header>
      <AppShell.Main id="content" className="content" tabIndex={-1}>
        <div className="page-body">
          {page === undefined ? (
            <Center p="xl">
              <Stack maw={460}>
                <Alert color="gray" variant="outline">
                  {known === undefined ? texts.noSuchPage : texts.notAllowed}
                </Alert>
                <Button onClick={() => goTo(pageAddress('/'))}>{texts.toQueue}</Button>
              </Stack>
            </Center>
          ) : (
            <Suspense
              fallback={
                <Center p="xl">
                  <Loader role="status" aria-label={texts.loading} />
                </Center>
              }
            >
              <page.Page />
            </Suspense>
          )}
        </div>
        <KeyLegend />
      </AppShell.Main>
    </AppShell>
  );
}
