import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Tinypool } from 'tinypool';
import { AppError } from '../../domain/errors.ts';
import type { ImageSettings } from '../../detectors/image/settings.ts';
import { quantiseVector } from '../../detectors/image/embedding.ts';
import { decodePictureKeys, encodePictureKeys } from '../../detectors/image/picture-keys-codec.ts';
import type { EmbeddingPreparation, PictureEmbedder, PictureReader, PictureReading } from '../../pipeline/ports.ts';
import { compiledTwin } from '../compiled-twin.ts';
import { DEFAULT_PICTURE_LIMITS, type PictureLimits } from './picture-limits.ts';
import type { PictureTask } from './picture-thread.ts';

/** A reader with threads of its own. */
export interface PicturePool extends PictureReader {
  /** Ends the threads; what is being read is given up. */
  close(): Promise<void>;
}

/** A thread that has had nothing to do for so long ends: it holds some 60 MB. */
const IDLE_MS = 30_000;

/**
 * Reads pictures in a bounded pool of threads, which start with the first picture. What cannot be read is told with a
 * code; the same bytes are read once at a time. `settings` is asked anew for every picture, because rules change.
 *
 * @throws AppError `internal.unexpected` (from `read`) when a thread ends for another reason than its memory.
 */
export function createPictureReader(options: {
  readonly settings: () => ImageSettings;
  readonly limits?: Partial<PictureLimits>;
  /** A learned model whose vectors become part of the keys. */
  readonly embedder?: PictureEmbedder;
}): PicturePool {
  const limits: PictureLimits = { ...DEFAULT_PICTURE_LIMITS, ...options.limits };
  const inFlight = new Map<string, Promise<PictureReading>>();
  let pool: Tinypool | undefined;

  const read = async (task: PictureTask): Promise<PictureReading> => {
    pool ??= createPool(limits);
    try {
      // A copy of its own goes over, without another copy: the bytes may be a view of something larger.
      const bytes = Uint8Array.from(task.bytes);
      return (await pool.run({ ...task, bytes } satisfies PictureTask, {
        transferList: [bytes.buffer],
      })) as PictureReading;
    } catch (cause) {
      if (isOutOfMemory(cause)) {
        return {
          kind: 'unreadable',
          code: 'image.undecodable',
          detail: `The picture needs more memory than ${limits.maxThreadHeapMb} MB: send a smaller one.`,
        };
      }
      throw new AppError('internal.unexpected', 'A thread that reads pictures failed.', { cause });
    }
  };

  const { embedder } = options;
  const learned: PictureReader['learned'] =
    embedder === undefined
      ? undefined
      : {
          modelDigest: () => embedder.modelDigest(options.settings().embeddings),
          addTo: (keys, preview) => withVector(keys, preview, { embedder, preparation: options.settings().embeddings }),
        };
  const withLearned = async (reading: PictureReading): Promise<PictureReading> =>
    learned === undefined || reading.kind === 'unreadable'
      ? reading
      : { ...reading, keys: await learned.addTo(reading.keys, reading.preview) };

  return {
    ...(learned === undefined ? {} : { learned }),
    read(bytes) {
      const contentSha256 = createHash('sha256').update(bytes).digest('hex');
      const running = inFlight.get(contentSha256);
      if (running !== undefined) return running;
      const settings = options.settings();
      const reading = read({ bytes, contentSha256, limits, settings })
        .then(withLearned)
        .finally(() => inFlight.delete(contentSha256));
      inFlight.set(contentSha256, reading);
      return reading;
    },
    async close() {
      await pool?.destroy();
      pool = undefined;
    },
  };
}

/**
 * Keys with the model's vector in them. The preview is what the model sees: it can be decoded always, and it is what is
 * left of a picture when keys are made anew. Keys that cannot be read are given back as they are.
 */
async function withVector(
  keys: Uint8Array,
  preview: Uint8Array,
  { embedder, preparation }: { readonly embedder: PictureEmbedder; readonly preparation: EmbeddingPreparation },
): Promise<Uint8Array> {
  const decoded = decodePictureKeys(keys);
  const vector = quantiseVector(await embedder.embed(preview, preparation));
  if (decoded.kind === 'unusable' || vector === undefined) return keys;
  const embedding = { modelDigest: embedder.modelDigest(preparation), vector };
  return encodePictureKeys({ ...decoded.keys, embedding });
}

function createPool({ maxThreads, maxThreadHeapMb }: PictureLimits): Tinypool {
  const file = compiledTwin('picture-thread', import.meta.url);
  if (!existsSync(file)) {
    throw new AppError(
      'internal.unexpected',
      'The thread that reads pictures is not compiled: run `npm run build` first.',
    );
  }
  const pool = new Tinypool({
    filename: file.href,
    minThreads: 0,
    maxThreads,
    idleTimeout: IDLE_MS,
    concurrentTasksPerWorker: 1,
    // A thread that waits in Atomics cannot finish what sharp's own threads hand back late.
    useAtomics: false,
    resourceLimits: { maxOldGenerationSizeMb: maxThreadHeapMb },
  });
  // A thread that ends between two pictures is replaced; without a listener its end would be this process's too.
  pool.on('error', () => undefined);
  return pool;
}

function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
