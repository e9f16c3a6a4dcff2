import { useEffect, useRef } from 'react';

/** What a key does, by `KeyboardEvent.key`. */
export type Keys = Readonly<Record<string, () => void>>;

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="listbox"], [role="dialog"]';

/**
 * Single keys for the whole page. They are left alone while somebody types, while a dialog is open, with modifiers, and
 * arrows also where they scroll (`data-scrolls`) (WCAG 2.1.4).
 */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const { key, target } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (target instanceof Element && target.closest(TYPING) !== null) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      const isArrow = key.startsWith('Arrow');
      if (isArrow && target instanceof Element && target.closest('[data-scrolls]') !== null) return;
      const act = latest.current[key.length === 1 ? key.toLowerCase() : key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
