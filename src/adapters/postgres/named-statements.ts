import { createHash } from 'node:crypto';
import { Prisma } from './generated/client.ts';

/**
 * Begins a statement that a server plans once for each connection instead of with every call. For the few that are
 * called all the time, are slow to plan, and have few texts: each text stays with each connection for its life.
 */
export const PLANNED_ONCE = Prisma.raw('/* planned once */');

/** The name under which a connection keeps a statement; empty, the protocol's word for none, where it keeps none. */
export function nameStatement({ sql }: { readonly sql: string }): string {
  if (!sql.trimStart().startsWith(PLANNED_ONCE.sql)) return '';
  return createHash('sha256').update(sql).digest('base64url').slice(0, 32);
}
