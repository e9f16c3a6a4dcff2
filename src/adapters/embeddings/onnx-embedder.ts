import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Tinypool } from 'tinypool';
import { AppError } from '../../domain/errors.ts';
import type { EmbeddingPreparation, PictureEmbedder } from '../../pipeline/ports.ts';
import { compiledTwin } from '../compiled-twin.ts';
import type { EmbeddingAnswer, EmbeddingTask } from './embedding-thread.ts';
import { messageOf } from './onnx-runtime.ts';

/** An embedder with what is told of its model in the log. */
export interface OnnxEmbedder extends PictureEmbedder {
  /** SHA-256 of the model's file, in hexadecimal. */
  readonly fileSha256: string;
  readonly dimensions: number;
}

/**
 * Opens a learned model of the operator's in a thread of its own. The runtime is no dependency of Assay: whoever gives a
 * model installs it too.
 *
 * @throws AppError `embedding.unavailable` when package or file is missing or the model is none for pictures.
 */
export async function openOnnxEmbedder(options: {
  readonly file: string;
  readonly preparation: EmbeddingPreparation;
  /** A folder whose `node_modules` has the runtime; Assay's own where absent. */
  readonly runtimeFolder?: string;
}): Promise<OnnxEmbedder> {
  const { file, runtimeFolder } = options;
  const threadFile = compiledTwin('embedding-thread', import.meta.url);
  if (!existsSync(threadFile)) {
    throw new AppError('internal.unexpected', 'The thread of the model is not compiled: run `npm run build` first.');
  }
  const pool = new Tinypool({ filename: threadFile.href, minThreads: 1, maxThreads: 1, useAtomics: false });
  pool.on('error', () => undefined);
  const ask = async (preparation: EmbeddingPreparation, picture?: Uint8Array) => {
    const folder = runtimeFolder === undefined ? {} : { runtimeFolder };
    const task = { file, preparation, ...folder, ...(picture === undefined ? {} : { picture }) };
    const answer = await pool.run(task satisfies EmbeddingTask).catch((cause: unknown) => {
      throw new AppError('internal.unexpected', `The learned model failed on a picture: ${messageOf(cause)}`, {
        cause,
      });
    });
    const told = answer as EmbeddingAnswer;
    if ('unavailable' in told) throw new AppError('embedding.unavailable', told.unavailable);
    return told;
  };
  const model = await ask(options.preparation).catch(async (fault: unknown) => {
    await pool.destroy();
    throw fault;
  });
  if (model instanceof Float32Array) throw new AppError('internal.unexpected', 'The thread of the model is confused.');
  return {
    fileSha256: model.fileSha256,
    dimensions: model.dimensions,
    modelDigest: ({ sidePx, meanRgb, stdRgb }) =>
      createHash('sha256')
        .update(JSON.stringify([model.fileSha256, sidePx, meanRgb, stdRgb]))
        .digest('hex'),
    async embed(picture, preparation) {
      // A copy of its own goes over: the bytes may be a view of something larger.
      const vector = await ask(preparation, Uint8Array.from(picture));
      if (vector instanceof Float32Array) return vector;
      throw new AppError('internal.unexpected', 'The thread of the model is confused.');
    },
    close: () => pool.destroy(),
  };
}
