#!/usr/bin/env node
// The command `assay`: sets a checkout up when something is missing or older than its source, then runs the command.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const COMMANDS_WITH_CONSOLE = ['start', 'api'];

const main = new URL('../../dist/app/main.js', import.meta.url);
const isCheckout = existsSync(new URL('../../tsconfig.json', import.meta.url));
if (isCheckout) {
  const bootstrap = fileURLToPath(new URL('./bootstrap.mjs', import.meta.url));
  const args = COMMANDS_WITH_CONSOLE.includes(process.argv[2] ?? '') ? [bootstrap, 'console'] : [bootstrap];
  // What the setup says goes to standard error: standard output belongs to the command (`--json`).
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
process.setSourceMapsEnabled(true);
await import(main.href);
