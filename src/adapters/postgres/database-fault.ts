import { AppError } from '../../domain/errors.ts';
import { Prisma } from './generated/client.ts';

/** Prisma's codes for a server that cannot be reached, does not answer in time, or hung up; and for a full pool. */
const AWAY_CODES: ReadonlySet<string> = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028']);

/** What the driver adapter calls the same in raw queries. */
const AWAY_KINDS: ReadonlySet<string> = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
]);

/**
 * SQLSTATE classes 08 (connection), 53 (resources) and codes 57P01–57P03 (server stops or starts); 40001 and 40P01 are
 * transactions that lost against another and may be tried again. Source: PostgreSQL manual, appendix A.
 */
const AWAY_STATES = /^(08|53|57P0[1-3]|40001|40P01)/;

/** The fault of a database that is away or too busy, where that is what was thrown. */
export function databaseFaultOf(thrown: unknown): AppError | undefined {
  if (!(thrown instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const { kind = '', originalCode = '' } = driverCauseOf(thrown.meta);
  const isAway =
    AWAY_CODES.has(thrown.code) || thrown.code === 'P2034' || AWAY_KINDS.has(kind) || AWAY_STATES.test(originalCode);
  if (!isAway) return undefined;
  return new AppError('database.unavailable', 'The database does not answer or is too busy; nothing was changed.', {
    cause: thrown,
  });
}

function driverCauseOf(meta: Record<string, unknown> | undefined): { kind?: string; originalCode?: string } {
  const fault = meta?.['driverAdapterError'];
  const cause = typeof fault === 'object' && fault !== null && 'cause' in fault ? fault.cause : undefined;
  return typeof cause === 'object' && cause !== null ? cause : {};
}
