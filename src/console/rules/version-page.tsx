import { Alert, Button, Card, Group, Skeleton, Stack, Table, Text, Timeline, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { RulesetView } from '../../domain/views/rules-view.ts';
import { callApi } from '../api.ts';
import { useTexts } from '../language/use-language.ts';
import { useKeys } from '../use-keys.ts';
import { WideTable } from '../wide-table.tsx';
import { tellTime } from '../wording.ts';
import { BacktestPanel } from './backtest-panel.tsx';
import { rulesTexts } from './rules-texts.ts';
import { ShadowPanel } from './shadow-panel.tsx';
import { StateBadge } from './state-badge.tsx';
import { VersionMoves } from './version-moves.tsx';

const path = (digest: string): string => `/v1/rulesets/${encodeURIComponent(digest)}`;

/** A value of the rules in one line. */
const tellValue = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** One version: what differs, how it did on stored checks and in shadow, and the next step of its life. */
export function VersionPage({ digest, onLeave }: { readonly digest: string; readonly onLeave: () => void }) {
  const texts = useTexts(rulesTexts);
  const client = useQueryClient();
  const version = useQuery({ queryKey: ['ruleset', digest], queryFn: () => callApi<RulesetView>(path(digest)) });
  useKeys([{ keys: ['Escape'], does: texts.back.replace('← ', ''), run: onLeave }]);
  const take = (next: RulesetView): void => {
    client.setQueryData(['ruleset', next.digest], next);
    void client.invalidateQueries({ queryKey: ['rulesets'] });
  };
  return (
    <div className="reading-page">
      <Stack maw={1080} mx="auto">
        <div>
          <Button variant="subtle" px={0} onClick={onLeave}>
            {texts.back}
          </Button>
        </div>
        {version.error !== null && (
          <Alert color="red" variant="outline" title={texts.broken}>
            {version.error.message}
          </Alert>
        )}
        {version.data === undefined && version.error === null && (
          <Skeleton height={240} role="status" aria-label={texts.loading} />
        )}
        {version.data !== undefined && <VersionBody version={version.data} onMoved={take} />}
      </Stack>
    </div>
  );
}

function VersionBody({
  version,
  onMoved,
}: {
  readonly version: RulesetView;
  readonly onMoved: (next: RulesetView) => void;
}) {
  const texts = useTexts(rulesTexts);
  return (
    <>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2">
            {texts.version} <span className="id">{version.digest.slice(0, 12)}</span>
          </Title>
          <Group gap="xs" mt={4}>
            <StateBadge state={version.state} />
            <Text size="sm" c="dimmed">
              {version.source === 'FOLDER' ? texts.folder : version.author.name}, {tellTime(version.createdAt)}
            </Text>
          </Group>
          {version.note !== '' && <Text mt="xs">{version.note}</Text>}
        </div>
        <VersionMoves version={version} onMoved={onMoved} />
      </Group>
      {version.failures.length > 0 && (
        <Alert color="red" variant="outline" title={texts.states.DRAFT}>
          {version.failures.map(({ place, message }) => (
            <Text key={place + message} size="sm">
              <span className="id">{place}</span> {message}
            </Text>
          ))}
        </Alert>
      )}
      <Changes changes={version.changes} />
      <BacktestPanel version={version} onRun={onMoved} />
      {version.shadow !== undefined && <ShadowPanel shadow={version.shadow} />}
      <Card withBorder>
        <Title order={2} size="h4" mb="sm">
          {texts.life}
        </Title>
        <Timeline bulletSize={14} active={version.moves.length}>
          {version.moves.map(({ type, by, at, note }) => (
            <Timeline.Item key={at + type} title={texts.moves[type] ?? type}>
              <Text size="sm" c="dimmed">
                {by.name}, {tellTime(at)}
              </Text>
              {note !== '' && <Text size="sm">{note}</Text>}
            </Timeline.Item>
          ))}
        </Timeline>
      </Card>
    </>
  );
}

function Changes({ changes }: Pick<RulesetView, 'changes'>) {
  const texts = useTexts(rulesTexts);
  return (
    <Card withBorder>
      <Title order={2} size="h4" mb="sm">
        {texts.changes}
      </Title>
      {changes.length === 0 ? (
        <Text c="dimmed">{texts.noChanges}</Text>
      ) : (
        <WideTable
          label={texts.table(texts.changes)}
          minWidth={300}
          columns={[{ title: texts.value, width: '34%' }, texts.before, texts.after]}
        >
          {changes.map(({ file, path: where, kind, before, after }) => (
            <Table.Tr key={`${file} ${where}`}>
              <Table.Td>
                <Text size="sm" className="id">
                  {where.replace('[order]', ` (${texts.order})`)}
                </Text>
                <Text size="xs" c="dimmed">
                  {file}
                </Text>
              </Table.Td>
              <Table.Td className="id">{kind === 'ADDED' ? texts.absent : tellValue(before)}</Table.Td>
              <Table.Td className="id">{kind === 'REMOVED' ? texts.absent : tellValue(after)}</Table.Td>
            </Table.Tr>
          ))}
        </WideTable>
      )}
    </Card>
  );
}
