import type { PersonRole } from '../../domain/access.ts';
import type { Preferences, Reach } from '../../domain/views/person-view.ts';
import type { PersonChange, PersonStore, StoredPerson } from '../../pipeline/people/person-store.ts';
import { inTransaction, type Database } from './database.ts';
import type { Person } from './generated/client.ts';
import { asStored, unlessNull } from './stored-json.ts';

const toPerson = (row: Person): StoredPerson => ({
  id: row.id,
  login: row.login,
  name: row.name,
  role: row.role as PersonRole,
  reach: asStored<Reach>(row.reach),
  preferences: asStored<Preferences>(row.preferences),
  ...unlessNull('passwordHash', row.passwordHash),
  mustChangePassword: row.mustChangePassword,
  ...unlessNull('totpSecret', row.totpSecret),
  ...unlessNull('totpConfirmedAtMs', row.totpConfirmedAt?.getTime() ?? null),
  ...unlessNull('oidcSubject', row.oidcSubject),
  ...unlessNull('lockedUntilMs', row.lockedUntil?.getTime() ?? null),
  ...unlessNull('disabledAtMs', row.disabledAt?.getTime() ?? null),
  createdAtMs: row.createdAt.getTime(),
  ...unlessNull('lastSignInAtMs', row.lastSignInAt?.getTime() ?? null),
});

const time = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

const toColumns = ({ totpConfirmedAtMs, lastSignInAtMs, disabledAtMs, ...rest }: PersonChange) => ({
  ...rest,
  ...(totpConfirmedAtMs === undefined ? {} : { totpConfirmedAt: time(totpConfirmedAtMs) }),
  ...(lastSignInAtMs === undefined ? {} : { lastSignInAt: new Date(lastSignInAtMs) }),
  ...(disabledAtMs === undefined ? {} : { disabledAt: time(disabledAtMs) }),
});

const toRow = (person: StoredPerson) => ({
  id: person.id,
  login: person.login,
  name: person.name,
  role: person.role,
  reach: person.reach,
  preferences: person.preferences,
  passwordHash: person.passwordHash ?? null,
  mustChangePassword: person.mustChangePassword,
  createdAt: new Date(person.createdAtMs),
});

/** Name of the lock under which the first person is made. */
const FIRST_PERSON_LOCK = 4_702_001;

/** People who work with the console. */
export function postgresPersonStore(database: Database): PersonStore {
  const { person } = database;
  const found = (row: Person | null): StoredPerson | undefined => (row === null ? undefined : toPerson(row));
  return {
    async insert(wanted) {
      const { count } = await person.createMany({ data: [toRow(wanted)], skipDuplicates: true });
      return count === 1 ? 'inserted' : 'login-taken';
    },
    insertFirst: (wanted) =>
      inTransaction(database, async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${FIRST_PERSON_LOCK})`;
        if ((await tx.person.count()) > 0) return 'there-are-people';
        await tx.person.create({ data: toRow(wanted) });
        return 'inserted';
      }),
    find: async (id) => found(await person.findUnique({ where: { id } })),
    findByLogin: async (login) => found(await person.findUnique({ where: { login } })),
    findByOidc: async (oidcSubject) => found(await person.findUnique({ where: { oidcSubject } })),
    list: async () => (await person.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })).map(toPerson),
    async update(id, change) {
      const { count } = await person.updateMany({ where: { id }, data: toColumns(change) });
      return count === 0 ? undefined : found(await person.findUnique({ where: { id } }));
    },
    async failSignIn(id, nowMs, lockMs) {
      const { failedSignIns } = await person.update({
        where: { id },
        data: { failedSignIns: { increment: 1 } },
        select: { failedSignIns: true },
      });
      const waitMs = lockMs(failedSignIns);
      if (waitMs > 0) await person.update({ where: { id }, data: { lockedUntil: new Date(nowMs + waitMs) } });
    },
    async passSignIn(id, nowMs) {
      await person.update({
        where: { id },
        data: { failedSignIns: 0, lockedUntil: null, lastSignInAt: new Date(nowMs) },
      });
    },
    async takeStep(id, step) {
      const { count } = await person.updateMany({
        where: { id, OR: [{ totpLastStep: null }, { totpLastStep: { lt: BigInt(step) } }] },
        data: { totpLastStep: BigInt(step) },
      });
      return count === 1;
    },
    async endSessions(personId) {
      await database.session.deleteMany({ where: { personId } });
    },
    hasPeople: async () => (await person.findFirst({ select: { id: true } })) !== null,
  };
}
