import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { sha256Hex } from '../../domain/primitives.ts';
import { uploadPicture } from '../../pipeline/upload-picture.ts';
import { problems, type ApiServer } from '../api-server.ts';
import { readFileForm } from '../one-file.ts';
import { BINARY } from '../openapi.ts';
import type { ServerDeps } from '../server-deps.ts';

const uploadAnswer = z.object({
  /** Name it as `uploadId` in a picture of a listing. It is the SHA-256 of the bytes. */
  uploadId: z.string(),
  sizeBytes: z.int(),
});

/** Uploading pictures, and looking at what was read of them. */
export function pictureRoutes(server: ApiServer, deps: ServerDeps): void {
  const { pictureBytes } = deps.settings;

  // In a scope of its own, so that no other resource takes a picture as its body.
  void server.register(async (scoped) => {
    scoped.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scoped.post(
      '/v1/pictures',
      {
        config: {
          access: ['items:write'],
          describedBody: {
            'image/*': BINARY,
            'multipart/form-data': { type: 'object', properties: { file: BINARY }, required: ['file'] },
          },
        },
        // A form is a little larger than its file; the limit of the route counts for raw bytes too.
        bodyLimit: pictureBytes + 65_536,
        schema: {
          tags: ['pictures'],
          summary: 'Upload a picture: its bytes with an image/* content type, or a form with one file',
          response: { 201: uploadAnswer, ...problems },
        },
      },
      async (request, reply) => {
        const bytes = Buffer.isBuffer(request.body)
          ? withinLimit(request.body, pictureBytes)
          : (await readFileForm(request, pictureBytes)).bytes;
        const uploadId = await uploadPicture({ store: deps.intake.store, clock: deps.clock }, bytes);
        return reply.code(201).send({ uploadId, sizeBytes: bytes.length });
      },
    );
  });

  server.get(
    '/v1/pictures/:sha256/preview',
    {
      config: { access: ['items:read', 'cases:read'] },
      schema: {
        tags: ['pictures'],
        summary: 'A picture as it was read, as WebP of at most 640 pixels a side',
        params: z.strictObject({ sha256: sha256Hex }),
        produces: ['image/webp'],
      },
    },
    async (request, reply) => {
      const { sha256 } = request.params;
      const etag = `"${sha256}"`;
      // Named by its content, so it never changes; private, because it may show what was taken down.
      reply.header('etag', etag).header('cache-control', 'private, max-age=31536000, immutable');
      if (request.headers['if-none-match']?.split(/, */).includes(etag) === true) return reply.code(304).send();
      const preview = await deps.queries.picturePreview(sha256);
      if (preview === undefined) {
        reply.removeHeader('etag').header('cache-control', 'no-store');
        throw new AppError('resource.not-found', `No picture with the digest ${sha256} was read.`);
      }
      return reply.type('image/webp').send(Buffer.from(preview.bytes));
    },
  );
}

function withinLimit(bytes: Buffer, maxBytes: number): Buffer {
  if (bytes.length <= maxBytes) return bytes;
  throw new AppError('request.too-large', `The picture has ${bytes.length} bytes; send at most ${maxBytes}.`);
}
