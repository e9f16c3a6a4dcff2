import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const FILE_NAME = 'pseudonym.key';
const SECRET_BYTES = 32;

/** Reads the embedded installation's secret for identifiers, made at the first start and readable by its owner alone. */
export async function readOrMakeSecret(dataDir: string): Promise<Uint8Array> {
  const file = path.join(dataDir, FILE_NAME);
  const stored = await readFile(file, 'utf8').catch(() => undefined);
  if (stored !== undefined) return Buffer.from(stored.trim(), 'base64');
  await mkdir(dataDir, { recursive: true });
  const secret = randomBytes(SECRET_BYTES);
  // Exclusive: of two processes that start at once the first one's secret holds.
  await writeFile(file, `${secret.toString('base64')}\n`, { mode: 0o600, flag: 'wx' }).catch(() => undefined);
  await chmod(file, 0o600);
  return Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
}
