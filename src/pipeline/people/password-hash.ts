import { scrypt, timingSafeEqual } from 'node:crypto';

/** What a guess costs; stored with each hash, so that it can be raised. */
export interface HashCost {
  readonly log2N: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** 32 MiB and some 60 ms a guess. Source: OWASP password storage cheat sheet, scrypt with N = 2^15, r = 8, p = 3 or more. */
const PASSWORD_COST: HashCost = { log2N: 15, blockSize: 8, parallelization: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

function derive(password: string, salt: Uint8Array, { log2N, blockSize, parallelization }: HashCost): Promise<Buffer> {
  const options = { N: 2 ** log2N, r: blockSize, p: parallelization, maxmem: 256 * 2 ** log2N * blockSize };
  return new Promise((resolve, reject) => {
    // Composed and decomposed letters look alike: they are one password.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (fault, key) => {
      if (fault === null) resolve(key);
      else reject(fault);
    });
  });
}

/** `scrypt$15$8$3$<salt>$<hash>` */
export async function hashPassword(
  password: string,
  randomBytes: (count: number) => Uint8Array,
  cost: HashCost = PASSWORD_COST,
): Promise<string> {
  const salt = Buffer.from(randomBytes(SALT_BYTES));
  const hash = await derive(password, salt, cost);
  const { log2N, blockSize, parallelization } = cost;
  return ['scrypt', log2N, blockSize, parallelization, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** A hash that no password has: comparing with it takes the time of a real comparison. */
const NOBODY = `scrypt$15$8$3$${Buffer.alloc(SALT_BYTES).toString('base64')}$${Buffer.alloc(HASH_BYTES).toString('base64')}`;

/** Whether a password is the one of a hash; without a hash it never is, and takes as long. */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [kind, log2N, blockSize, parallelization, salt, hash] = (stored ?? NOBODY).split('$');
  if (kind !== 'scrypt' || salt === undefined || hash === undefined) return false;
  const cost = { log2N: Number(log2N), blockSize: Number(blockSize), parallelization: Number(parallelization) };
  const derived = await derive(password, Buffer.from(salt, 'base64'), cost);
  return timingSafeEqual(derived, Buffer.from(hash, 'base64')) && stored !== undefined;
}
