import { useCallback, useSyncExternalStore } from 'react';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('popstate', listener);
  window.addEventListener('assay:address', listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener('assay:address', listener);
  };
};

type Changes = Readonly<Record<string, string | undefined>>;

/** The address of this page with some values changed; undefined takes a value out. */
export function addressWith(changes: Changes): string {
  const query = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString();
  return `${window.location.pathname}${text === '' ? '' : `?${text}`}`;
}

/** Goes to the changed address: as a step that the back button takes back, or in place of the present one. */
export function changeAddress(changes: Changes, how: 'step' | 'replace' = 'step'): void {
  const address = addressWith(changes);
  if (how === 'step') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
  window.dispatchEvent(new Event('assay:address'));
}

/** A value kept in the address bar, so that a view can be shared and the back button works. */
export function useAddress(name: string): [string | undefined, (value: string | undefined) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => new URLSearchParams(window.location.search).get(name) ?? undefined,
  );
  const set = useCallback((next: string | undefined) => changeAddress({ [name]: next }), [name]);
  return [value, set];
}
