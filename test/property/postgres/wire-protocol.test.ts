import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hub } from '../../../src/adapters/postgres/embedded/hub.ts';
import { HubStream } from '../../../src/adapters/postgres/embedded/hub-stream.ts';
import {
  buildMessage,
  cString,
  READY_IDLE,
  readSessionStatements,
  simpleQuery,
  splitAnswer,
} from '../../../src/adapters/postgres/embedded/wire-protocol.ts';

const body = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes));
const START_OF_SESSION = Buffer.concat([Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0])]);

describe('the stream of a hub client', () => {
  it('hands over the same batches however its bytes are cut', async () => {
    const clientMessage = fc.tuple(fc.constantFrom('P', 'B', 'D', 'E', 'C', 'S', 'Q', 'H'), body);
    await fc.assert(
      fc.asyncProperty(
        fc.array(clientMessage, { maxLength: 12 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 30 })),
        async (messages, sizes) => {
          const expected: Buffer[] = [];
          let open: Buffer[] = [];
          for (const [type, content] of messages) {
            open.push(buildMessage(type, content));
            if (['S', 'Q', 'H'].includes(type)) {
              expected.push(Buffer.concat(open));
              open = [];
            }
          }
          const received: Buffer[] = [];
          const hub: Hub = {
            openSession: () => ({
              submit: async (batch) => {
                received.push(batch);
                return Buffer.alloc(0);
              },
              close: () => undefined,
            }),
          };
          const stream = new HubStream(hub);
          const bytes = Buffer.concat([
            START_OF_SESSION,
            ...messages.map(([type, content]) => buildMessage(type, content)),
          ]);
          for (let at = 0; at < bytes.length;) {
            const size = sizes.next().value;
            stream.write(bytes.subarray(at, at + size));
            at += size;
          }
          await new Promise((resolve) => setImmediate(resolve));
          expect(received).toEqual(expected);
          stream.destroy();
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('an answer of the database', () => {
  const notification = fc
    .tuple(
      fc.string({ minLength: 1, maxLength: 10 }).filter((name) => !name.includes('\0')),
      fc.string({ maxLength: 20 }),
    )
    .map(([channel, payload]) => ({
      channel,
      packet: buildMessage(
        'A',
        Buffer.concat([Buffer.alloc(4), cString(channel), cString(payload.replaceAll('\0', ''))]),
      ),
    }));
  const other = fc
    .tuple(fc.constantFrom('T', 'D', 'C', 'E', '1', '2', 'n'), body)
    .map(([type, content]) => buildMessage(type, content));

  it('is taken apart into its reply and its notifications without losing or changing any', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(notification, other)), fc.constantFrom('I', 'T', 'E'), (parts, status) => {
        const ready = buildMessage('Z', Buffer.from(status));
        const bytes = Buffer.concat([...parts.map((part) => ('packet' in part ? part.packet : part)), ready]);
        const answer = splitAnswer(bytes);
        expect(answer.reply).toEqual(
          Buffer.concat([...parts.filter((part) => !('packet' in part)), ready] as Buffer[]),
        );
        expect(answer.notifications).toEqual(parts.filter((part) => 'packet' in part));
        expect(answer.transactionStatus).toBe(status.charCodeAt(0));
      }),
      { numRuns: 200 },
    );
  });

  it('has no transaction status without a ReadyForQuery', () => {
    expect(splitAnswer(buildMessage('1', Buffer.alloc(0))).transactionStatus).toBeUndefined();
    expect(splitAnswer(READY_IDLE).transactionStatus).toBe('I'.charCodeAt(0));
  });
});

describe('statements that change a session', () => {
  const parse = (sql: string): Buffer =>
    buildMessage('P', Buffer.concat([cString('name'), cString(sql), Buffer.alloc(2)]));

  it.each([
    ['LISTEN jobs', { kind: 'listen', channel: 'jobs' }],
    ['listen "Odd ""name"":1"', { kind: 'listen', channel: 'Odd "name":1' }],
    ['  -- why\n /* and */ LISTEN Jobs', { kind: 'listen', channel: 'jobs' }],
    ['UNLISTEN jobs', { kind: 'unlisten', channel: 'jobs' }],
    ['copy t (a, "b c") FROM\nstdin WITH (FORMAT csv)', { kind: 'copy-from-client' }],
    ['UNLISTEN *', { kind: 'unlisten-all' }],
    ['SET search_path TO bullmq', { kind: 'set-search-path', searchPath: 'bullmq' }],
    ['set session search_path = "A b", public;', { kind: 'set-search-path', searchPath: '"A b", public' }],
  ])('reads %s', (sql, expected) => {
    expect(readSessionStatements(simpleQuery(sql))).toEqual([expected]);
    expect(readSessionStatements(parse(sql))).toEqual([expected]);
  });

  it.each([
    'SET LOCAL search_path TO x',
    "SELECT 'LISTEN a'",
    'SELECT 1',
    'LISTENING',
    'COPY t TO STDOUT',
    'UPDATE t SET search_path = 1',
  ])('finds none in %s', (sql) => {
    expect(readSessionStatements(simpleQuery(sql))).toEqual([]);
  });

  it('reads them in each message of a batch, in order', () => {
    const batch = Buffer.concat([parse('LISTEN a'), buildMessage('S', Buffer.alloc(0)), simpleQuery('UNLISTEN a')]);
    expect(readSessionStatements(batch).map(({ kind }) => kind)).toEqual(['listen', 'unlisten']);
  });
});
