import type { Scope } from '../domain/access.ts';
import type { SignedIn } from '../domain/views/person-view.ts';
import { callApi } from './api.ts';

/** Who is signed in. */
export type Person = SignedIn;

/** Whose session this browser holds. */
export const sessionQuery = {
  queryKey: ['session'],
  queryFn: () => callApi<Person>('/v1/session'),
  staleTime: 60_000,
};

/** Whether the person may do one of these; nothing asked is allowed to everybody. */
export const mayAny = ({ scopes }: Person, wanted: readonly Scope[] | undefined): boolean =>
  wanted === undefined || scopes.includes('admin') || wanted.some((one) => scopes.includes(one));
