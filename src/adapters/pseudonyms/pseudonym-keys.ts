import { hkdfSync } from 'node:crypto';
import type { IdentifierKind } from '../../domain/account.ts';
import { AppError } from '../../domain/errors.ts';

/** Kinds of identifier that name a person or thing of a person, so that they need a key. */
export type KeyedKind = Exclude<IdentifierKind, 'ASN'>;

/** The keys of one epoch: 32 bytes a kind, so that a hash of one kind says nothing of another. */
export interface EpochKeys {
  readonly epoch: number;
  readonly keys: Readonly<Record<KeyedKind, Uint8Array>>;
}

/** Keys in use, newest epoch first; those after the first overlap, so that links survive a rotation. */
export type PseudonymKeyring = readonly [EpochKeys, ...EpochKeys[]];

const MIN_SECRET_BYTES = 16;
const DAY_MS = 86_400_000;

/** Keys already derived, so that asking for the keyring at each account costs nothing; gone with the secret. */
const derived = new WeakMap<Uint8Array, Map<number, EpochKeys>>();

/**
 * Derives the keys of an epoch from one secret by HKDF-SHA-256 (RFC 5869), so that an operator keeps one secret.
 * Throws `config.invalid` for a secret under 128 bits (PCI DSS 4.0.1, 3.5.1.1 asks that much of a keyed hash).
 */
export const deriveEpochKeys = (secret: Uint8Array, epoch: number): EpochKeys => {
  const known = derived.get(secret)?.get(epoch);
  if (known !== undefined) return known;
  if (secret.length < MIN_SECRET_BYTES)
    throw new AppError(
      'config.invalid',
      `The secret for identifiers has ${secret.length} bytes; give at least ${MIN_SECRET_BYTES} random bytes.`,
    );
  const keyOf = (kind: KeyedKind): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), `assay identifier ${kind} ${epoch}`, 32));
  const made: EpochKeys = {
    epoch,
    keys: {
      DEVICE: keyOf('DEVICE'),
      PAYMENT: keyOf('PAYMENT'),
      ADDRESS: keyOf('ADDRESS'),
      PHONE: keyOf('PHONE'),
      EMAIL: keyOf('EMAIL'),
      IP: keyOf('IP'),
      SUBNET: keyOf('SUBNET'),
    },
  };
  const bySecret = derived.get(secret) ?? new Map<number, EpochKeys>();
  derived.set(secret, bySecret.set(epoch, made));
  return made;
};

/** How often keys change, and how long an old epoch is still written beside the new one. */
export interface KeyRotation {
  readonly periodDays: number;
  /** At most `periodDays`. */
  readonly overlapDays: number;
}

/**
 * The keyring at a moment: the epoch is the number of whole periods since 1970; the one before it stays in use during
 * the overlap, so that an account seen before and after a rotation carries both hashes and ties the two sides together.
 */
export const keyringAt = (secret: Uint8Array, nowMs: number, rotation: KeyRotation): PseudonymKeyring => {
  const periodMs = rotation.periodDays * DAY_MS;
  const epoch = Math.floor(nowMs / periodMs);
  const isOverlapping = epoch > 0 && nowMs - epoch * periodMs < rotation.overlapDays * DAY_MS;
  const current = deriveEpochKeys(secret, epoch);
  return isOverlapping ? [current, deriveEpochKeys(secret, epoch - 1)] : [current];
};
