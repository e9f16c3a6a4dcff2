import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';

/** UTF-16 where the byte order mark says so, else UTF-8. */
const encodingOf = (start: Uint8Array): string => {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
};

async function* piecesOf(source: Readable): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of source as AsyncIterable<Uint8Array | string>) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    decoder ??= new TextDecoder(encodingOf(bytes));
    yield decoder.decode(bytes, { stream: true });
  }
  yield decoder?.decode() ?? '';
}

/** The whole text, without a byte order mark. */
export const textOf = async (source: Readable): Promise<string> => {
  let text = '';
  for await (const piece of piecesOf(source)) text += piece;
  return text;
};

/**
 * Lines of a text without their ends, which are LF, CR LF or CR. U+2028 ends none, as it does for node:readline: it may
 * stand in a string of JSON.
 */
export async function* linesOf(source: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of piecesOf(source)) {
    // A CR at the end may be the first half of CR LF.
    const text = rest + piece;
    const isOpen = text.endsWith('\r');
    const lines = (isOpen ? text.slice(0, -1) : text).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '') + (isOpen ? '\r' : '');
    yield* lines;
  }
  if (rest !== '') yield rest.replace(/\r$/, '');
}
