import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { wellFormedText } from '../../domain/primitives.ts';
import {
  entityKind,
  entityParams,
  entityView,
  linkGraph,
  pictureHit,
  searchHit,
  timelineEntry,
} from '../../domain/views/search-view.ts';
import { pageAnswer, pageOf, pageQuery, problems, type ApiServer } from '../api-server.ts';
import { readFileForm } from '../one-file.ts';
import { BINARY } from '../openapi.ts';
import { reviewerIn } from '../reviewer-in.ts';
import type { ServerDeps } from '../server-deps.ts';

const searchQuery = z.strictObject({
  q: wellFormedText(200).min(1),
  /** Kinds to look among, joined by commas; absent: all. */
  kinds: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(entityKind).min(1))
    .optional(),
  /** Hits of each kind. */
  limit: z.coerce.number().int().min(1).max(50).default(10),
});

const missingEntity = (kind: string, id: string): AppError =>
  new AppError('resource.not-found', `There is no ${kind} “${id}”.`);

/** Search over everything stored, by words and by picture, and the page of whatever was found. */
export function searchRoutes(server: ApiServer, { casework, settings, searchPictures }: ServerDeps): void {
  if (casework === undefined) return;
  const { search } = casework;

  server.get(
    '/v1/search',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['search'],
        summary: 'Cases, listings, sellers, reviews, accounts, orders, marks and rings by id, word or likeness',
        querystring: searchQuery,
        response: { 200: z.object({ items: z.array(searchHit) }), ...problems },
      },
    },
    async (request) => {
      const { q, kinds = entityKind.options, limit } = request.query;
      return { items: [...(await search.search({ text: q.trim(), kinds, limit }, reviewerIn(request).reach))] };
    },
  );

  server.get(
    '/v1/entities/:kind/:id',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['search'],
        summary: 'Everything about one entity on one page',
        params: entityParams,
        response: { 200: entityView, ...problems },
      },
    },
    async (request) => {
      const { kind, id } = request.params;
      const found = await search.entity(kind, id, reviewerIn(request).reach);
      if (found === undefined) throw missingEntity(kind, id);
      return found;
    },
  );

  server.get(
    '/v1/entities/:kind/:id/timeline',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['search'],
        summary: 'What happened to and around an entity, newest first',
        params: entityParams,
        querystring: z.strictObject(pageQuery),
        response: { 200: pageAnswer(timelineEntry), ...problems },
      },
    },
    async (request) => {
      const { kind, id } = request.params;
      const page = await search.timeline(kind, id, pageOf(request.query), reviewerIn(request).reach);
      if (page === undefined) throw missingEntity(kind, id);
      return page;
    },
  );

  server.get(
    '/v1/entities/:kind/:id/links',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['search'],
        summary: 'What is linked to an entity, in two steps',
        params: entityParams,
        response: { 200: linkGraph, ...problems },
      },
    },
    async (request) => {
      const { kind, id } = request.params;
      const graph = await search.links(kind, id, reviewerIn(request).reach);
      if (graph === undefined) throw missingEntity(kind, id);
      return graph;
    },
  );

  // In a scope of its own, so that no other resource takes a picture as its body.
  void server.register(async (scoped) => {
    scoped.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scoped.post(
      '/v1/search/picture',
      {
        config: {
          access: ['cases:read'],
          describedBody: {
            'image/*': BINARY,
            'multipart/form-data': { type: 'object', properties: { file: BINARY }, required: ['file'] },
          },
        },
        bodyLimit: settings.pictureBytes + 65_536,
        schema: {
          tags: ['search'],
          summary: 'The nearest pictures of every bank; the picture that is sent is not kept',
          response: { 200: z.object({ contentSha256: z.string(), items: z.array(pictureHit) }), ...problems },
        },
      },
      async (request) => {
        if (searchPictures === undefined)
          throw new AppError(
            'queue.unavailable',
            'This process holds no index of pictures: ask one that runs a worker.',
          );
        const bytes = Buffer.isBuffer(request.body)
          ? request.body
          : (await readFileForm(request, settings.pictureBytes)).bytes;
        const { contentSha256, items } = await searchPictures(bytes);
        return { contentSha256, items: [...items] };
      },
    );
  });
}
