import type { NameKind } from './mark-names.ts';

/**
 * How a name was recognised, from the plainest to the least certain.
 * NATIVE: as written, letter case and accents aside. STYLED: look-alike fonts (mathematical, enclosed).
 * INVISIBLE: with invisible characters inside. SPLIT: torn apart by spaces, dots, hyphens or emoji.
 * SKELETON: with look-alike letters of another script. LEET: digits and signs for letters. DOUBLED: letters repeated.
 * MASKED: letters hidden behind a sign (`ni*e`). GLUED: inside a longer word. TRANSLITERATION: spelt by sound in
 * another script. REVERSED: backwards. FUZZY: one letter wrong, missing, added or swapped. PINYIN: the Chinese name by sound.
 */
export const MARK_VIEWS = [
  'NATIVE',
  'STYLED',
  'INVISIBLE',
  'SPLIT',
  'SKELETON',
  'LEET',
  'DOUBLED',
  'MASKED',
  'GLUED',
  'TRANSLITERATION',
  'REVERSED',
  'FUZZY',
  'PINYIN',
] as const;
export type MarkView = (typeof MARK_VIEWS)[number];

/** How much a name says by itself: REPUTED marks first, ordinary words and two or three letters last. */
export type NameStrength = 'REPUTED' | 'COINED' | 'ORDINARY' | 'SHORT';

/** A name of a mark found in a text. */
export interface MarkHit {
  readonly markId: string;
  /** The name that matched, as its owner wrote it. */
  readonly name: string;
  readonly nameKind: NameKind;
  readonly strength: NameStrength;
  readonly view: MarkView;
  /** UTF-16 offsets: `text.slice(start, end)` is what was read as the name. */
  readonly start: number;
  readonly end: number;
  /** Whether the name stands by itself, not as a part of a longer word. */
  readonly isWholeWord: boolean;
  /** How far the view can be trusted for this name, 0–1. */
  readonly certainty01: number;
}
