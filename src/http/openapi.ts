import fastifySwagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

const DESCRIPTION = `Trust, fraud and IP-compliance moderation for online marketplaces.
Hand in sellers, listings, reviews, accounts and orders; ask for checks, decisions, cases and seller credit.
Faults are told as application/problem+json; lists are paged by cursor; times are RFC 3339.`;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Bodies that no schema checks (bytes and forms), by content type, as JSON Schema: for the description alone. */
    describedBody?: Readonly<Record<string, object>>;
  }
}

/** Bytes of a picture. */
export const BINARY = { type: 'string', format: 'binary' } as const;

/** Publishes the API description, OpenAPI 3.1, at /openapi.json, made from the very schemas that check requests. */
export async function describeApi(server: FastifyInstance): Promise<void> {
  await server.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Assay', version: '1', description: DESCRIPTION },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An API key, `assay_…`' },
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        },
      },
      tags: [
        { name: 'intake', description: 'What a marketplace hands in' },
        { name: 'pictures', description: 'Uploads and previews' },
        { name: 'checks', description: 'What became of it' },
        { name: 'subjects', description: 'What is stored' },
        { name: 'sellers', description: 'Standing and credit' },
        { name: 'cases', description: 'What a person has to judge' },
        { name: 'marks', description: 'Marks, rights holders and bank pictures' },
        { name: 'rules', description: 'Versions of the rules, and how they do' },
        { name: 'operation', description: 'Running the service' },
      ],
    },
    transform: (document) => {
      const { schema: transformed, url } = jsonSchemaTransform(document);
      const { access, describedBody } = document.route.config ?? {};
      const schema = describedBody === undefined ? transformed : { ...transformed, body: toContent(describedBody) };
      if (access === 'public' || access === undefined) return { schema: { ...schema, security: [] }, url };
      const needed = `Needs the scope ${access.map((one) => `\`${one}\``).join(' or ')}.`;
      const security = [{ bearer: [] }, { apiKey: [] }];
      return { schema: { description: needed, ...schema, security }, url };
    },
    transformObject: jsonSchemaTransformObject,
  });
  server.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () => server.swagger());
}

function toContent(bodies: Readonly<Record<string, object>>): { content: Record<string, { schema: object }> } {
  return { content: Object.fromEntries(Object.entries(bodies).map(([type, schema]) => [type, { schema }])) };
}
