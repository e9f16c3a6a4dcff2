import { Checkbox, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonRole } from '../../domain/access.ts';
import type { CaseQueueView, CaseSkillView } from '../../domain/views/case-work-view.ts';
import type { NewPerson, PersonView } from '../../domain/views/person-view.ts';
import { callApi } from '../api.ts';
import { FormDialog } from '../form-dialog.tsx';
import { useTexts } from '../language/use-language.ts';
import { peopleTexts } from '../texts/people-texts.ts';
import { tellQueue, tellSkill, tellViolation } from '../wording.ts';

export type PersonDraft = NewPerson;

const ROLES: readonly PersonRole[] = ['MODERATOR', 'LEAD', 'POLICY_OWNER', 'AUDITOR', 'ADMIN'];

interface PersonFormProps {
  readonly title: string;
  /** Absent: somebody new. */
  readonly person?: PersonView;
  readonly isPending: boolean;
  readonly fault: Error | null;
  readonly onClose: () => void;
  readonly onSave: (draft: PersonDraft) => void;
}

const codesOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((code) => code.trim())
    .filter((code) => code !== '');

/** Name, role, and what somebody sees and decides. */
export function PersonForm({ title, person, isPending, fault, onClose, onSave }: PersonFormProps) {
  const texts = useTexts(peopleTexts);
  const [login, setLogin] = useState(person?.login ?? '');
  const [name, setName] = useState(person?.name ?? '');
  const [role, setRole] = useState<PersonRole>(person?.role ?? 'MODERATOR');
  const [markets, setMarkets] = useState(person?.reach.markets.join(', ') ?? '');
  const [languages, setLanguages] = useState(person?.reach.languages.join(', ') ?? '');
  const [skills, setSkills] = useState<string[]>([...(person?.reach.skills ?? [])]);
  const [queues, setQueues] = useState<string[]>([...(person?.reach.queues ?? [])]);
  const known = useQuery({
    queryKey: ['case-queues'],
    queryFn: () => callApi<{ items: readonly CaseQueueView[] }>('/v1/case-queues'),
  });
  const knownSkills = useQuery({
    queryKey: ['case-skills'],
    queryFn: () => callApi<{ items: readonly CaseSkillView[] }>('/v1/case-skills'),
  });
  const skillTitles = new Map(knownSkills.data?.items.map((one) => [one.name, one.title]));
  // Skills that were given by the API may be violation types, or of rules that are no longer published.
  const offeredSkills = [...new Set([...skillTitles.keys(), ...(person?.reach.skills ?? [])])];
  const labelOfSkill = (name: string): string => tellSkill(name) ?? skillTitles.get(name) ?? tellViolation(name);
  return (
    <FormDialog
      title={title}
      submitLabel={texts.save}
      cancelLabel={texts.cancel}
      isBusy={isPending}
      fault={fault}
      onClose={onClose}
      onSubmit={() =>
        onSave({
          login: login.trim().toLowerCase(),
          name: name.trim(),
          role,
          reach: {
            markets: codesOf(markets.toUpperCase()),
            queues,
            languages: codesOf(languages),
            skills: skills as PersonDraft['reach']['skills'],
          },
        })
      }
    >
      <TextInput
        label={texts.name}
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {person === undefined && (
        <TextInput
          label={texts.login}
          description={texts.loginHint}
          required
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          autoComplete="off"
        />
      )}
      <Radio.Group label={texts.role} value={role} onChange={(value) => setRole(value as PersonRole)}>
        <Stack gap={4} mt={4}>
          {ROLES.map((one) => (
            <Radio key={one} value={one} label={texts.roles[one]} description={texts.roleHints[one]} />
          ))}
        </Stack>
      </Radio.Group>
      <TextInput
        label={texts.markets}
        description={texts.marketsHint}
        value={markets}
        onChange={(event) => setMarkets(event.currentTarget.value)}
      />
      <TextInput
        label={texts.languages}
        value={languages}
        onChange={(event) => setLanguages(event.currentTarget.value)}
      />
      <Checkbox.Group label={texts.queues} value={queues} onChange={setQueues}>
        <Group gap="xs" mt={4}>
          {(known.data?.items ?? []).map((queue) => (
            <Checkbox key={queue.name} size="xs" value={queue.name} label={tellQueue(queue.name)} />
          ))}
        </Group>
      </Checkbox.Group>
      {offeredSkills.length > 0 && (
        <Checkbox.Group label={texts.skills} description={texts.skillsHint} value={skills} onChange={setSkills}>
          <Group gap="xs" mt={4}>
            {offeredSkills.map((name) => (
              <Checkbox key={name} size="xs" value={name} label={labelOfSkill(name)} />
            ))}
          </Group>
        </Checkbox.Group>
      )}
    </FormDialog>
  );
}
