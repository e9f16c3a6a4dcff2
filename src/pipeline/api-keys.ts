import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal, Scope } from '../domain/access.ts';
import { AppError } from '../domain/errors.ts';
import type { Clock, IdSource } from './ports.ts';

/** A key as it is stored: never the key itself, only its digest. */
export interface StoredApiKey {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly keySha256: string;
  readonly scopes: readonly Scope[];
  readonly createdAtMs: number;
  readonly lastUsedAtMs?: number;
  readonly revokedAtMs?: number;
}

export interface ApiKeyStore {
  insert(key: StoredApiKey): Promise<void>;
  /** Inserts the key unless a key exists already, revoked or not; of two processes at once one wins. */
  insertFirst(key: StoredApiKey): Promise<'inserted' | 'there-are-keys'>;
  findByPrefix(prefix: string): Promise<StoredApiKey | undefined>;
  list(): Promise<readonly StoredApiKey[]>;
  revoke(id: string, nowMs: number): Promise<'revoked' | 'missing'>;
  touch(id: string, nowMs: number): Promise<void>;
}

export interface ApiKeyPorts {
  readonly store: ApiKeyStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Cryptographically strong random bytes. */
  readonly randomBytes: (count: number) => Uint8Array;
}

/** What may be shown of a key at any time. */
export interface ApiKeyInfo {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly Scope[];
}

/** A key that was just made. `secret` is shown this once: only its digest is kept. */
export interface NewApiKey extends ApiKeyInfo {
  readonly secret: string;
}

const KEY_PATTERN = /^assay_([0-9a-f]{8})_([0-9a-f]{48})$/;

/** 192 bits: guessing is out of the question, and 48 characters still fit a line. */
const SECRET_BYTES = 24;
const PREFIX_BYTES = 4;

/** How fresh `lastUsedAt` is kept; every call would be a write. */
const TOUCH_INTERVAL_MS = 60_000;

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();

function mintKey(ports: ApiKeyPorts, name: string, scopes: readonly Scope[]): { stored: StoredApiKey; secret: string } {
  const prefix = Buffer.from(ports.randomBytes(PREFIX_BYTES)).toString('hex');
  const secret = `assay_${prefix}_${Buffer.from(ports.randomBytes(SECRET_BYTES)).toString('hex')}`;
  const keySha256 = digest(secret).toString('hex');
  const createdAtMs = ports.clock.nowMs();
  return { stored: { id: ports.ids.next(), name, prefix, keySha256, scopes, createdAtMs }, secret };
}

/** Makes a key `assay_<prefix>_<secret>` with these scopes. */
export async function createApiKey(ports: ApiKeyPorts, name: string, scopes: readonly Scope[]): Promise<NewApiKey> {
  const { stored, secret } = mintKey(ports, name, scopes);
  await ports.store.insert(stored);
  return { ...describeKey(stored), secret };
}

/** Makes the administrator's key when the installation has no key yet; its secret is to be shown once. */
export async function ensureFirstKey(
  ports: ApiKeyPorts,
): Promise<{ readonly kind: 'created'; readonly key: NewApiKey } | { readonly kind: 'exists' }> {
  const { stored, secret } = mintKey(ports, 'first key', ['admin']);
  if ((await ports.store.insertFirst(stored)) === 'there-are-keys') return { kind: 'exists' };
  return { kind: 'created', key: { ...describeKey(stored), secret } };
}

/** Leaves out the digest. */
export const describeKey = ({ id, name, prefix, scopes }: StoredApiKey): ApiKeyInfo => ({ id, name, prefix, scopes });

/**
 * Finds whose key was presented. The digests are compared in constant time; a revoked key is as wrong as an unknown one.
 *
 * @throws AppError `auth.invalid`
 */
export async function verifyApiKey(ports: ApiKeyPorts, presented: string): Promise<Principal> {
  const prefix = KEY_PATTERN.exec(presented)?.[1];
  const stored = prefix === undefined ? undefined : await ports.store.findByPrefix(prefix);
  // An unknown prefix takes the same comparison, so that the time tells nothing.
  const expected = stored === undefined ? Buffer.alloc(32) : Buffer.from(stored.keySha256, 'hex');
  const isEqual = timingSafeEqual(digest(presented), expected);
  if (stored === undefined || !isEqual || stored.revokedAtMs !== undefined) {
    throw new AppError('auth.invalid', 'The API key is unknown, incomplete or revoked.');
  }
  const nowMs = ports.clock.nowMs();
  if (nowMs - (stored.lastUsedAtMs ?? 0) >= TOUCH_INTERVAL_MS) await ports.store.touch(stored.id, nowMs);
  return { kind: 'API_KEY', id: stored.id, name: stored.name, scopes: stored.scopes };
}
