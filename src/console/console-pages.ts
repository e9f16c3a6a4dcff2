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
  { path: 'search', name: 'search', Page: lazily(async () => (await import('./finder/search-page.tsx')).SearchPage) },
  { path: 'entity', Page: lazily(async () => (await import('./finder/entity-page.tsx')).EntityPage) },
  { path: 'seller', Page: lazily(async () => (await import('./seller-page.tsx')).SellerPage) },
  {
    path: 'bulk',
    scopes: ['cases:decide'],
    Page: lazily(async () => (await import('./bulk-work/bulk-page.tsx')).BulkPage),
  },
  {
    path: 'dashboards',
    name: 'dashboards',
    Page: lazily(async () => (await import('./charts/dashboard-page.tsx')).DashboardPage),
  },
  {
    path: 'quality',
    name: 'quality',
    Page: lazily(async () => (await import('./quality-checks/quality-page.tsx')).QualityPage),
  },
  {
    path: 'people',
    name: 'people',
    scopes: ['people:manage'],
    Page: lazily(async () => (await import('./staff/people-page.tsx')).PeoplePage),
  },
  { path: 'account', Page: lazily(async () => (await import('./staff/account-page.tsx')).AccountPage) },
  {
    path: 'rules',
    name: 'rules',
    scopes: ['rules:read', 'ruleset:publish'],
    Page: lazily(async () => (await import('./rules/rules-page.tsx')).RulesPage),
  },
  {
    path: 'simulation',
    name: 'simulation',
    scopes: ['rules:read', 'ruleset:publish'],
    Page: lazily(async () => (await import('./simulation/simulation-page.tsx')).SimulationPage),
  },
];
