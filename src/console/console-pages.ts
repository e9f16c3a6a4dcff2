import { lazy, type ComponentType } from 'react';
import type { Scope } from '../domain/access.ts';
import type { shellTexts } from './texts/shell-texts.ts';

/** A page of the console: `path` is the first part of its address. */
export interface ConsolePage {
  readonly path: string;
  /** Its name in the navigation; absent: reached from another page. */
  readonly name?: keyof typeof shellTexts.en.page;
  /** Any of them opens the page; absent: everybody who is signed in. */
  readonly scopes?: readonly Scope[];
  readonly Page: ComponentType;
}

const lazily = (load: () => Promise<ComponentType>): ComponentType => lazy(async () => ({ default: await load() }));

/** Every page in the order of the navigation. Each but the first is loaded when it is opened. */
export const CONSOLE_PAGES: readonly ConsolePage[] = [
  { path: '', name: 'queue', Page: lazily(async () => (await import('./queue-page.tsx')).QueuePage) },
  { path: 'focus', scopes: ['cases:decide'], Page: lazily(async () => (await import('./focus-page.tsx')).FocusPage) },
  { path: 'seller', Page: lazily(async () => (await import('./seller-page.tsx')).SellerPage) },
];
