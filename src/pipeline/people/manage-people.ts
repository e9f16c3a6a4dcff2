import { AppError } from '../../domain/errors.ts';
import type { NewPerson, PersonPatch, PersonView, Preferences } from '../../domain/views/person-view.ts';
import { preferences, reach } from '../../domain/views/person-view.ts';
import type { IdSource } from '../ports.ts';
import { openSession } from '../sessions.ts';
import { type HashCost, hashPassword, isPassword } from './password-hash.ts';
import type { StoredPerson } from './person-store.ts';
import { isFreshCode, type PeoplePorts, principalOfPerson } from './sign-in-person.ts';

export interface ManagePorts extends PeoplePorts {
  readonly ids: IdSource;
  readonly randomBytes: (count: number) => Uint8Array;
  /** What guessing a password costs; absent: what the product asks for. */
  readonly passwordCost?: HashCost;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** A person without anything secret. */
export const toPersonView = (person: StoredPerson): PersonView => ({
  id: person.id,
  login: person.login,
  name: person.name,
  role: person.role,
  reach: person.reach,
  hasPassword: person.passwordHash !== undefined,
  hasSecondFactor: person.totpConfirmedAtMs !== undefined,
  isFederated: person.oidcSubject !== undefined,
  isDisabled: person.disabledAtMs !== undefined,
  createdAt: iso(person.createdAtMs),
  ...(person.lastSignInAtMs === undefined ? {} : { lastSignInAt: iso(person.lastSignInAtMs) }),
});

/** 96 bits in letters that are not mistaken for each other when read aloud. */
function newPassword(randomBytes: ManagePorts['randomBytes']): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  // 2^8 mod 31 favours some letters by an eighth: 20 letters still hold 96 bits and more.
  const word = [...randomBytes(20)].map((byte) => letters[byte % letters.length]).join('');
  return word.replace(/(.{5})(?=.)/g, '$1-');
}

async function draft(ports: ManagePorts, { login, name, role, reach: given }: NewPerson) {
  const password = newPassword(ports.randomBytes);
  const person: StoredPerson = {
    id: ports.ids.next(),
    login,
    name,
    role,
    reach: given,
    preferences: preferences.parse({}),
    passwordHash: await hashPassword(password, ports.randomBytes, ports.passwordCost),
    mustChangePassword: true,
    createdAtMs: ports.clock.nowMs(),
  };
  return { person, password };
}

/** Makes the first administrator when nobody is there; the password is to be shown once. */
export async function ensureFirstPerson(
  ports: ManagePorts,
): Promise<
  { readonly kind: 'created'; readonly login: string; readonly password: string } | { readonly kind: 'exists' }
> {
  if (await ports.people.hasPeople()) return { kind: 'exists' };
  const { person, password } = await draft(ports, {
    login: 'admin',
    name: 'Administrator',
    role: 'ADMIN',
    reach: reach.parse({}),
  });
  if ((await ports.people.insertFirst(person)) === 'there-are-people') return { kind: 'exists' };
  return { kind: 'created', login: person.login, password };
}

/** @throws AppError `resource.conflict` where the login is taken. */
export async function addPerson(ports: ManagePorts, wanted: NewPerson) {
  const { person, password } = await draft(ports, wanted);
  if ((await ports.people.insert(person)) === 'login-taken')
    throw new AppError('resource.conflict', `Somebody has the login “${wanted.login}” already: choose another.`);
  return { person: toPersonView(person), password };
}

const nobody = (id: string): AppError => new AppError('resource.not-found', `There is no person “${id}”.`);

/** Changes role, reach or name, or disables somebody; what the person may do changes at once, because sessions end. */
export async function changePerson(
  ports: ManagePorts,
  by: { readonly id: string },
  id: string,
  { isDisabled, ...patch }: PersonPatch,
): Promise<PersonView> {
  if (id === by.id && (isDisabled === true || patch.role !== undefined))
    throw new AppError(
      'auth.forbidden',
      'Nobody disables themselves or changes their own role: another administrator must.',
    );
  const change = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const disabledAtMs = isDisabled === true ? ports.clock.nowMs() : null;
  const changed = await ports.people.update(id, { ...change, ...(isDisabled === undefined ? {} : { disabledAtMs }) });
  if (changed === undefined) throw nobody(id);
  if (patch.role !== undefined || patch.reach !== undefined || isDisabled === true) await ports.people.endSessions(id);
  return toPersonView(changed);
}

/** Gives a new first password, takes the second factor away and ends the person's sessions. */
export async function resetPerson(ports: ManagePorts, id: string) {
  const password = newPassword(ports.randomBytes);
  const passwordHash = await hashPassword(password, ports.randomBytes, ports.passwordCost);
  const changed = await ports.people.update(id, {
    passwordHash,
    mustChangePassword: true,
    totpSecret: null,
    totpConfirmedAtMs: null,
  });
  if (changed === undefined) throw nobody(id);
  await ports.people.passSignIn(id, ports.clock.nowMs());
  await ports.people.endSessions(id);
  return { person: toPersonView(changed), password };
}

/** The person behind a session; keys and sign-in links have none. */
async function ownPerson(ports: ManagePorts, id: string): Promise<StoredPerson> {
  const person = await ports.people.find(id);
  if (person === undefined || person.disabledAtMs !== undefined)
    throw new AppError('auth.forbidden', 'Only a person who has signed in with login and password can do this.');
  return person;
}

/** Changes one's own password; every other session ends, and this one goes on under a new token. */
export async function changePassword(
  ports: ManagePorts,
  id: string,
  given: { readonly oldPassword: string; readonly newPassword: string },
): Promise<{ readonly token: string }> {
  const person = await ownPerson(ports, id);
  if (!(await isPassword(given.oldPassword, person.passwordHash)))
    throw new AppError('auth.invalid', 'The old password is wrong.');
  const passwordHash = await hashPassword(given.newPassword, ports.randomBytes, ports.passwordCost);
  const changed = await ports.people.update(id, { passwordHash, mustChangePassword: false });
  await ports.people.endSessions(id);
  return { token: await openSession(ports.sessions, principalOfPerson(changed ?? person)) };
}

/** Begins a second factor; it is asked for once a code of it was confirmed. */
export async function beginSecondFactor(ports: ManagePorts, id: string) {
  const person = await ownPerson(ports, id);
  if (person.totpConfirmedAtMs !== undefined)
    throw new AppError('resource.conflict', 'There is a second factor already: remove it first.');
  const secret = ports.secondFactor.newSecret();
  await ports.people.update(id, { totpSecret: ports.sealer.seal(secret) });
  return { secret, uri: ports.secondFactor.uri(secret, person.login) };
}

export async function confirmSecondFactor(ports: ManagePorts, id: string, code: string): Promise<void> {
  const person = await ownPerson(ports, id);
  if (!(await isFreshCode(ports, person, code)))
    throw new AppError('auth.invalid', 'The code is wrong: check that the clock of the telephone is right.');
  await ports.people.update(id, { totpConfirmedAtMs: ports.clock.nowMs() });
}

export async function removeSecondFactor(ports: ManagePorts, id: string, code: string): Promise<void> {
  const person = await ownPerson(ports, id);
  if (!(await isFreshCode(ports, person, code))) throw new AppError('auth.invalid', 'The code is wrong.');
  await ports.people.update(id, { totpSecret: null, totpConfirmedAtMs: null });
}

export async function savePreferences(ports: ManagePorts, id: string, wanted: Preferences): Promise<Preferences> {
  await ownPerson(ports, id);
  await ports.people.update(id, { preferences: wanted });
  return wanted;
}
