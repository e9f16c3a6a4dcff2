import { useQuery } from '@tanstack/react-query';
import type { Scope } from '../domain/access.ts';
import { mayAny, sessionQuery, type Person } from './session.ts';

const NOBODY: Person = { id: '', name: '', scopes: [] };

/** Who is signed in, and whether that person may do something. */
export function usePerson(): { readonly person: Person; readonly may: (...wanted: Scope[]) => boolean } {
  const { data: person = NOBODY } = useQuery(sessionQuery);
  return { person, may: (...wanted) => mayAny(person, wanted) };
}
