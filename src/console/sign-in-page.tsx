import { Alert, Button, Center, Code, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postJson } from './api.ts';
import type { Person } from './console.tsx';

/** Asks for an API key and opens a session with it; the key itself is not kept. */
export function SignInPage() {
  const client = useQueryClient();
  const [apiKey, setApiKey] = useState('');
  const signIn = useMutation({
    mutationFn: () => postJson<Person>('/v1/session', { apiKey: apiKey.trim() }),
    onSuccess: (person) => client.setQueryData(['session'], person),
  });
  return (
    <Center mih="100dvh" p="md">
      <Paper withBorder p="xl" maw={440} w="100%" component="main">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            signIn.mutate();
          }}
        >
          <Stack>
            <Title order={1} size="h2">
              Assay
            </Title>
            <Text c="dimmed" size="sm">
              Sign in with an API key. The first one was shown when Assay was started for the first time; a start also
              prints a link that signs you in.
            </Text>
            <PasswordInput
              label="API key"
              placeholder="assay_…"
              value={apiKey}
              onChange={(event) => setApiKey(event.currentTarget.value)}
              autoComplete="off"
              required
              data-autofocus
            />
            {signIn.error !== null && (
              <Alert color="red" role="alert">
                {signIn.error.message}
              </Alert>
            )}
            <Button type="submit" loading={signIn.isPending} disabled={apiKey.trim() === ''}>
              Sign in
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
