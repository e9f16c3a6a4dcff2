import type { FastifySchemaCompiler } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { z } from 'zod';

/**
 * Checks everything of a request but its body, which the use case checks item by item, so that one wrong item does
 * not spoil a batch. The schema of the body still stands in the API description.
 */
export const bodyToUseCase: FastifySchemaCompiler<unknown> = ({ schema, ...route }) =>
  validatorCompiler({
    ...route,
    schema: route.httpPart === 'body' || !(schema instanceof z.ZodType) ? z.unknown() : schema,
  });
