import { parentPort, workerData } from 'node:worker_threads';
import { createPictureIndex, type BankMatch } from '../../detectors/image/picture-index.ts';
import { decodePictureKeys } from '../../detectors/image/picture-keys-codec.ts';
import type {
  FromPictureIndex,
  PictureIndexQuestion,
  PictureIndexThreadData,
  ToPictureIndex,
} from './picture-index-messages.ts';

const index = createPictureIndex((workerData as PictureIndexThreadData).settings);
const tell = (message: FromPictureIndex): void => parentPort?.postMessage(message);

parentPort?.on('message', (asked: ToPictureIndex) => {
  switch (asked.kind) {
    case 'put':
      put(asked);
      return;
    case 'remove':
      index.remove(asked.bankPictureId);
      return;
    default:
      try {
        tell({ kind: 'matches', id: asked.id, matches: answer(asked) });
      } catch (fault) {
        tell({ kind: 'fault', id: asked.id, fault: String(fault) });
      }
  }
});

function put({ entry, keys }: Extract<ToPictureIndex, { readonly kind: 'put' }>): void {
  const decoded = decodePictureKeys(keys);
  if (decoded.kind === 'keys') index.add({ ...entry, keys: decoded.keys });
  else tell({ kind: 'left-out', bankPictureId: entry.id, why: decoded.why });
}

function answer(asked: PictureIndexQuestion): readonly BankMatch[] {
  switch (asked.kind) {
    case 'search':
      return index.search(asked.keys, asked.search);
    case 'search-like': {
      const picture = index.get(asked.bankPictureId);
      return picture === undefined ? [] : index.search(picture.keys, asked.search);
    }
    case 'flush':
      return [];
    default:
      return asked satisfies never;
  }
}
