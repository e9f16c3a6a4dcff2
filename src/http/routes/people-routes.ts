import { z } from 'zod';
import { newPerson, newPersonAnswer, personPatch, personView } from '../../domain/views/person-view.ts';
import { addPerson, changePerson, resetPerson, toPersonView } from '../../pipeline/people/manage-people.ts';
import type { ManagePorts } from '../../pipeline/people/manage-people.ts';
import { idParams, problems, type ApiServer } from '../api-server.ts';
import { principalOf } from '../auth.ts';

/** People who sign in to the console, for administrators. */
export function peopleRoutes(server: ApiServer, ports: ManagePorts): void {
  server.get(
    '/v1/people',
    {
      config: { access: ['people:manage'] },
      schema: {
        tags: ['people'],
        summary: 'Everybody who may sign in',
        response: { 200: z.object({ items: z.array(personView) }), ...problems },
      },
    },
    async () => ({ items: (await ports.people.list()).map(toPersonView) }),
  );

  server.post(
    '/v1/people',
    {
      config: { access: ['people:manage'] },
      schema: {
        tags: ['people'],
        summary: 'Add somebody; the answer shows the first password once',
        body: newPerson,
        response: { 201: newPersonAnswer, ...problems },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(await addPerson(ports, request.body)),
  );

  server.patch(
    '/v1/people/:id',
    {
      config: { access: ['people:manage'] },
      schema: {
        tags: ['people'],
        summary: 'Change name, role or reach, or disable somebody; their sessions end',
        params: idParams,
        body: personPatch,
        response: { 200: personView, ...problems },
      },
    },
    async (request) => changePerson(ports, principalOf(request), request.params.id, request.body),
  );

  server.post(
    '/v1/people/:id/reset',
    {
      config: { access: ['people:manage'] },
      schema: {
        tags: ['people'],
        summary: 'Give a new first password and take the second factor away; their sessions end',
        params: idParams,
        response: { 200: newPersonAnswer, ...problems },
      },
    },
    async (request, reply) =>
      reply.header('cache-control', 'no-store').send(await resetPerson(ports, request.params.id)),
  );
}
