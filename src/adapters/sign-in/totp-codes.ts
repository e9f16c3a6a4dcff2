import { Secret, TOTP } from 'otpauth';
import type { SecondFactor } from '../../pipeline/people/sign-in-person.ts';

const PERIOD_SECONDS = 30;

/** Bytes of a secret. Source: RFC 4226 section 4 asks for 128 bits and recommends 160. */
const SECRET_BYTES = 20;

const generator = (secret: string, login: string): TOTP =>
  new TOTP({ issuer: 'Assay', label: login, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS, secret });

/** Codes that every authenticator application makes: RFC 6238 with SHA-1, six digits, thirty seconds. */
export const totpCodes: SecondFactor = {
  newSecret: () => new Secret({ size: SECRET_BYTES }).base32,
  uri: (secret, login) => generator(secret, login).toString(),
  stepOf(secret, code, nowMs) {
    const delta = generator(secret, 'any').validate({ token: code, timestamp: nowMs, window: 1 });
    return delta === null ? undefined : Math.floor(nowMs / 1_000 / PERIOD_SECONDS) + delta;
  },
};
