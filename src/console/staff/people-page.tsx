import {
  Alert,
  Badge,
  Button,
  Card,
  Code,
  CopyButton,
  Group,
  Modal,
  Skeleton,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonView } from '../../domain/views/person-view.ts';
import { callApi, postJson, sendJson } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { peopleTexts } from '../texts/people-texts.ts';
import { tellDistance, tellQueue, tellSkill, tellViolation } from '../wording.ts';
import { PersonForm, type PersonDraft } from './person-form.tsx';

interface NewPassword {
  readonly person: PersonView;
  readonly password: string;
}

/** Who may sign in, what each may do, and everything that an administrator settles for them. */
export function PeoplePage() {
  const texts = useTexts(peopleTexts);
  const client = useQueryClient();
  const [isAdding, setAdding] = useState(false);
  const [editing, setEditing] = useState<PersonView>();
  const [fresh, setFresh] = useState<NewPassword>();
  const people = useQuery({
    queryKey: ['people'],
    queryFn: () => callApi<{ items: readonly PersonView[] }>('/v1/people'),
  });
  const readAgain = () => client.invalidateQueries({ queryKey: ['people'] });
  const add = useMutation({
    mutationFn: (draft: PersonDraft) => postJson<NewPassword>('/v1/people', draft),
    onSuccess: (answer) => {
      setAdding(false);
      setFresh(answer);
      return readAgain();
    },
  });
  const change = useMutation({
    mutationFn: ({ id, body }: { id: string; body: object }) =>
      sendJson<PersonView>('PATCH', `/v1/people/${encodeURIComponent(id)}`, body),
    onSuccess: () => {
      setEditing(undefined);
      return readAgain();
    },
  });
  const reset = useMutation({
    mutationFn: (id: string) => postJson<NewPassword>(`/v1/people/${encodeURIComponent(id)}/reset`),
    onSuccess: (answer) => {
      setFresh(answer);
      return readAgain();
    },
  });
  const fault = people.error ?? change.error ?? reset.error;
  return (
    <div className="reading-page">
      <Stack>
        <Group justify="space-between">
          <Title order={2}>{texts.title}</Title>
          <Button onClick={() => setAdding(true)}>{texts.add}</Button>
        </Group>
        <Text c="dimmed" maw={760}>
          {texts.teach}
        </Text>
        {fault !== null && (
          <Alert color="red" variant="outline" role="alert" title={texts.broken}>
            {fault.message}
          </Alert>
        )}
        {people.data === undefined && people.error === null && <Skeleton height={200} />}
        {people.data !== undefined && (
          <Card withBorder p={0}>
            <div className="scrolled" tabIndex={0} role="region" aria-label={texts.title} data-scrolls>
              <Table verticalSpacing="xs" className="short-words">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">{texts.name}</Table.Th>
                    <Table.Th scope="col">{texts.role}</Table.Th>
                    <Table.Th scope="col">{texts.reach}</Table.Th>
                    <Table.Th scope="col">{texts.lastSeen}</Table.Th>
                    <Table.Th />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {people.data.items.map((person) => (
                    <Row
                      key={person.id}
                      person={person}
                      onEdit={() => setEditing(person)}
                      onReset={() => reset.mutate(person.id)}
                      onLock={() => change.mutate({ id: person.id, body: { isDisabled: !person.isDisabled } })}
                    />
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          </Card>
        )}
      </Stack>
      {isAdding && (
        <PersonForm
          title={texts.add}
          isPending={add.isPending}
          fault={add.error}
          onClose={() => setAdding(false)}
          onSave={add.mutate}
        />
      )}
      {editing !== undefined && (
        <PersonForm
          title={texts.editOf(editing.name)}
          person={editing}
          isPending={change.isPending}
          fault={change.error}
          onClose={() => setEditing(undefined)}
          onSave={({ login: _login, ...body }) => change.mutate({ id: editing.id, body })}
        />
      )}
      {fresh !== undefined && <FreshPassword fresh={fresh} onClose={() => setFresh(undefined)} />}
    </div>
  );
}

interface RowProps {
  readonly person: PersonView;
  readonly onEdit: () => void;
  readonly onReset: () => void;
  readonly onLock: () => void;
}

function Row({ person, onEdit, onReset, onLock }: RowProps) {
  const texts = useTexts(peopleTexts);
  const { markets, queues, languages, skills } = person.reach;
  const bounds = [
    ...markets,
    ...queues.map(tellQueue),
    ...languages,
    ...skills.map((skill) => `${texts.skill}: ${tellSkill(skill) ?? tellViolation(skill)}`),
  ];
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600}>
          {person.name}
        </Text>
        <Text size="xs" c="dimmed">
          {person.login} · {person.hasSecondFactor ? texts.secondFactor : texts.noSecondFactor}
          {person.isFederated && ` · ${texts.federated}`}
        </Text>
      </Table.Td>
      <Table.Td>
        {texts.roles[person.role]}{' '}
        {person.isDisabled && (
          <Badge color="red.9" variant="filled" tt="none">
            {texts.disabled}
          </Badge>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="sm">{bounds.length === 0 ? texts.everything : bounds.join(', ')}</Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{person.lastSignInAt === undefined ? texts.never : tellDistance(person.lastSignInAt)}</Text>
      </Table.Td>
      <Table.Td>
        <Group gap={4} wrap="nowrap" justify="flex-end">
          <Button size="compact-xs" variant="default" onClick={onEdit}>
            {texts.edit}
          </Button>
          <Button size="compact-xs" variant="default" title={texts.resetHint} onClick={onReset}>
            {texts.reset}
          </Button>
          <Button size="compact-xs" variant="default" onClick={onLock}>
            {person.isDisabled ? texts.enable : texts.disable}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function FreshPassword({ fresh, onClose }: { readonly fresh: NewPassword; readonly onClose: () => void }) {
  const texts = useTexts(peopleTexts);
  return (
    <Modal
      opened
      onClose={onClose}
      title={fresh.person.name}
      closeButtonProps={{ 'aria-label': texts.close }}
      transitionProps={{ duration: 0 }}
    >
      <Stack>
        <Text size="sm">{texts.passwordOnce(fresh.person.login)}</Text>
        <Group>
          <Code fz="md">{fresh.password}</Code>
          <CopyButton value={fresh.password}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? texts.copied : texts.copy}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Button onClick={onClose}>{texts.close}</Button>
      </Stack>
    </Modal>
  );
}
