import { createHash } from 'node:crypto';
import { canonicalJson, sha256Of } from '../credit/hash-chain.ts';

/** SHA-256 in hexadecimal of a JSON value with its object keys sorted, so that equal contents have one digest. */
export function contentDigest(value: unknown): string {
  return sha256Of(canonicalJson(value));
}

/** MD5 in hexadecimal of bytes: by which others' lists name files, and no protection against anything. */
export function bytesMd5(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

/** SHA-256 in hexadecimal of bytes. */
export function bytesDigest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
