import { useCallback, useSyncExternalStore } from 'react';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('popstate', listener);
  window.addEventListener('assay:address', listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener('assay:address', listener);
  };
};

export type AddressValues = Readonly<Record<string, string | undefined>>;

const join = (path: string, query: URLSearchParams): string => {
  const text = query.toString();
  return `${path}${text === '' ? '' : `?${text}`}`;
};

/** The address of this page with some values changed; undefined takes a value out. */
export function addressWith(changes: AddressValues): string {
  const query = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  return join(window.location.pathname, query);
}

/** The address of a page of the console with nothing but these values. */
export function pageAddress(path: string, values: AddressValues = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value);
  return join(path, query);
}

/** Goes to an address of the console: as a step that the back button takes back, or in place of the present one. */
export function goTo(address: string, how: 'step' | 'replace' = 'step'): void {
  if (how === 'step') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
  window.dispatchEvent(new Event('assay:address'));
}

/** Goes to this page with some values changed. */
export const changeAddress = (changes: AddressValues, how: 'step' | 'replace' = 'step'): void =>
  goTo(addressWith(changes), how);

/** Which page is shown: `/search` → `search`, `/` → the empty text. */
export const usePage = (): string =>
  useSyncExternalStore(subscribe, () => window.location.pathname.split('/')[1] ?? '');

/** A value kept in the address bar, so that a view can be shared and the back button works; an empty one is none. */
export function useAddress(name: string): [string | undefined, (value: string | undefined) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => new URLSearchParams(window.location.search).get(name) || undefined,
  );
  const set = useCallback((next: string | undefined) => changeAddress({ [name]: next }), [name]);
  return [value, set];
}
