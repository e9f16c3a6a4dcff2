import { ROLE_SCOPES, type Principal } from '../../domain/access.ts';
import { AppError } from '../../domain/errors.ts';
import type { Clock } from '../ports.ts';
import { openSession, type SessionPorts } from '../sessions.ts';
import { isPassword } from './password-hash.ts';
import type { PersonStore, StoredPerson } from './person-store.ts';
import type { Sealer } from './sealer.ts';

/** Codes of an authenticator (RFC 6238). */
export interface SecondFactor {
  newSecret(): string;
  /** `otpauth://totp/…` */
  uri(secret: string, login: string): string;
  /** The time step of which the code is, a step of difference allowed; undefined where it is of none. */
  stepOf(secret: string, code: string, nowMs: number): number | undefined;
}

/** Whoever an OpenID provider says has signed in. */
export interface FederatedPerson {
  /** `issuer subject` */
  readonly subject: string;
  /** Present where the provider has verified it. */
  readonly email?: string;
}

export interface PeoplePorts {
  readonly people: PersonStore;
  readonly sessions: SessionPorts;
  readonly secondFactor: SecondFactor;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

/** Failures in a row that are forgiven; then each doubles the wait, to an hour. Source: NIST SP 800-63B 5.2.2. */
const FORGIVEN = 5;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 3_600_000;

export const lockMs = (failures: number): number =>
  failures < FORGIVEN ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - FORGIVEN));

const wrong = (): AppError => new AppError('auth.invalid', 'Login or password is wrong, or the person is disabled.');

/** Principal of a person. Before the first password is changed it may do nothing else. */
export const principalOfPerson = ({ id, name, role, reach, mustChangePassword }: StoredPerson): Principal => ({
  kind: 'SESSION',
  id,
  name,
  scopes: mustChangePassword ? [] : ROLE_SCOPES[role],
  role,
  reach,
});

/**
 * Signs a person in with login and password, and with a code where a second factor is set up.
 *
 * @throws AppError `auth.invalid`, `auth.locked`, `auth.second-factor-needed`
 */
export async function signInPerson(
  ports: PeoplePorts,
  proof: { readonly login: string; readonly password: string; readonly code?: string | undefined },
): Promise<{ readonly token: string; readonly principal: Principal }> {
  const nowMs = ports.clock.nowMs();
  const person = await ports.people.findByLogin(proof.login.trim().toLowerCase());
  if (person?.lockedUntilMs !== undefined && person.lockedUntilMs > nowMs) {
    const seconds = Math.ceil((person.lockedUntilMs - nowMs) / 1_000);
    throw new AppError('auth.locked', `Too many failed sign-ins: try again in ${seconds} seconds.`, {
      members: { retryAfterSeconds: seconds },
    });
  }
  const isRight = await isPassword(proof.password, person?.passwordHash);
  if (person === undefined) throw wrong();
  if (!isRight || person.disabledAtMs !== undefined) {
    await ports.people.failSignIn(person.id, nowMs, lockMs);
    throw wrong();
  }
  if (person.totpConfirmedAtMs !== undefined) await checkCode(ports, person, proof.code);
  return openFor(ports, person);
}

async function checkCode(ports: PeoplePorts, person: StoredPerson, code: string | undefined): Promise<void> {
  if (code === undefined)
    throw new AppError('auth.second-factor-needed', 'Send the six digits of your authenticator as well.');
  if (await isFreshCode(ports, person, code)) return;
  await ports.people.failSignIn(person.id, ports.clock.nowMs(), lockMs);
  throw new AppError('auth.invalid', 'The code is wrong, too old, or was used before: wait for the next one.');
}

/** Whether a code is right and was never taken. */
export async function isFreshCode(
  { people, sealer, secondFactor, clock }: PeoplePorts,
  { id, totpSecret }: StoredPerson,
  code: string,
): Promise<boolean> {
  const secret = totpSecret === undefined ? undefined : sealer.open(totpSecret);
  const step = secret === undefined ? undefined : secondFactor.stepOf(secret, code, clock.nowMs());
  return step !== undefined && (await people.takeStep(id, step));
}

/**
 * Signs in whoever a provider vouches for. Nobody is made by signing in: an administrator adds people first, and a
 * verified address that is a person's login binds the two once.
 *
 * @throws AppError `auth.invalid` for somebody whom nobody has added.
 */
export async function signInFederated(
  ports: PeoplePorts,
  { subject, email }: FederatedPerson,
): Promise<{ readonly token: string; readonly principal: Principal }> {
  const known = await ports.people.findByOidc(subject);
  if (known !== undefined && known.disabledAtMs === undefined) return openFor(ports, known);
  const byLogin = email === undefined ? undefined : await ports.people.findByLogin(email.toLowerCase());
  if (
    known !== undefined ||
    byLogin === undefined ||
    byLogin.oidcSubject !== undefined ||
    byLogin.disabledAtMs !== undefined
  )
    throw new AppError('auth.invalid', 'Nobody of this account works here: ask an administrator to add you.');
  await ports.people.update(byLogin.id, { oidcSubject: subject, mustChangePassword: false });
  return openFor(ports, { ...byLogin, mustChangePassword: false });
}

async function openFor(ports: PeoplePorts, person: StoredPerson) {
  await ports.people.passSignIn(person.id, ports.clock.nowMs());
  const principal = principalOfPerson(person);
  return { token: await openSession(ports.sessions, principal), principal };
}
