import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the checkout or image: two folders above this file, in `src` as in `dist`. */
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What the project brings along, wherever the process was started. */
export const PROJECT_PATHS = {
  migrations: path.join(ROOT, 'prisma', 'migrations'),
  rules: path.join(ROOT, 'rules'),
  demo: path.join(ROOT, 'fixtures', 'demo'),
  console: path.join(ROOT, 'dist', 'console'),
} as const;
