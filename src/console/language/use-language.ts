import { useSyncExternalStore } from 'react';
import { LANGUAGES, type Language, type Texts } from './define-texts.ts';

const STORED_AS = 'assay.language';
const listeners = new Set<() => void>();

const isLanguage = (value: string | null | undefined): value is Language =>
  LANGUAGES.some((language) => language === value);

/** What was chosen here before, else the first of the browser's languages that the console speaks. */
function firstLanguage(): Language {
  const stored = window.localStorage.getItem(STORED_AS);
  if (isLanguage(stored)) return stored;
  const wanted = window.navigator.languages.map((tag) => tag.split('-')[0]?.toLowerCase());
  return wanted.find(isLanguage) ?? 'en';
}

let current: Language = firstLanguage();
document.documentElement.lang = current;

/** The language in which texts are written now. */
export const currentLanguage = (): Language => current;

/** The locale for dates and money: the reader's own region where it is one of the chosen language. */
export function currentLocale(): string {
  return window.navigator.languages.find((tag) => tag.split('-')[0]?.toLowerCase() === current) ?? current;
}

/** Writes all texts in another language from now on. */
export function chooseLanguage(language: Language): void {
  current = language;
  window.localStorage.setItem(STORED_AS, language);
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The language in which texts are written now; a component that asks is drawn again when it changes. */
export const useLanguage = (): Language => useSyncExternalStore(subscribe, currentLanguage);

/** Texts of one part of the console in the chosen language. */
export function useTexts<Shape>(texts: Texts<Shape>): Shape {
  return texts[useLanguage()];
}
