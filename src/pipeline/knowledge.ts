import type { AccountLinkIndex } from '../detectors/account/account-links.ts';
import type { MarkIndex } from '../detectors/brand/mark-index.ts';
import type { OwnerIndex } from '../detectors/image/owner-index.ts';
import type { PdqList } from '../detectors/image/pdq-list.ts';
import type { LogoIndex } from '../detectors/image/logo-index.ts';
import type { BankMatch, PictureSearch } from '../detectors/image/picture-index.ts';
import type { PictureKeys } from '../detectors/image/picture-keys.ts';
import type { RingState } from '../detectors/ring/ring-state.ts';
import type { Mark } from '../domain/mark.ts';

/** The pictures of all banks, which are searched beside this thread. A search sees what was put before it. */
export interface PictureLookup {
  /** Verified matches, most probable first. */
  search(keys: PictureKeys, search?: PictureSearch): Promise<readonly BankMatch[]>;
  /** What `search` gives for the keys of a bank picture; nothing where it is not in its bank any more. */
  searchLike(bankPictureId: string, search?: PictureSearch): Promise<readonly BankMatch[]>;
}

/** The indexes that detectors read, kept equal to the database by an adapter. */
export interface Knowledge {
  readonly pictureIndex: PictureLookup;
  /** Pictures of banks of which only hashes are known. */
  readonly listedPictures: PdqList;
  /** Submitted logos by their shapes. */
  readonly logoIndex: LogoIndex;
  /** Who stands behind marks and sellers. */
  readonly owners: OwnerIndex;
  /** Of the marks in force, those under which somebody may sell or that somebody disputes, by id. */
  readonly marks: ReadonlyMap<string, Mark>;
  /** Finds the names of all marks in force. */
  markIndex(): MarkIndex;
  readonly ringState: RingState;
  readonly accountLinks: AccountLinkIndex;
  /** Resolves when everything that was committed before the call is in the indexes. */
  catchUp(): Promise<void>;
}
