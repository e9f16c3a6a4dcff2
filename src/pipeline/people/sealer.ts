import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/** Hides a text from whoever reads the database alone. */
export interface Sealer {
  seal(text: string): string;
  /** Undefined where the text was not sealed with this key, or was changed. */
  open(sealed: string): string | undefined;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM with a key of its own, derived from the secret of the installation for one purpose. */
export function createSealer(secret: Uint8Array, purpose: string, randomBytes: (count: number) => Uint8Array): Sealer {
  const key = Buffer.from(hkdfSync('sha256', secret, new Uint8Array(), purpose, 32));
  return {
    seal(text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
          'utf8',
        );
      } catch {
        return undefined;
      }
    },
  };
}
