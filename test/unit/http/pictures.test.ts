import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createServer } from '../../../src/http/server.ts';
import { httpSettings } from '../../../src/http/settings.ts';
import { headersWith, memoryDeps, withQueries } from './memory-deps.ts';

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('rest of the picture')]);
const digest = createHash('sha256').update(PNG).digest('hex');

/** A form with one file and fields. */
function form(
  bytes: Buffer,
  fields: Record<string, string> = {},
): { headers: Record<string, string>; payload: Buffer } {
  const boundary = 'boundary-of-a-test';
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(parts.join('') + head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, payload };
}

async function open(overrides: Parameters<typeof memoryDeps>[0] = {}) {
  const deps = memoryDeps(overrides);
  const server = await createServer(deps);
  const headers = await headersWith(deps, 'items:write', 'items:read', 'marks:write');
  return { deps, server, headers };
}

describe('uploading a picture', () => {
  it.each([
    ['raw bytes', { headers: { 'content-type': 'image/png' }, payload: PNG }],
    ['a form', form(PNG)],
  ])('as %s gives the id to name it by', async (_name, request) => {
    const { server, headers, deps } = await open();
    const answer = await server.inject({
      method: 'POST',
      url: '/v1/pictures',
      headers: { ...headers, ...request.headers },
      payload: request.payload,
    });
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ uploadId: digest, sizeBytes: PNG.length });
    expect(Buffer.from(deps.state.uploads.get(digest)!)).toEqual(PNG);
  });

  it.each([
    [
      'no picture',
      { headers: { 'content-type': 'image/png' }, payload: Buffer.from('<svg/>') },
      422,
      'image.not-an-image',
    ],
    ['an empty form', form(Buffer.alloc(0)), 422, 'request.invalid'],
    [
      'JSON',
      { headers: { 'content-type': 'application/json' }, payload: Buffer.from('{}') },
      415,
      'request.unsupported-media-type',
    ],
    [
      'too many bytes',
      { headers: { 'content-type': 'image/png' }, payload: Buffer.alloc(5_000) },
      413,
      'request.too-large',
    ],
    ['a form with too large a file', form(Buffer.alloc(5_000)), 413, 'request.too-large'],
    [
      'a form that is cut off',
      { headers: form(PNG).headers, payload: form(PNG).payload.subarray(0, -30) },
      400,
      'request.malformed',
    ],
  ])('is refused for %s', async (_name, request, status, code) => {
    const { server, headers, deps } = await open({ settings: httpSettings.parse({ pictureBytes: 4_096 }) });
    const answer = await server.inject({
      method: 'POST',
      url: '/v1/pictures',
      headers: { ...headers, ...request.headers },
      payload: request.payload,
    });
    expect(answer.json()).toMatchObject({ status, code });
    expect(deps.state.uploads.size).toBe(0);
  });
});

describe('the preview of a picture', () => {
  const withPreview = withQueries({
    picturePreview: async (sha256) => (sha256 === digest ? { bytes: Buffer.from('webp bytes') } : undefined),
  });

  it('may be kept for ever by whoever may see it', async () => {
    const { server, headers } = await open(withPreview);
    const answer = await server.inject({ url: `/v1/pictures/${digest}/preview`, headers });
    expect(answer.headers['content-type']).toBe('image/webp');
    expect(answer.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    expect(answer.rawPayload).toEqual(Buffer.from('webp bytes'));
    const headersAgain = { ...headers, 'if-none-match': String(answer.headers.etag) };
    const again = await server.inject({ url: `/v1/pictures/${digest}/preview`, headers: headersAgain });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('is missing for a picture that was not read, and that is not kept', async () => {
    const { server, headers } = await open(withPreview);
    const answer = await server.inject({ url: `/v1/pictures/${'0'.repeat(64)}/preview`, headers });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers.etag).toBeUndefined();
  });
});

describe('bank pictures', () => {
  const readable = (deps: ReturnType<typeof memoryDeps>) => ({
    ...deps.bankPictures,
    reader: {
      read: async () => ({
        kind: 'read' as const,
        contentSha256: digest,
        mediaType: 'image/png',
        widthPx: 10,
        heightPx: 10,
        flags: [],
        keys: new Uint8Array(),
        preview: new Uint8Array(),
      }),
    },
  });

  it('are read and get an id that the same picture gets again', async () => {
    const { server, headers } = await open({ bankPictures: readable(memoryDeps()) });
    const ids: string[] = [];
    for (const label of ['Front', 'Front again']) {
      const request = form(PNG, { bank: 'COUNTERFEIT', label });
      const answer = await server.inject({
        method: 'POST',
        url: '/v1/bank-pictures',
        headers: { ...headers, ...request.headers },
        payload: request.payload,
      });
      expect(answer.statusCode).toBe(201);
      ids.push((answer.json() as { id: string }).id);
    }
    expect(new Set(ids).size).toBe(1);
  });

  it.each([
    ['an unknown bank', { bank: 'SELLERS', label: 'x' }, 'request.invalid'],
    ['no label', { bank: 'LOGO' }, 'request.invalid'],
    ['an unknown field', { bank: 'LOGO', label: 'x', colour: 'red' }, 'request.invalid'],
    ['a picture that cannot be read', { bank: 'LOGO', label: 'x' }, 'image.undecodable'],
  ])('are refused for %s', async (_name, fields, code) => {
    const { server, headers } = await open();
    const request = form(PNG, fields as Record<string, string>);
    const answer = await server.inject({
      method: 'POST',
      url: '/v1/bank-pictures',
      headers: { ...headers, ...request.headers },
      payload: request.payload,
    });
    expect(answer.json()).toMatchObject({ status: 422, code });
  });
});
