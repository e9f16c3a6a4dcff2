/**
 * The few messages of the PostgreSQL wire protocol 3.0 that the embedded hub reads or writes itself.
 * Everything else passes through untouched. Source: PostgreSQL manual, chapter "Message Formats".
 */

/** Types of the messages a client sends, as byte values. */
export const CLIENT_MESSAGE = {
  query: 0x51, // Q
  parse: 0x50, // P
  sync: 0x53, // S
  flush: 0x48, // H
  copyDone: 0x63, // c
  copyFail: 0x66, // f
  terminate: 0x58, // X
} as const;

/** Types of the messages a server sends, as byte values. */
const SERVER_MESSAGE = {
  notification: 0x41, // A
  readyForQuery: 0x5a, // Z
} as const;

/** Transaction status byte of ReadyForQuery outside a transaction: `I`. */
export const STATUS_IDLE = 0x49;

/** Bytes before a message's body: one of type, four of length (the length counts itself, not the type). */
export const HEADER_BYTES = 5;

const SSL_REQUEST_CODE = 80_877_103;
const GSS_REQUEST_CODE = 80_877_104;
const CANCEL_REQUEST_CODE = 80_877_102;

/** Builds one message of the given type letter around a body. */
export function buildMessage(typeLetter: string, body: Buffer): Buffer {
  const message = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  message[0] = typeLetter.charCodeAt(0);
  message.writeInt32BE(4 + body.length, 1);
  body.copy(message, HEADER_BYTES);
  return message;
}

/** A zero-terminated UTF-8 string, as the protocol writes them. */
export function cString(text: string): Buffer {
  return Buffer.concat([Buffer.from(text, 'utf8'), Buffer.alloc(1)]);
}

/** A simple-protocol Query message; several statements separated by `;` form one implicit transaction. */
export function simpleQuery(sql: string): Buffer {
  return buildMessage('Q', cString(sql));
}

/** An ErrorResponse with the given SQLSTATE and, when `isFatal`, the severity that makes a client drop its connection. */
export function errorResponse(sqlState: string, message: string, isFatal: boolean): Buffer {
  const severity = isFatal ? 'FATAL' : 'ERROR';
  const fields = [`S${severity}`, `V${severity}`, `C${sqlState}`, `M${message}`].map(cString);
  return buildMessage('E', Buffer.concat([...fields, Buffer.alloc(1)]));
}

/** ReadyForQuery outside a transaction. */
export const READY_IDLE: Buffer = buildMessage('Z', Buffer.from('I'));

/** What a server answers to an accepted startup packet: authentication passed, its settings, a key, ready. */
export function startupAnswer(sessionId: number): Buffer {
  const setting = (name: string, value: string): Buffer =>
    buildMessage('S', Buffer.concat([cString(name), cString(value)]));
  const backendKey = Buffer.alloc(8);
  backendKey.writeInt32BE(sessionId, 0);
  return Buffer.concat([
    buildMessage('R', Buffer.alloc(4)),
    setting('server_version', '18.6'),
    setting('server_encoding', 'UTF8'),
    setting('client_encoding', 'UTF8'),
    setting('DateStyle', 'ISO, MDY'),
    setting('TimeZone', 'UTC'),
    setting('integer_datetimes', 'on'),
    setting('standard_conforming_strings', 'on'),
    buildMessage('K', backendKey),
    READY_IDLE,
  ]);
}

/** The first packet of a connection, or `incomplete` while bytes are missing. */
export type StartupPacket =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'encryption-request'; readonly byteLength: number }
  | { readonly kind: 'cancel-request' }
  | { readonly kind: 'startup'; readonly byteLength: number; readonly searchPath: string | undefined };

/** Reads the untyped first packet of a connection; of its parameters only `options` matters (`-c search_path=…`). */
export function readStartupPacket(bytes: Buffer): StartupPacket {
  if (bytes.length < 8) return { kind: 'incomplete' };
  const byteLength = bytes.readInt32BE(0);
  if (bytes.length < byteLength) return { kind: 'incomplete' };
  const code = bytes.readInt32BE(4);
  if (code === SSL_REQUEST_CODE || code === GSS_REQUEST_CODE) return { kind: 'encryption-request', byteLength };
  if (code === CANCEL_REQUEST_CODE) return { kind: 'cancel-request' };
  const parameters = bytes.toString('utf8', 8, byteLength).split('\0');
  const optionsAt = parameters.findIndex((name, index) => index % 2 === 0 && name === 'options');
  const options = optionsAt < 0 ? '' : (parameters[optionsAt + 1] ?? '');
  const match = /search_path=((?:"[^"]*"|[^\s,])+(?:,(?:"[^"]*"|[^\s,])+)*)/.exec(options);
  return { kind: 'startup', byteLength, searchPath: match?.[1] };
}

