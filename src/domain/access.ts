import { z } from 'zod';

/**
 * What a key or a signed-in person may do. `admin` stands for all of them.
 * Source: policy.md section 5, with reads split by what they show.
 */
export const scope = z.enum([
  'admin',
  'items:read',
  'items:write',
  'accounts:write',
  'reviews:write',
  'orders:write',
  'score:read',
  'cases:read',
  'cases:decide',
  'cases:lead',
  'people:manage',
  'marks:read',
  'marks:write',
  'notices:write',
  'appeals:write',
  'stats:read',
  'events:read',
  'queues:manage',
  'keys:manage',
  'webhooks:manage',
  'audit:read',
  'metrics:read',
  'rules:read',
  'rules:write',
  'ruleset:publish',
]);
export type Scope = z.infer<typeof scope>;

/** What a person is here for. */
export const personRole = z.enum(['MODERATOR', 'LEAD', 'POLICY_OWNER', 'ADMIN', 'AUDITOR']);
export type PersonRole = z.infer<typeof personRole>;

const READING = [
  'cases:read',
  'items:read',
  'score:read',
  'stats:read',
  'marks:read',
  'rules:read',
] as const satisfies readonly Scope[];

/** What each role may do. An auditor sees everything that happens and changes nothing. */
export const ROLE_SCOPES: Readonly<Record<PersonRole, readonly Scope[]>> = {
  MODERATOR: [...READING, 'cases:decide'],
  LEAD: [...READING, 'cases:decide', 'cases:lead', 'events:read'],
  POLICY_OWNER: [...READING, 'events:read', 'rules:write', 'ruleset:publish'],
  ADMIN: ['admin'],
  AUDITOR: [...READING, 'events:read', 'audit:read'],
};

/** Who makes a call: a program with an API key, or a person with a session of the console. */
export interface Principal {
  readonly kind: 'API_KEY' | 'SESSION';
  /** Id of the key, or of the person. */
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly role?: PersonRole;
  /** What bounds the person's view; absent: nothing does. */
  readonly reach?: PrincipalReach;
}

/** Empty lists bound nothing. */
interface PrincipalReach {
  readonly markets: readonly string[];
  readonly queues: readonly string[];
  readonly languages: readonly string[];
  readonly skills: readonly string[];
}

/** Whether the principal holds one of the scopes. */
export const hasAnyScope = (principal: Principal, wanted: readonly Scope[]): boolean =>
  principal.scopes.includes('admin') || wanted.some((one) => principal.scopes.includes(one));
