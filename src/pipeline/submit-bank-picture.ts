import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { externalId, wellFormedText } from '../domain/primitives.ts';
import { bytesDigest, bytesMd5 } from './content-digest.ts';
import type { Clock, PictureReader, PictureReading } from './ports.ts';

/** Banks that people fill. The bank of sellers' pictures fills itself from listings. */
const managedBank = z.enum(['PROTECTED', 'COUNTERFEIT', 'LOGO', 'NEGATIVE']);

/** What a bank picture is and whom it defends. */
export const bankPictureFacts = z.strictObject({
  /** Absent: made from bank, mark, holder and bytes, so that the same picture again is the same entry. */
  id: externalId.optional(),
  bank: managedBank,
  /** Whose picture it is, in words that a moderator understands. */
  label: wellFormedText(300).min(1),
  markId: externalId.optional(),
  rightsHolderId: externalId.optional(),
  /** A person or court has decided that the goods on it are counterfeit: needed for automatic disabling. */
  isAdjudicated: z.boolean().default(false),
});
export type BankPictureFacts = z.infer<typeof bankPictureFacts>;

/** A bank picture that was read and is ready to be stored. */
export interface BankPictureEntry extends Omit<BankPictureFacts, 'id'> {
  readonly id: string;
}

export interface BankPictureStore {
  /** Stores the reading and the entry, an entry that was taken out anew, and a re-scan of the catalogue, in one transaction. */
  save(
    entry: BankPictureEntry,
    reading: Extract<PictureReading, { readonly kind: 'read' }>,
    nowMs: number,
  ): Promise<'accepted' | 'unchanged'>;
  /** Which of `mark` and `rightsHolder` is named and not there. */
  missingReferences(entry: BankPictureEntry): Promise<readonly ('markId' | 'rightsHolderId')[]>;
  /** Takes the entry out of its bank; it stays on record, because findings name it. */
  disable(id: string, nowMs: number): Promise<'disabled' | 'missing'>;
}

export interface BankPicturePorts {
  readonly store: BankPictureStore;
  readonly reader: PictureReader;
  readonly clock: Clock;
  readonly kickOutbox: () => void;
}

/** A bank picture as it was taken in. */
export interface SubmittedBankPicture {
  readonly id: string;
  readonly contentSha256: string;
  readonly status: 'accepted' | 'unchanged';
}

/**
 * Reads a picture and puts it into a bank, where it is compared from then on.
 *
 * @throws AppError `image.*` when the bytes cannot be read, `item.reference-missing` when the mark or holder is not there.
 */
export async function submitBankPicture(
  ports: BankPicturePorts,
  facts: BankPictureFacts,
  bytes: Uint8Array,
): Promise<SubmittedBankPicture> {
  const { id = derivedId(facts, bytes), ...rest } = facts;
  const entry: BankPictureEntry = { ...rest, id };
  const missing = await ports.store.missingReferences(entry);
  if (missing.length > 0) {
    const details = missing.map((path) => ({ path, message: `there is no “${entry[path] ?? ''}”` }));
    throw new AppError('item.reference-missing', 'The bank picture names a mark or rights holder that is not there.', {
      details,
    });
  }
  const reading = await ports.reader.read(bytes);
  if (reading.kind === 'unreadable') throw new AppError(reading.code, reading.detail);
  const status = await ports.store.save(entry, { ...reading, md5: bytesMd5(bytes) }, ports.clock.nowMs());
  ports.kickOutbox();
  return { id, contentSha256: reading.contentSha256, status };
}

/**
 * Takes a picture out of its bank.
 *
 * @throws AppError `resource.not-found`
 */
export async function withdrawBankPicture(ports: BankPicturePorts, id: string): Promise<void> {
  if ((await ports.store.disable(id, ports.clock.nowMs())) === 'missing') {
    throw new AppError('resource.not-found', `There is no bank picture “${id}”.`);
  }
}

function derivedId({ bank, markId = '', rightsHolderId = '' }: BankPictureFacts, bytes: Uint8Array): string {
  const parts = [bank, markId, rightsHolderId, bytesDigest(bytes)];
  return `bp-${bytesDigest(Buffer.from(parts.join('\u0000'))).slice(0, 32)}`;
}
