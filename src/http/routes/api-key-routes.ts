import { z } from 'zod';
import { scope } from '../../domain/access.ts';
import { AppError } from '../../domain/errors.ts';
import { wellFormedText } from '../../domain/primitives.ts';
import { createApiKey, describeKey } from '../../pipeline/api-keys.ts';
import { idParams, problems, type ApiServer } from '../api-server.ts';
import { principalOf } from '../auth.ts';
import type { ServerDeps } from '../server-deps.ts';

const keyBody = z
  .strictObject({
    /** What the key is for, so that it can be told from others. */
    name: wellFormedText(200).min(1),
    scopes: z.array(scope).min(1),
  })
  .meta({ id: 'NewApiKey' });

const keyInfo = z.object({
  id: z.string(),
  name: z.string(),
  /** The readable part of the key. */
  prefix: z.string(),
  scopes: z.array(scope),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().optional(),
  revokedAt: z.iso.datetime().optional(),
});

const newKey = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(scope),
  /** The key itself, shown this once. */
  secret: z.string(),
});

const toIso = (ms: number): string => new Date(ms).toISOString();

/** API keys: making, listing and revoking them. Nobody hands out a scope that they do not hold. */
export function apiKeyRoutes(server: ApiServer, { apiKeys, clock }: ServerDeps): void {
  server.post(
    '/v1/api-keys',
    {
      config: { access: ['keys:manage'] },
      schema: {
        tags: ['operation'],
        summary: 'Make an API key; the answer shows it once',
        body: keyBody,
        response: { 201: newKey, ...problems },
      },
    },
    async (request, reply) => {
      const { name, scopes } = request.body;
      const own = principalOf(request).scopes;
      const beyond = own.includes('admin') ? [] : scopes.filter((one) => !own.includes(one));
      if (beyond.length > 0) {
        throw new AppError('auth.forbidden', `You cannot hand out scopes that you do not hold: ${beyond.join(', ')}.`);
      }
      const key = await createApiKey(apiKeys, name, [...new Set(scopes)]);
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ ...key, scopes: [...key.scopes] });
    },
  );

  server.get(
    '/v1/api-keys',
    {
      config: { access: ['keys:manage'] },
      schema: {
        tags: ['operation'],
        summary: 'API keys, without their secrets',
        response: { 200: z.object({ items: z.array(keyInfo) }), ...problems },
      },
    },
    async () => ({
      items: (await apiKeys.store.list()).map((key) => ({
        ...describeKey(key),
        scopes: [...key.scopes],
        createdAt: toIso(key.createdAtMs),
        ...(key.lastUsedAtMs === undefined ? {} : { lastUsedAt: toIso(key.lastUsedAtMs) }),
        ...(key.revokedAtMs === undefined ? {} : { revokedAt: toIso(key.revokedAtMs) }),
      })),
    }),
  );

  server.delete(
    '/v1/api-keys/:id',
    {
      config: { access: ['keys:manage'] },
      schema: {
        tags: ['operation'],
        summary: 'Revoke an API key; it stops working at once',
        params: idParams,
        response: { 204: z.undefined(), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if ((await apiKeys.store.revoke(id, clock.nowMs())) === 'missing') {
        throw new AppError('resource.not-found', `There is no API key “${id}”.`);
      }
      return reply.code(204).send();
    },
  );
}
