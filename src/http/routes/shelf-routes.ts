import { z } from 'zod';
import { macroBody, macroView } from '../../domain/views/case-decision-view.ts';
import { savedView, savedViewBody } from '../../domain/views/search-view.ts';
import { discard, keep, type Kept } from '../../pipeline/casework/shelf.ts';
import { idParams, problems, type ApiServer } from '../api-server.ts';
import { reviewerIn } from '../reviewer-in.ts';
import type { ServerDeps } from '../server-deps.ts';

const present = <Body>({ id, ownerId, body, updatedAtMs }: Kept<Body>) => ({
  id,
  ownerId,
  ...body,
  updatedAt: new Date(updatedAtMs).toISOString(),
});

/** Macros and saved views: one's own, and those that leads share. */
export function shelfRoutes(server: ApiServer, { casework }: ServerDeps): void {
  if (casework === undefined) return;
  const { macros, savedViews } = casework;

  server.get(
    '/v1/macros',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['cases'],
        summary: 'Prepared decisions',
        response: { 200: z.object({ items: z.array(macroView) }), ...problems },
      },
    },
    async (request) => ({ items: (await macros.store.list(reviewerIn(request).id)).map(present) }),
  );

  server.post(
    '/v1/macros',
    {
      config: { access: ['cases:decide'] },
      schema: {
        tags: ['cases'],
        summary: 'Keep a prepared decision',
        body: macroBody,
        response: { 201: macroView, ...problems },
      },
    },
    async (request, reply) => reply.code(201).send(present(await keep(macros, reviewerIn(request), request.body))),
  );

  server.put(
    '/v1/macros/:id',
    {
      config: { access: ['cases:decide'] },
      schema: {
        tags: ['cases'],
        summary: 'Change a prepared decision',
        params: idParams,
        body: macroBody,
        response: { 200: macroView, ...problems },
      },
    },
    async (request) => present(await keep(macros, reviewerIn(request), request.body, request.params.id)),
  );

  server.delete(
    '/v1/macros/:id',
    {
      config: { access: ['cases:decide'] },
      schema: {
        tags: ['cases'],
        summary: 'Throw a prepared decision away',
        params: idParams,
        response: { 204: z.undefined(), ...problems },
      },
    },
    async (request, reply) => {
      await discard(macros, reviewerIn(request), request.params.id);
      return reply.code(204).send();
    },
  );

  server.get(
    '/v1/saved-views',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['console'],
        summary: 'Saved lists with their filters',
        response: { 200: z.object({ items: z.array(savedView) }), ...problems },
      },
    },
    async (request) => ({ items: (await savedViews.store.list(reviewerIn(request).id)).map(present) }),
  );

  server.post(
    '/v1/saved-views',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['console'],
        summary: 'Save a list with its filters',
        body: savedViewBody,
        response: { 201: savedView, ...problems },
      },
    },
    async (request, reply) => reply.code(201).send(present(await keep(savedViews, reviewerIn(request), request.body))),
  );

  server.delete(
    '/v1/saved-views/:id',
    {
      config: { access: ['cases:read'] },
      schema: {
        tags: ['console'],
        summary: 'Throw a saved list away',
        params: idParams,
        response: { 204: z.undefined(), ...problems },
      },
    },
    async (request, reply) => {
      await discard(savedViews, reviewerIn(request), request.params.id);
      return reply.code(204).send();
    },
  );
}
