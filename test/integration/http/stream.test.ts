import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { streamEvent } from '../../../src/domain/views/stream-view.ts';
import { openStage, type Caller, type Stage } from './casework-stage.ts';

let stage: Stage;
let ann: Caller;
let base: string;

beforeAll(async () => {
  stage = await openStage();
  ann = await stage.caller('Ann', ['cases:read', 'cases:decide']);
  await stage.server.listen({ port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${(stage.server.server.address() as AddressInfo).port}`;
});
afterAll(() => stage.close());

interface Message {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

/** Reads messages of the stream until `count` have come. */
async function listen(lastEventId?: string) {
  const abort = new AbortController();
  const headers = { ...ann.headers, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
  const response = await fetch(`${base}/v1/stream`, { headers, signal: abort.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const messages: Message[] = [];
  return {
    async next(count: number): Promise<Message[]> {
      while (messages.length < count) {
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream ended');
        text += value;
        const parts = text.split('\n\n');
        text = parts.pop() ?? '';
        for (const part of parts) {
          const fields = new Map(
            part.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
          );
          const [id, event, data] = [fields.get('id'), fields.get('event'), fields.get('data')];
          if (id !== undefined && event !== undefined) messages.push({ id, event, data: JSON.parse(data ?? '{}') });
        }
      }
      return messages.splice(0, count);
    },
    close: () => abort.abort(),
  };
}

it('tells of cases as they are worked, and goes on where a line broke', async () => {
  const [first, second] = await stage.openCases(2);
  const live = await listen();
  await ann.post(`/v1/cases/${first}/claim`);
  const [claimed] = await live.next(1);
  expect(claimed).toMatchObject({ event: 'case.claimed' });
  expect(streamEvent.parse(claimed!.data)).toMatchObject({ caseId: first, state: 'CLAIMED', leaseHolder: ann.id });
  live.close();
  await ann.post(`/v1/cases/${first}/release`, { fencingToken: 1 });
  await ann.post(`/v1/cases/${second}/claim`);
  const again = await listen(claimed!.id);
  const missed = await again.next(2);
  expect(missed.map(({ event, data }) => [event, streamEvent.parse(data).caseId])).toEqual([
    ['case.released', first],
    ['case.claimed', second],
  ]);
  again.close();
  const lost = await listen('not-a-place');
  expect(await lost.next(1)).toMatchObject([{ event: 'reset' }]);
  lost.close();
});
