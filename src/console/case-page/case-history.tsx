import { Card, Text, Title } from '@mantine/core';
import type { CaseView } from '../../domain/views/case-view.ts';
import { useTexts } from '../language/use-language.ts';
import { caseTexts } from '../texts/case-texts.ts';
import { tellEvent, tellTime } from '../wording.ts';

const HISTORY_SHOWN = 8;

/** What happened to a case, the latest last. */
export function CaseHistory({ events }: { readonly events: CaseView['events'] }) {
  const texts = useTexts(caseTexts);
  const runs = runsOf(events);
  const shown = runs.slice(-HISTORY_SHOWN);
  return (
    <Card withBorder component="section" aria-label={texts.history}>
      <Title order={3} size="h6" mb={4}>
        {texts.history}
      </Title>
      {shown.length < runs.length && (
        <Text size="xs" c="dimmed">
          {texts.earlier(runs.length - shown.length)}
        </Text>
      )}
      {shown.map(({ last, times }) => (
        <Text size="xs" key={last.seq}>
          {tellTime(last.at)}: {tellEvent(last.type)} {times > 1 && `${texts.times(times)} `}
          {texts.by(last.actorName ?? last.actor)}
          {wordsOf(last.payload) !== undefined && <span className="quoted">“{wordsOf(last.payload)}”</span>}
        </Text>
      ))}
    </Card>
  );
}

/** What somebody wrote at an event: a note, a question, an answer, a reason. */
function wordsOf(payload: unknown): string | undefined {
  const { text, question, reason, note } = (payload ?? {}) as Readonly<Record<string, unknown>>;
  const said = [text, question, note].find((one) => typeof one === 'string' && one !== '');
  // A reason may be a code, which the event tells already.
  const told = said ?? (typeof reason === 'string' && !/^[A-Z_]+$/.test(reason) ? reason : undefined);
  return typeof told === 'string' && told !== '' ? told : undefined;
}

interface EventRun {
  readonly last: CaseView['events'][number];
  readonly times: number;
}

/** Events in a row that say the same are told once: a ring gathers a check with each review. */
function runsOf(events: CaseView['events']): readonly EventRun[] {
  const runs: EventRun[] = [];
  for (const event of events) {
    const before = runs.at(-1);
    const isSame = before?.last.type === event.type && before.last.actor === event.actor;
    if (before !== undefined && isSame && wordsOf(event.payload) === wordsOf(before.last.payload))
      runs[runs.length - 1] = { last: event, times: before.times + 1 };
    else runs.push({ last: event, times: 1 });
  }
  return runs;
}
