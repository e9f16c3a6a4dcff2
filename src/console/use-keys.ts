import { useEffect, useRef, useSyncExternalStore } from 'react';

/** What some keys do on the page that is shown. */
export interface KeyBinding {
  /** `KeyboardEvent.key`; letters in lower case. */
  readonly keys: readonly string[];
  /** What it does, in a few words. */
  readonly does: string;
  readonly run: () => void;
  /** Told in the help alone, not in the line of keys below the page. */
  readonly isMinor?: boolean;
  /** How the keys are written, where they are too many to name each (`1–9`). */
  readonly shownAs?: string;
}

interface Layer {
  current: readonly KeyBinding[];
  /** What lies deeper in the page has its keys before the page itself. */
  readonly depth: number;
}

/** Bindings of everything on the page. */
const layers: Layer[] = [];
const listeners = new Set<() => void>();
let told: readonly KeyBinding[] = [];

/** The deepest first, of one depth the latest. */
const inOrder = (): readonly KeyBinding[] =>
  layers
    .toReversed()
    .toSorted((left, right) => right.depth - left.depth)
    .flatMap(({ current }) => current);

function tellChange(): void {
  const seen = new Set<string>();
  told = inOrder().filter(({ keys }) => {
    const isNew = keys.some((key) => !seen.has(key));
    for (const key of keys) seen.add(key);
    return isNew;
  });
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** All keys that do something now, each once. */
export const useBoundKeys = (): readonly KeyBinding[] => useSyncExternalStore(subscribe, () => told);

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="listbox"], [role="dialog"]';
/** Controls that take keys of their own: a space or an arrow there is theirs, letters are not. */
const WITH_ARROWS = '[data-scrolls], [role="slider"], [role="radiogroup"], [role="menu"], input[type="radio"]';

/** Controls that Enter and space press. */
const PRESSED = 'a, button, summary, input, [role="switch"]';

const isLetterFree = (target: Element): boolean => {
  const input = target.closest('input');
  // A radio button or a tick box is no place to type.
  return input !== null && (input.type === 'radio' || input.type === 'checkbox');
};

function listen(event: KeyboardEvent): void {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
  if (target instanceof Element && target.closest(TYPING) !== null && !isLetterFree(target)) return;
  if (document.querySelector('[role="dialog"]') !== null) return;
  const isArrow = key.startsWith('Arrow');
  if (isArrow && target instanceof Element && target.closest(WITH_ARROWS) !== null) return;
  const wanted = key.length === 1 ? key.toLowerCase() : key;
  const isPressed = target instanceof Element && target.closest(PRESSED) !== null;
  // Enter does nothing to a tick box: who has just ticked one and presses it means the page.
  if (isPressed && (wanted === ' ' || (wanted === 'Enter' && !isLetterFree(target)))) return;
  const found = inOrder().find(({ keys }) => keys.includes(wanted));
  if (found === undefined) return;
  event.preventDefault();
  found.run();
}

/**
 * Single keys for the whole page. They are left alone while somebody types, while a dialog is open, with modifiers, and
 * arrows also where they scroll (`data-scrolls`) (WCAG 2.1.4).
 */
export function useKeys(bindings: readonly KeyBinding[], depth = 0): void {
  const layer = useRef<Layer>({ current: bindings, depth });
  const names = bindings.map(({ keys, does }) => `${keys.join()} ${does}`).join('\n');
  useEffect(() => {
    layer.current.current = bindings;
  });
  useEffect(() => {
    if (layers.length === 0) window.addEventListener('keydown', listen);
    const own = layer.current;
    layers.push(own);
    tellChange();
    return () => {
      layers.splice(layers.indexOf(own), 1);
      if (layers.length === 0) window.removeEventListener('keydown', listen);
      tellChange();
    };
  }, []);
  useEffect(tellChange, [names]);
}
