import { createHash } from 'node:crypto';
import type { PersonRole, Principal, Scope } from '../domain/access.ts';
import { AppError } from '../domain/errors.ts';
import { verifyApiKey, type ApiKeyPorts } from './api-keys.ts';
import type { Clock } from './ports.ts';

export interface StoredSession {
  readonly kind: 'TICKET' | 'SESSION';
  readonly personId: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Role and reach of a person; absent for keys and links. */
  readonly role?: PersonRole;
  readonly reach?: NonNullable<Principal['reach']>;
  readonly createdAtMs: number;
  readonly lastSeenAtMs: number;
  readonly expiresAtMs: number;
}

export interface SessionStore {
  insert(tokenSha256: string, session: StoredSession): Promise<void>;
  find(tokenSha256: string): Promise<StoredSession | undefined>;
  touch(tokenSha256: string, nowMs: number): Promise<void>;
  /** Deletes and gives what was there, so that a ticket is used once however often it is sent. */
  take(tokenSha256: string): Promise<StoredSession | undefined>;
  deleteExpired(nowMs: number): Promise<void>;
}

export interface SessionPorts {
  readonly store: SessionStore;
  readonly apiKeys: ApiKeyPorts;
  readonly clock: Clock;
  /** Cryptographically strong random bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
}

/** Source: OWASP ASVS 5.0, 7.2.3 asks for 128 bits, 7.3.1 and 7.3.2 for an idle and an absolute limit. */
const TOKEN_BYTES = 32;
const IDLE_MS = 4 * 3_600_000;
const ABSOLUTE_MS = 12 * 3_600_000;
const TICKET_MS = 15 * 60_000;
/** A session's last use is written at most this often. */
const TOUCH_EVERY_MS = 60_000;

const digest = (token: string): string => createHash('sha256').update(token).digest('hex');

async function open(
  ports: SessionPorts,
  kind: StoredSession['kind'],
  { id, name, scopes, role, reach }: Pick<Principal, 'id' | 'name' | 'scopes' | 'role' | 'reach'>,
): Promise<string> {
  const token = Buffer.from(ports.randomBytes(TOKEN_BYTES)).toString('base64url');
  const nowMs = ports.clock.nowMs();
  const expiresAtMs = nowMs + (kind === 'TICKET' ? TICKET_MS : ABSOLUTE_MS);
  await ports.store.deleteExpired(nowMs);
  await ports.store.insert(digest(token), {
    kind,
    personId: id,
    name,
    scopes,
    ...(role === undefined ? {} : { role }),
    ...(reach === undefined ? {} : { reach }),
    createdAtMs: nowMs,
    lastSeenAtMs: nowMs,
    expiresAtMs,
  });
  return token;
}

/** Opens a session for somebody who has proved who they are, and gives its token. */
export function openSession(ports: SessionPorts, person: Principal): Promise<string> {
  return open(ports, 'SESSION', person);
}

/** A ticket that opens one session of the console within fifteen minutes: for the link that a start prints. */
export function issueTicket(ports: SessionPorts, person: Pick<Principal, 'id' | 'name' | 'scopes'>): Promise<string> {
  return open(ports, 'TICKET', person);
}

/**
 * Opens a session with an API key or a ticket and gives its token.
 *
 * @throws AppError `auth.invalid` when the key or ticket is unknown, used or too old.
 */
export async function signIn(
  ports: SessionPorts,
  proof: { readonly apiKey: string } | { readonly ticket: string },
): Promise<{ readonly token: string; readonly principal: Principal }> {
  const person =
    'apiKey' in proof ? await verifyApiKey(ports.apiKeys, proof.apiKey) : await redeem(ports, proof.ticket);
  const principal: Principal = { kind: 'SESSION', id: person.id, name: person.name, scopes: person.scopes };
  return { token: await open(ports, 'SESSION', principal), principal };
}

async function redeem(ports: SessionPorts, ticket: string): Promise<Pick<Principal, 'id' | 'name' | 'scopes'>> {
  const stored = await ports.store.take(digest(ticket));
  if (stored === undefined || stored.kind !== 'TICKET' || stored.expiresAtMs <= ports.clock.nowMs()) {
    throw new AppError('auth.invalid', 'The sign-in link was used or is too old: sign in with an API key.');
  }
  return { id: stored.personId, name: stored.name, scopes: stored.scopes };
}

/** Whose session a token is; undefined when it has ended. */
export async function principalOf(ports: SessionPorts, token: string): Promise<Principal | undefined> {
  const tokenSha256 = digest(token);
  const stored = await ports.store.find(tokenSha256);
  const nowMs = ports.clock.nowMs();
  if (stored === undefined || stored.kind !== 'SESSION') return undefined;
  if (stored.expiresAtMs <= nowMs || stored.lastSeenAtMs + IDLE_MS <= nowMs) return undefined;
  if (nowMs - stored.lastSeenAtMs >= TOUCH_EVERY_MS) await ports.store.touch(tokenSha256, nowMs);
  const { role, reach } = stored;
  return {
    kind: 'SESSION',
    id: stored.personId,
    name: stored.name,
    scopes: stored.scopes,
    ...(role === undefined ? {} : { role }),
    ...(reach === undefined ? {} : { reach }),
  };
}

/** Ends a session on the server. */
export async function signOut(ports: SessionPorts, token: string): Promise<void> {
  await ports.store.take(digest(token));
}
