import type { FastifyRequest } from 'fastify';
import { reviewerOf, type Reviewer } from '../pipeline/casework/reviewer.ts';
import { principalOf } from './auth.ts';

/** Whoever calls, as casework knows them. */
export const reviewerIn = (request: FastifyRequest): Reviewer => reviewerOf(principalOf(request));
