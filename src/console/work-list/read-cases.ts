import type { CaseSummary, CaseView } from '../../domain/views/case-view.ts';
import { currentLanguage } from '../language/use-language.ts';
import { callApi, previewUrl } from '../api.ts';

/** A page of cases, as lists are read. */
export interface CasePage {
  readonly items: readonly CaseSummary[];
  readonly nextCursor?: string;
}

/** Cases that are read at a time: more than a screen shows, few enough to come at once. */
const PAGE_SIZE = 100;

export type CaseFilter = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A part of a query of an address; lists become repeated names. */
export function queryOf(values: CaseFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    for (const one of typeof value === 'string' ? [value] : value) query.append(name, one);
  }
  return query.toString();
}

/** English lines of a list come with the cases; other languages tell them from what they say. */
const gistWanted = (): CaseFilter => (currentLanguage() === 'en' ? {} : { gist: 'true' });

/** Where a page of cases is read. */
export const casesPath = (filter: CaseFilter, cursor: string | undefined): string =>
  `/v1/cases?${queryOf({ limit: String(PAGE_SIZE), ...gistWanted(), ...filter, cursor })}`;

/** The first open cases of a seller, in the words of the reader's language. */
export const casesOfSellerQuery = (sellerId: string) => ({
  queryKey: ['cases-of-seller', sellerId, currentLanguage()],
  queryFn: () => callApi<CasePage>(`/v1/cases?${queryOf({ limit: '20', sellerId, ...gistWanted() })}`),
});

/** One case in full. */
export const caseQuery = (id: string) => ({
  queryKey: ['case', id],
  queryFn: () => callApi<CaseView>(`/v1/cases/${encodeURIComponent(id)}`),
});

/** Digests of the pictures that a case page shows first. */
export function firstPictures(view: CaseView): readonly string[] {
  const matched = view.items
    .flatMap(({ check }) => check.findings)
    .flatMap(({ evidence }) => evidence)
    .flatMap((piece) => (piece.kind === 'PICTURE_MATCH' ? [piece.pictureSha256, piece.bankPictureSha256] : []));
  return [...new Set(matched.filter((one) => one !== undefined))].slice(0, 6);
}

/** Fetches pictures into the browser's cache, so that they are there when their case is shown. */
export function fetchPictures(view: CaseView): void {
  for (const sha256 of firstPictures(view)) new Image().src = previewUrl(sha256);
}
