import sharp from 'sharp';
import { AppError } from '../../domain/errors.ts';
import type { EmbeddingPreparation } from '../../pipeline/ports.ts';
import { openEmbeddingModel, type EmbeddingModel } from './embedding-model.ts';

/** What the thread is asked: a picture's vector, or with no picture what the model is. */
export interface EmbeddingTask {
  readonly file: string;
  readonly runtimeFolder?: string;
  readonly preparation: EmbeddingPreparation;
  readonly picture?: Uint8Array;
}

/** What the thread answers: a vector, what the model is, or why there is none. Errors lose their code on their way. */
export type EmbeddingAnswer =
  Float32Array | Pick<EmbeddingModel, 'fileSha256' | 'dimensions'> | { readonly unavailable: string };

sharp.concurrency(1);
sharp.cache(false);

let opened: Promise<EmbeddingModel> | undefined;

/** Runs the model; in a thread of its own, because a run of some 0.1 s would hold up every check of the process. */
export default async function answer(task: EmbeddingTask): Promise<EmbeddingAnswer> {
  opened ??= openEmbeddingModel(task.file, task.preparation, task.runtimeFolder);
  try {
    const { fileSha256, dimensions, embed } = await opened;
    return task.picture === undefined ? { fileSha256, dimensions } : await embed(task.picture, task.preparation);
  } catch (fault) {
    if (fault instanceof AppError) return { unavailable: fault.message };
    throw fault;
  }
}
