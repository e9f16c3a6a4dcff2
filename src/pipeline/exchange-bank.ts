import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ListedPicture } from '../detectors/image/pdq-list.ts';
import { AppError } from '../domain/errors.ts';
import { externalId, wellFormedText } from '../domain/primitives.ts';
import type { Clock } from './ports.ts';

/** Banks that are exchanged. Sellers' pictures are theirs, so that bank is not. */
export const EXCHANGED_BANKS = ['PROTECTED', 'COUNTERFEIT', 'LOGO', 'NEGATIVE'] as const;
export type ExchangedBank = (typeof EXCHANGED_BANKS)[number];

/** How lists of pictures travel; docs/picture-banks.md shows each. */
export const EXCHANGE_FORMATS = ['csv', 'json', 'hma', 'signal-lines', 'threat-descriptors'] as const;
export type ExchangeFormat = (typeof EXCHANGE_FORMATS)[number];

/** Rows of one call. Each call compares the stored pictures with its rows once. */
export const MAX_LIST_ROWS = 10_000;

/** A row of a list that was not taken. */
export interface RefusedRow {
  /** Line of a table, or position in a list, from 1. */
  readonly at: number;
  readonly why: string;
}

/** Reads and writes lists in all formats. */
export interface PictureListCodec {
  /** Rows with their places; what is wrong is told and left out, the rest is kept. */
  read(text: string): {
    readonly rows: readonly { readonly at: number; readonly picture: ListedPicture }[];
    readonly problems: readonly RefusedRow[];
  };
  /** A list as text, piece by piece. */
  write(pictures: AsyncIterable<ListedPicture>, format: ExchangeFormat): AsyncIterable<string>;
}

/** What an import says of its rows as a whole. */
export const importFacts = z.strictObject({
  /** Name of the list: moderators see it, and the same picture of another list is another entry. */
  list: wellFormedText(100).min(1).default('import'),
  markId: externalId.optional(),
  rightsHolderId: externalId.optional(),
});
export type ImportFacts = z.infer<typeof importFacts>;

/** A row that is ready to be stored. */
export interface StorableHash extends ListedPicture {
  readonly id: string;
}

export interface BankHashStore {
  /** Stores rows with distinct ids and leaves a look at the stored pictures for those that are new, in one transaction. */
  saveHashes(
    bank: ExchangedBank,
    rows: readonly StorableHash[],
    told: { readonly facts: ImportFacts; readonly nowMs: number },
  ): Promise<{ readonly accepted: number; readonly unchanged: number }>;
  missingReferences(entry: {
    readonly markId?: string | undefined;
    readonly rightsHolderId?: string | undefined;
  }): Promise<readonly ('markId' | 'rightsHolderId')[]>;
  /** Takes every row of a list out of its bank; gives how many there were. */
  disableList(bank: ExchangedBank, list: string): Promise<number>;
  /** Every picture of a bank that is enabled and has a hash, those of lists too, in the order of their ids. */
  exportBank(bank: ExchangedBank): AsyncIterable<ListedPicture>;
}

export interface BankExchangePorts {
  readonly store: BankHashStore;
  readonly codec: PictureListCodec;
  readonly clock: Clock;
  readonly kickOutbox: () => void;
}

export interface ImportedList {
  readonly accepted: number;
  readonly unchanged: number;
  readonly rejected: readonly RefusedRow[];
}

/**
 * Puts the rows of a list into a bank, where pictures are compared with them from then on. Sent again, a list changes
 * nothing; a wrong row is told with its place and the others are taken.
 *
 * @throws AppError `request.too-large`, `item.reference-missing`, `request.invalid` where not one row can be read.
 */
export async function importPictureList(
  ports: BankExchangePorts,
  bank: ExchangedBank,
  told: { readonly text: string; readonly facts: ImportFacts },
): Promise<ImportedList> {
  const { rows, problems } = ports.codec.read(told.text);
  if (rows.length + problems.length > MAX_LIST_ROWS) {
    throw new AppError('request.too-large', `The list has more than ${MAX_LIST_ROWS} rows: send it in parts.`);
  }
  if (rows.length === 0) {
    const details = problems.slice(0, 100).map(({ at, why }) => ({ path: String(at), message: why }));
    throw new AppError('request.invalid', 'Not one row of the list can be read.', { details });
  }
  const { facts } = told;
  const missing = await ports.store.missingReferences(facts);
  if (missing.length > 0) {
    const details = missing.map((path) => ({ path, message: `there is no “${facts[path] ?? ''}”` }));
    throw new AppError('item.reference-missing', 'The list names a mark or rights holder that is not there.', {
      details,
    });
  }
  const distinct = new Map(rows.map(({ picture }) => [idOf(bank, facts.list, picture), picture]));
  const hashes = [...distinct].map(([id, picture]) => ({ ...picture, id, label: picture.label || facts.list }));
  const nowMs = ports.clock.nowMs();
  const { accepted, unchanged } = await ports.store.saveHashes(bank, hashes, { facts, nowMs });
  ports.kickOutbox();
  return { accepted, unchanged: unchanged + rows.length - hashes.length, rejected: problems };
}

/**
 * Takes all rows of a list out of a bank.
 *
 * @throws AppError `resource.not-found`
 */
export async function withdrawPictureList(
  ports: BankExchangePorts,
  bank: ExchangedBank,
  list: string,
): Promise<number> {
  const count = await ports.store.disableList(bank, list);
  if (count === 0) throw new AppError('resource.not-found', `The bank ${bank} holds no list “${list}”.`);
  return count;
}

/** The same picture of the same list is the same entry. */
function idOf(bank: ExchangedBank, list: string, { pdq, md5 = '' }: ListedPicture): string {
  const bits = pdq === undefined ? '' : [...pdq].map((word) => word.toString(16)).join('-');
  return `bh-${createHash('sha256').update([bank, list, bits, md5].join('\u0000')).digest('hex').slice(0, 32)}`;
}