/** What a statement does to its session, as far as the hub must know. */
export type SessionStatement =
  | { readonly kind: 'listen'; readonly channel: string }
  | { readonly kind: 'unlisten'; readonly channel: string }
  | { readonly kind: 'unlisten-all' }
  | { readonly kind: 'set-search-path'; readonly searchPath: string }
  | { readonly kind: 'copy-from-client' };

const LEADING_BLANKS_AND_COMMENTS = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/;
const LISTEN_STATEMENT = /^(LISTEN|UNLISTEN)\s+(?:"((?:[^"]|"")+)"|(\w+)|\*)/i;
const COPY_STATEMENT = /^COPY\s[\s\S]*\sFROM\s+STDIN\b/i;
const SEARCH_PATH_STATEMENT = /^SET\s+(?:SESSION\s+)?search_path\s*(?:TO|=)\s*([^;]+)/i;
/** Statements that change a session stand at the head of a short text; a longer prefix is never scanned. */
const SCANNED_SQL_BYTES = 1_000;

/** Reads LISTEN, UNLISTEN, SET search_path and COPY FROM STDIN at the head of each statement of a batch, in order. */
export function readSessionStatements(batch: Buffer): SessionStatement[] {
  const found: SessionStatement[] = [];
  for (let offset = 0; offset + HEADER_BYTES <= batch.length; offset += 1 + batch.readInt32BE(offset + 1)) {
    const type = batch[offset];
    if (type !== CLIENT_MESSAGE.query && type !== CLIENT_MESSAGE.parse) continue;
    let start = offset + HEADER_BYTES;
    if (type === CLIENT_MESSAGE.parse) start = batch.indexOf(0, start) + 1;
    const first = batch[start];
    // Only words that begin with L, U, S or C, a blank or a comment can be one of these statements.
    if (first === undefined || !/[LUSClusc\s\-/]/.test(String.fromCharCode(first))) continue;
    const end = Math.min(batch.indexOf(0, start), start + SCANNED_SQL_BYTES);
    const statement = readSessionStatement(batch.toString('utf8', start, end));
    if (statement !== undefined) found.push(statement);
  }
  return found;
}

function readSessionStatement(text: string): SessionStatement | undefined {
  const sql = text.replace(LEADING_BLANKS_AND_COMMENTS, '');
  const searchPath = SEARCH_PATH_STATEMENT.exec(sql)?.[1]?.trim();
  if (searchPath !== undefined) return { kind: 'set-search-path', searchPath };
  if (COPY_STATEMENT.test(sql)) return { kind: 'copy-from-client' };
  const match = LISTEN_STATEMENT.exec(sql);
  if (match === null) return undefined;
  const channel = match[2]?.replaceAll('""', '"') ?? match[3]?.toLowerCase();
  const isListen = match[1]?.toUpperCase() === 'LISTEN';
  if (channel === undefined) return isListen ? undefined : { kind: 'unlisten-all' };
  return { kind: isListen ? 'listen' : 'unlisten', channel };
}

/** A server's answer taken apart: what goes to the asking client, the notifications in it, and the state it ends in. */
export interface SplitAnswer {
  /** The answer without its notifications. */
  readonly reply: Buffer;
  /** NotificationResponse packets with their channels, in order. */
  readonly notifications: readonly { readonly channel: string; readonly packet: Buffer }[];
  /** `undefined` when the answer holds no ReadyForQuery (after Flush, or while the server waits for COPY data). */
  readonly transactionStatus: number | undefined;
}

/** Takes the notifications out of an answer and reads the transaction status it ends with. */
export function splitAnswer(answer: Buffer): SplitAnswer {
  const kept: Buffer[] = [];
  const notifications: { channel: string; packet: Buffer }[] = [];
  let transactionStatus: number | undefined;
  let keepFrom = 0;
  let offset = 0;
  while (offset + HEADER_BYTES <= answer.length) {
    const type = answer[offset];
    const end = offset + 1 + answer.readInt32BE(offset + 1);
    if (type === SERVER_MESSAGE.notification) {
      kept.push(answer.subarray(keepFrom, offset));
      keepFrom = end;
      const channelAt = offset + HEADER_BYTES + 4;
      const channel = answer.toString('utf8', channelAt, answer.indexOf(0, channelAt));
      notifications.push({ channel, packet: Buffer.from(answer.subarray(offset, end)) });
    } else if (type === SERVER_MESSAGE.readyForQuery) {
      transactionStatus = answer[end - 1];
    }
    offset = end;
  }
  if (keepFrom === 0) return { reply: answer, notifications, transactionStatus };
  kept.push(answer.subarray(keepFrom));
  return { reply: Buffer.concat(kept), notifications, transactionStatus };
}
