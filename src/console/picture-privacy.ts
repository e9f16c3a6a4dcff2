import { useSyncExternalStore } from 'react';

/** How pictures are shown at first: what a reviewer sees all day is not always harmless. */
export const PICTURE_PRIVACIES = ['clear', 'grey', 'blurred'] as const;
export type PicturePrivacy = (typeof PICTURE_PRIVACIES)[number];

const STORED_AS = 'assay.pictures';
const listeners = new Set<() => void>();

const readStored = (): PicturePrivacy =>
  PICTURE_PRIVACIES.find((one) => one === window.localStorage.getItem(STORED_AS)) ?? 'clear';

let current = readStored();
let isRevealed = false;

/** The style sheet does the rest: every picture of a case follows the page's own attribute. */
function show(): void {
  document.documentElement.dataset['pictures'] = isRevealed ? 'clear' : current;
  for (const listener of listeners) listener();
}
show();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** How the reviewer wants pictures, and whether those of this case are uncovered for now. */
export const usePicturePrivacy = (): PicturePrivacy => useSyncExternalStore(subscribe, () => current);

/** Remembers how this reviewer wants pictures, in this browser. */
export function choosePicturePrivacy(wanted: PicturePrivacy): void {
  current = wanted;
  isRevealed = false;
  window.localStorage.setItem(STORED_AS, wanted);
  show();
}

/** Shows the pictures as they are, or covers them again. */
export function togglePictures(): void {
  isRevealed = !isRevealed;
  show();
}

/** Covers the pictures again: for the next case. */
export function coverPictures(): void {
  if (!isRevealed) return;
  isRevealed = false;
  show();
}
