import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../domain/errors.ts';
import type { AssayClient } from './assay-client.ts';
import type { CommandContext } from './command-context.ts';

/** The option of commands that count as done by a person. */
export interface ActingOptions {
  /** Login of the person who acts; absent: whoever the key is. */
  readonly as?: string;
}

/** Asks on the terminal; what is typed is not shown. */
async function askHidden(question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new AppError('auth.missing', `${question} Set ASSAY_PASSWORD, or run the command on a terminal.`);
  process.stderr.write(`${question} `);
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await new Promise((resolve) => lines.question('', resolve));
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

/**
 * The server as a person sees it: signs in with login, password and, where the person has one, the second factor.
 *
 * @throws AppError `auth.invalid`, `auth.missing` where nobody can be asked for the password.
 */
export async function actAs(
  client: AssayClient,
  { password }: Pick<CommandContext, 'password'>,
  { as: login }: ActingOptions,
): Promise<AssayClient> {
  if (login === undefined) return client;
  const given = password ?? (await askHidden(`The password of ${login}:`));
  try {
    return await client.signIn({ login, password: given });
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.code !== 'auth.second-factor-needed') throw fault;
    const code = await askHidden('The six digits of the authenticator:');
    return client.signIn({ login, password: given, code });
  }
}
