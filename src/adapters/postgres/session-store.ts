import type { PersonRole, Scope } from '../../domain/access.ts';
import type { SessionStore, StoredSession } from '../../pipeline/sessions.ts';
import type { Database } from './database.ts';
import { asStored, unlessNull } from './stored-json.ts';

interface SessionRow {
  readonly kind: string;
  readonly personId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly role: string | null;
  readonly reach: unknown;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

const toSession = (row: SessionRow): StoredSession => ({
  kind: row.kind === 'TICKET' ? 'TICKET' : 'SESSION',
  personId: row.personId,
  name: row.name,
  scopes: row.scopes as readonly Scope[],
  ...unlessNull('role', row.role as PersonRole | null),
  ...unlessNull('reach', asStored<NonNullable<StoredSession['reach']> | null>(row.reach)),
  createdAtMs: row.createdAt.getTime(),
  lastSeenAtMs: row.lastSeenAt.getTime(),
  expiresAtMs: row.expiresAt.getTime(),
});

/** Sessions and sign-in tickets, by the digests of their tokens. */
export function postgresSessionStore(database: Database): SessionStore {
  return {
    async insert(tokenSha256, { createdAtMs, lastSeenAtMs, expiresAtMs, scopes, reach, ...session }) {
      await database.session.create({
        data: {
          ...session,
          tokenSha256,
          scopes: [...scopes],
          ...(reach === undefined ? {} : { reach: { ...reach } as object }),
          createdAt: new Date(createdAtMs),
          lastSeenAt: new Date(lastSeenAtMs),
          expiresAt: new Date(expiresAtMs),
        },
      });
    },
    async find(tokenSha256) {
      const row = await database.session.findUnique({ where: { tokenSha256 } });
      return row === null ? undefined : toSession(row);
    },
    async touch(tokenSha256, nowMs) {
      await database.session.updateMany({ where: { tokenSha256 }, data: { lastSeenAt: new Date(nowMs) } });
    },
    async take(tokenSha256) {
      // One statement: of two who send the same ticket at once, one gets it.
      const [row] = await database.$queryRaw<SessionRow[]>`
        DELETE FROM session WHERE "tokenSha256" = ${tokenSha256}
        RETURNING kind, "personId", name, scopes, role, reach, "createdAt", "lastSeenAt", "expiresAt"`;
      return row === undefined ? undefined : toSession(row);
    },
    async deleteExpired(nowMs) {
      await database.session.deleteMany({ where: { expiresAt: { lte: new Date(nowMs) } } });
    },
  };
}
