import { useCallback, useSyncExternalStore } from 'react';

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('popstate', listener);
  window.addEventListener('assay:address', listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener('assay:address', listener);
  };
};

/**
 * A value kept in the address bar, so that a view can be shared and the back button works. Setting undefined takes it
 * out.
 */
export function useAddress(name: string): [string | undefined, (value: string | undefined) => void] {
  const value = useSyncExternalStore(
    subscribe,
    () => new URLSearchParams(window.location.search).get(name) ?? undefined,
  );
  const set = useCallback(
    (next: string | undefined) => {
      const query = new URLSearchParams(window.location.search);
      if (next === undefined) query.delete(name);
      else query.set(name, next);
      const text = query.toString();
      window.history.pushState(null, '', `${window.location.pathname}${text === '' ? '' : `?${text}`}`);
      window.dispatchEvent(new Event('assay:address'));
    },
    [name],
  );
  return [value, set];
}
