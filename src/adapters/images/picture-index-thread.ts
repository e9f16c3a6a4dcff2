import { parentPort, workerData } from 'node:worker_threads';
import { createPictureIndex, type BankMatch, type PictureIndex } from '../../detectors/image/picture-index.ts';
import { decodePictureKeys } from '../../detectors/image/picture-keys-codec.ts';
import type { FeedPosition } from '../feed-position.ts';
import { openEmptyFolder, openIndexFolder, type IndexFolder, type OpenedFolder } from './index-snapshot.ts';
import type {
  FromPictureIndex,
  PictureIndexQuestion,
  PictureIndexThreadData,
  ToPictureIndex,
} from './picture-index-messages.ts';
import { indexSettingsDigest } from './snapshot-manifest.ts';

const tell = (message: FromPictureIndex): void => parentPort?.postMessage(message);
const { index, folder } = openIndex(workerData as PictureIndexThreadData);
/** One snapshot is written at a time. */
let saving: Promise<void> = Promise.resolve();

parentPort?.on('message', (asked: ToPictureIndex) => {
  switch (asked.kind) {
    case 'put':
      put(asked);
      return;
    case 'remove':
      if (index.remove(asked.bankPictureId)) folder?.log.forget(asked.bankPictureId);
      return;
    case 'save': {
      const { id, position } = asked;
      saving = saving
        .then(() => save(position))
        .then(
          () => tell({ kind: 'matches', id, matches: [] }),
          (fault: unknown) => tell({ kind: 'fault', id, fault: String(fault) }),
        );
      return;
    }
    default:
      try {
        tell({ kind: 'matches', id: asked.id, matches: answer(asked) });
      } catch (fault) {
        tell({ kind: 'fault', id: asked.id, fault: String(fault) });
      }
  }
});

function openIndex({ settings, folder: where, isFresh = false }: PictureIndexThreadData): {
  readonly index: PictureIndex;
  readonly folder?: IndexFolder;
} {
  if (where === undefined) return { index: createPictureIndex(settings) };
  const digest = indexSettingsDigest(settings);
  const opened: OpenedFolder = isFresh
    ? { kind: 'empty', folder: openEmptyFolder(where, digest), why: 'it is made anew' }
    : openIndexFolder(where, digest);
  const { shelf } = opened.folder;
  const made = createPictureIndex(settings, opened.kind === 'loaded' ? { shelf, loaded: opened.loaded } : { shelf });
  if (opened.kind === 'loaded') tell({ kind: 'loaded', position: opened.position, pictures: made.size });
  else tell({ kind: 'empty', why: opened.why });
  return { index: made, folder: opened.folder };
}

async function save(position: FeedPosition): Promise<void> {
  await folder?.save(index.capture(), position);
}

function put({ entry, keys }: Extract<ToPictureIndex, { readonly kind: 'put' }>): void {
  const decoded = decodePictureKeys(keys);
  if (decoded.kind === 'unusable') return leaveOut(entry.id, decoded.why);
  try {
    const added = index.add({ ...entry, keys: decoded.keys });
    folder?.log.note(added);
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    folder?.log.forget(entry.id);
    leaveOut(entry.id, fault.message);
  }
}

function leaveOut(bankPictureId: string, why: string): void {
  tell({ kind: 'left-out', bankPictureId, why });
}

function answer(asked: Exclude<PictureIndexQuestion, { readonly kind: 'save' }>): readonly BankMatch[] {
  switch (asked.kind) {
    case 'search':
      return index.search(asked.keys, asked.search);
    case 'search-like': {
      const keys = index.keysOf(asked.bankPictureId);
      return keys === undefined ? [] : index.search(keys, asked.search);
    }
    case 'flush':
      return [];
    default:
      return asked satisfies never;
  }
}
