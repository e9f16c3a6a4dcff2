import {
  Alert,
  Anchor,
  Button,
  Center,
  Paper,
  PasswordInput,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { SignInProof, signInOptions } from '../domain/views/person-view.ts';
import { ApiFault, callApi, postJson } from './api.ts';
import { LANGUAGES } from './language/define-texts.ts';
import { chooseLanguage, useLanguage, useTexts } from './language/use-language.ts';
import type { Person } from './session.ts';
import { shellTexts } from './texts/shell-texts.ts';
import { signInTexts } from './texts/sign-in-texts.ts';

type SignInOptions = z.infer<typeof signInOptions>;

const isCodeMissing = (fault: Error): boolean =>
  fault instanceof ApiFault && fault.code === 'auth.second-factor-needed';

/** Asks who is there: an account with a password and maybe a code, another service, or a key. `refusal`: why a link failed. */
export function SignInPage({ refusal }: { readonly refusal: string | undefined }) {
  const texts = useTexts(signInTexts);
  const client = useQueryClient();
  const options = useQuery({
    queryKey: ['sign-in-options'],
    queryFn: () => callApi<SignInOptions>('/v1/sign-in-options'),
    retry: false,
  });
  const [wantsKey, setWantsKey] = useState<boolean>();
  const usesKey = wantsKey ?? options.data?.hasPeople !== true;
  const [needsCode, setNeedsCode] = useState(false);
  const signIn = useMutation({
    mutationFn: (proof: SignInProof) => postJson<Person>('/v1/session', proof),
    onSuccess: (person) => client.setQueryData(['session'], person),
    // A wrong code is answered like a wrong password: the question for it stays.
    onError: (fault) => setNeedsCode((before) => before || isCodeMissing(fault)),
  });
  const oidc = options.data?.oidc;
  return (
    <Center mih="100dvh" p="md" component="main">
      <Paper withBorder p="xl" maw={440} w="100%">
        <Stack>
          <Title order={1} size="h2">
            Assay
          </Title>
          {refusal !== undefined && signIn.error === null && (
            <Alert color="red" variant="outline" title={texts.linkRefused}>
              {refusal}
            </Alert>
          )}
          {oidc !== undefined && (
            <Button component="a" href={oidc.startUrl} variant="default">
              {texts.withOidc(oidc.title)}
            </Button>
          )}
          {options.isPending ? null : usesKey ? (
            <KeyForm isPending={signIn.isPending} onProof={signIn.mutate} />
          ) : (
            <AccountForm isPending={signIn.isPending} needsCode={needsCode} onProof={signIn.mutate} />
          )}
          {signIn.error !== null && !isCodeMissing(signIn.error) && (
            <Alert color="red" variant="outline" role="alert">
              {signIn.error.message}
            </Alert>
          )}
          {options.data !== undefined && (
            <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setWantsKey(!usesKey)}>
              {usesKey ? texts.withAccount : texts.withKey}
            </Anchor>
          )}
          <LanguageChoice />
        </Stack>
      </Paper>
    </Center>
  );
}

interface FormProps {
  readonly isPending: boolean;
  readonly onProof: (proof: SignInProof) => void;
}

function AccountForm({ isPending, needsCode, onProof }: FormProps & { readonly needsCode: boolean }) {
  const texts = useTexts(signInTexts);
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const isReady = login.trim() !== '' && password !== '' && (!needsCode || /^\d{6}$/.test(code));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onProof({ login: login.trim().toLowerCase(), password, ...(code === '' ? {} : { code }) });
      }}
    >
      <Stack>
        <TextInput
          label={texts.login}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          autoComplete="username"
          autoFocus
        />
        <PasswordInput
          label={texts.password}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': texts.show, tabIndex: 0, 'aria-hidden': false }}
          autoComplete="current-password"
        />
        {needsCode && (
          <TextInput
            label={texts.code}
            description={texts.codeHint}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 6))}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
          />
        )}
        <Button type="submit" loading={isPending} disabled={!isReady}>
          {texts.signIn}
        </Button>
      </Stack>
    </form>
  );
}

function KeyForm({ isPending, onProof }: FormProps) {
  const texts = useTexts(signInTexts);
  const [apiKey, setApiKey] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onProof({ apiKey: apiKey.trim() });
      }}
    >
      <Stack>
        <Text c="dimmed" size="sm">
          {texts.keyHow}
        </Text>
        <PasswordInput
          label={texts.key}
          placeholder="assay_…"
          value={apiKey}
          onChange={(event) => setApiKey(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': texts.show, tabIndex: 0, 'aria-hidden': false }}
          autoComplete="off"
          autoFocus
        />
        <Button type="submit" loading={isPending} disabled={apiKey.trim() === ''}>
          {texts.signIn}
        </Button>
        <Text c="dimmed" size="xs">
          {texts.noKey}
        </Text>
      </Stack>
    </form>
  );
}

function LanguageChoice() {
  const texts = useTexts(signInTexts);
  const { languages } = useTexts(shellTexts);
  return (
    <SegmentedControl
      size="xs"
      aria-label={texts.language}
      value={useLanguage()}
      onChange={chooseLanguage}
      data={LANGUAGES.map((value) => ({ value, label: languages[value] }))}
    />
  );
}
