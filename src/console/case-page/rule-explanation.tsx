import { List, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ExplanationView } from '../../domain/views/rules-view.ts';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { caseTexts } from '../texts/case-texts.ts';

/** The rules that were asked about a check, with the values that they read then; read when it is opened. */
export function RuleExplanation({ checkId }: { readonly checkId: string }) {
  const texts = useTexts(caseTexts);
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['explanation', checkId],
    queryFn: () => callApi<ExplanationView>(`/v1/checks/${encodeURIComponent(checkId)}/explanation`),
    enabled: isOpen,
    staleTime: Infinity,
  });
  const held = data?.rules.filter(({ answer }) => answer !== 'DOES_NOT_HOLD') ?? [];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Text span size="sm">
          {texts.explain}
        </Text>
      </summary>
      {error !== null && <Text size="sm">{error.message}</Text>}
      {data !== undefined && held.length === 0 && <Text size="sm">{texts.noRuleHeld}</Text>}
      <List size="sm" mt={4}>
        {held.map(({ ruleId, when, about, values }) => (
          <List.Item key={`${ruleId} ${about}`}>
            <span className="id">{ruleId}</span>: <code className="condition">{when}</code>
            <Text size="xs" c="dimmed">
              {Object.entries(values)
                .map(([name, value]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
                .join(' · ')}
            </Text>
          </List.Item>
        ))}
      </List>
      {data !== undefined && (
        <Text size="xs" c="dimmed">
          {texts.ruleset(data.rulesetDigest.slice(0, 12))}. {data.isSame ? texts.isSame : texts.isNotSame}
        </Text>
      )}
    </details>
  );
}
