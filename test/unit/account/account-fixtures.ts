import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { AccountIdentifier, NetworkClass, PseudonymousAccount } from '../../../src/domain/account.ts';
import { accountSettings } from '../../../src/detectors/account/settings.ts';

export const DAY_MS = 86_400_000;
export const NOW_MS = Date.UTC(2026, 5, 1);

/** The settings that the service uses. */
export const testSettings = accountSettings.parse(
  parse(readFileSync(new URL('../../../rules/account.yaml', import.meta.url), 'utf8')),
);

export interface AccountSketch {
  readonly id: string;
  readonly device?: string;
  readonly payment?: string;
  readonly address?: string;
  readonly phone?: string;
  readonly email?: string;
  readonly ip?: string;
  readonly subnet?: string;
  readonly networkClass?: NetworkClass;
  readonly registeredDaysAgo?: number;
  readonly kind?: 'BUYER' | 'SELLER';
  readonly epoch?: number;
  readonly seenDaysAgo?: number;
}

/** An account from a few words; every value given stands for a keyed hash. */
export const sketchAccount = (sketch: AccountSketch): PseudonymousAccount => {
  const networkClass = sketch.networkClass ?? 'RESIDENTIAL';
  const seenAtMs = NOW_MS - (sketch.seenDaysAgo ?? 0) * DAY_MS;
  const identifiers: AccountIdentifier[] = [];
  const add = (kind: AccountIdentifier['kind'], value: string | undefined): void => {
    if (value === undefined) return;
    identifiers.push({
      kind,
      value,
      keyEpoch: sketch.epoch ?? 1,
      seenAtMs,
      ...(kind === 'IP' || kind === 'SUBNET' ? { networkClass } : {}),
    });
  };
  add('DEVICE', sketch.device);
  add('PAYMENT', sketch.payment);
  add('ADDRESS', sketch.address);
  add('PHONE', sketch.phone);
  add('EMAIL', sketch.email);
  add('IP', sketch.ip);
  add('SUBNET', sketch.subnet ?? sketch.ip);
  return {
    id: sketch.id,
    kind: sketch.kind ?? 'BUYER',
    registeredAt: new Date(NOW_MS - (sketch.registeredDaysAgo ?? 400) * DAY_MS).toISOString(),
    identifiers,
    sessions: [{ atMs: seenAtMs, networkClass }],
  };
};
