import { Alert, Anchor, Button, Card, Code, Group, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { postJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { signInTexts } from '../texts/sign-in-texts.ts';
import { usePerson } from '../use-person.ts';
import { QrCode } from './qr-code.tsx';

const MIN_PASSWORD = 12;

/** What people settle for themselves: password and second factor. */
export function AccountPage() {
  const texts = useTexts(signInTexts);
  const { person } = usePerson();
  return (
    <div className="reading-page">
      <Stack maw={560}>
        <Title order={2}>{texts.account}</Title>
        <Text>{person.name}</Text>
        {person.mustChangePassword === true && (
          <Alert color="orange" variant="outline" role="alert">
            {texts.changeFirst}
          </Alert>
        )}
        <PasswordCard />
        {person.hasSecondFactor !== undefined && person.mustChangePassword !== true && (
          <SecondFactorCard isOn={person.hasSecondFactor} />
        )}
      </Stack>
    </div>
  );
}

function PasswordCard() {
  const texts = useTexts(signInTexts);
  const client = useQueryClient();
  const [oldPassword, setOldPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const change = useMutation({
    mutationFn: () => postJson('/v1/session/password', { oldPassword, newPassword }),
    onSuccess: () => {
      setOldPassword('');
      setNewPassword('');
      return client.invalidateQueries();
    },
  });
  const eye = { 'aria-label': texts.show, tabIndex: 0, 'aria-hidden': false } as const;
  return (
    <Card withBorder component="section" aria-label={texts.change}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            label={texts.oldPassword}
            autoComplete="current-password"
            value={oldPassword}
            onChange={(event) => setOldPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={eye}
          />
          <PasswordInput
            label={texts.newPassword}
            description={texts.newPasswordHint}
            autoComplete="new-password"
            value={newPassword}
            onChange={(event) => setNewPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={eye}
          />
          {change.error !== null && (
            <Alert color="red" variant="outline" role="alert">
              {change.error.message}
            </Alert>
          )}
          <Group>
            <Button type="submit" loading={change.isPending} disabled={newPassword.length < MIN_PASSWORD}>
              {texts.change}
            </Button>
            <Text size="sm" role="status">
              {change.isSuccess && texts.changed}
            </Text>
          </Group>
        </Stack>
      </form>
    </Card>
  );
}

function SecondFactorCard({ isOn }: { readonly isOn: boolean }) {
  const texts = useTexts(signInTexts);
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const start = useMutation({
    mutationFn: () => postJson<{ secret: string; uri: string }>('/v1/session/second-factor'),
  });
  const settle = useMutation({
    mutationFn: (what: 'confirm' | 'remove') => postJson(`/v1/session/second-factor/${what}`, { code }),
    onSuccess: () => {
      setCode('');
      start.reset();
      return client.invalidateQueries({ queryKey: ['session'] });
    },
  });
  const fault = start.error ?? settle.error;
  const isAsking = isOn || start.data !== undefined;
  return (
    <Card withBorder component="section" aria-label={texts.secondFactor}>
      <Stack gap="sm">
        <Title order={3} size="h5">
          {texts.secondFactor}
        </Title>
        <Text size="sm">{isOn ? texts.factorOn : texts.factorOff}</Text>
        {!isOn && start.data === undefined && (
          <Button style={{ alignSelf: 'flex-start' }} loading={start.isPending} onClick={() => start.mutate()}>
            {texts.factorStart}
          </Button>
        )}
        {start.data !== undefined && (
          <>
            <Text size="sm">{texts.factorScan}</Text>
            <QrCode text={start.data.uri} label={texts.factorQr} />
            <Text size="sm">{texts.factorType}</Text>
            <Code fz="md" style={{ overflowWrap: 'anywhere' }}>
              {start.data.secret}
            </Code>
            <Anchor href={start.data.uri} size="sm">
              {texts.factorLink}
            </Anchor>
          </>
        )}
        {isAsking && (
          <Group align="flex-end">
            <TextInput
              label={texts.code}
              description={texts.codeHint}
              inputMode="numeric"
              autoComplete="one-time-code"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 6))}
            />
            <Button
              variant={isOn ? 'default' : 'filled'}
              loading={settle.isPending}
              disabled={code.length !== 6}
              onClick={() => settle.mutate(isOn ? 'remove' : 'confirm')}
            >
              {isOn ? texts.factorRemove : texts.factorConfirm}
            </Button>
          </Group>
        )}
        {fault !== null && (
          <Alert color="red" variant="outline" role="alert">
            {fault.message}
          </Alert>
        )}
      </Stack>
    </Card>
  );
}
