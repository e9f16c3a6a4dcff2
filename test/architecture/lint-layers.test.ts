import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Breaches that the lint run must find: the file that holds it, the code, and the rule that speaks. */
const BREACHES = [
  {
    file: 'src/domain/planted.ts',
    code: "import { x } from '../detectors/detector.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/domain/planted.ts',
    code: "import fs from 'node:fs';\nexport const y = fs;\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/detectors/image/planted.ts',
    code: "import { x } from '../brand/mark-index.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/detectors/image/planted.ts',
    code: "import { x } from '../../pipeline/ports.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  { file: 'src/detectors/ring/planted.ts', code: 'export const y = Date.now();\n', rule: 'no-restricted-properties' },
  { file: 'src/credit/planted.ts', code: 'export const y = process.env;\n', rule: 'no-restricted-globals' },
  {
    file: 'src/policy/planted.ts',
    code: "import { x } from '../credit/quality.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/pipeline/planted.ts',
    code: "import { x } from '../adapters/postgres/database.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/pipeline/planted.ts',
    code: "import { Queue } from 'bullmq';\nexport const y = Queue;\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/adapters/queue/planted.ts',
    code: "import { x } from '../../http/server.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/http/planted.ts',
    code: "import { x } from '../adapters/queue/open-queues.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  {
    file: 'src/console/planted.ts',
    code: "import { x } from '../pipeline/ports.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  { file: 'src/http/planted.ts', code: 'export const y = process.env.HOME;\n', rule: 'no-process-env' },
] as const;

describe('the lint run', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(path.join(process.cwd(), 'node_modules', '.breaches-'));
    copyFileSync('.oxlintrc.json', path.join(root, '.oxlintrc.json'));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const lint = (file: string, code: string): string => {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, code);
    const oxlint = path.resolve('node_modules', 'oxlint', 'bin', 'oxlint');
    const args = [oxlint, '--config', '.oxlintrc.json', '--no-ignore', '--format', 'unix', file];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
    rmSync(target);
    return stdout + stderr;
  };

  it.each(BREACHES)('finds a breach of the layers in $file ($rule)', ({ file, code, rule }) => {
    expect(lint(file, code)).toContain(rule);
  });

  it('is content with a file that keeps to its layer', () => {
    const output = lint(
      'src/detectors/image/planted.ts',
      "import type { Finding } from '../../domain/finding.ts';\nexport type Y = Finding;\n",
    );
    expect(output).not.toContain('no-restricted');
  });
});
