import { Alert, Button, Center, Code, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postJson } from './api.ts';
import type { Person } from './console.tsx';

const TEXTS = {
  name: 'Assay',
  how: 'Sign in with an API key. The first one was shown when Assay was started for the first time; a start also prints a link that signs you in.',
  key: 'API key',
  showKey: 'Show or hide the key',
  signIn: 'Sign in',
  linkRefused: 'The sign-in link did not work',
} as const;

/** Asks for an API key and opens a session with it; the key itself is not kept. `refusal`: why a link did not work. */
export function SignInPage({ refusal }: { readonly refusal: string | undefined }) {
  const client = useQueryClient();
  const [apiKey, setApiKey] = useState('');
  const signIn = useMutation({
    mutationFn: () => postJson<Person>('/v1/session', { apiKey: apiKey.trim() }),
    onSuccess: (person) => client.setQueryData(['session'], person),
  });
  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder p="xl" maw={440} w="100%">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            signIn.mutate();
          }}
        >
          <Stack>
            <Title order={1} size="h2">
              {TEXTS.name}
            </Title>
            {refusal !== undefined && signIn.error === null && (
              <Alert color="red" variant="outline" title={TEXTS.linkRefused}>
                {refusal}
              </Alert>
            )}
            <Text c="dimmed" size="sm">
              {TEXTS.how}
            </Text>
            <PasswordInput
              label={TEXTS.key}
              placeholder="assay_…"
              value={apiKey}
              onChange={(event) => setApiKey(event.currentTarget.value)}
              visibilityToggleButtonProps={{ 'aria-label': TEXTS.showKey, tabIndex: 0, 'aria-hidden': false }}
              autoComplete="off"
              autoFocus
            />
            {signIn.error !== null && (
              <Alert color="red" variant="outline" role="alert">
                {signIn.error.message}
              </Alert>
            )}
            <Button type="submit" loading={signIn.isPending} disabled={apiKey.trim() === ''}>
              {TEXTS.signIn}
            </Button>
            <Text c="dimmed" size="xs">
              No key at hand? Start again with <Code>npm start</Code> and open the link that it prints.
            </Text>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
