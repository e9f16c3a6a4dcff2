import { ensureFirstPerson } from '../pipeline/people/manage-people.ts';
import type { Runtime } from './runtime.ts';

/** Makes the first administrator where nobody is there yet, and shows the password this once. */
export async function tellFirstPerson({ people }: Runtime, print: (text: string) => void): Promise<void> {
  const first = await ensureFirstPerson(people);
  if (first.kind === 'exists') return;
  print(`  The first administrator signs in as ${first.login}, with the password ${first.password}`);
  print('  (shown only now; it is changed at the first sign-in)');
}
