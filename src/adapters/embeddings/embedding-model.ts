import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { MAX_DIMENSIONS } from '../../detectors/image/embedding.ts';
import { AppError } from '../../domain/errors.ts';
import type { EmbeddingPreparation } from '../../pipeline/ports.ts';
import { loadOnnxRuntime, messageOf, type OnnxRuntime, type OnnxSession, type OnnxTensor } from './onnx-runtime.ts';

/** A model that was opened and tried. */
export interface EmbeddingModel {
  /** SHA-256 of the file, in hexadecimal. */
  readonly fileSha256: string;
  readonly dimensions: number;
  embed(picture: Uint8Array, preparation: EmbeddingPreparation): Promise<Float32Array>;
}

/** The one input of a model for pictures: three colours first or last, and sides that may be left open. */
interface PictureInput {
  readonly name: string;
  readonly areColoursLast: boolean;
  readonly widthPx: number | undefined;
  readonly heightPx: number | undefined;
}

/**
 * Opens an ONNX file and runs it once on a blank picture, so that what does not fit is known at the start.
 *
 * @throws AppError `embedding.unavailable` when runtime or file is missing, or the model is none for pictures.
 */
export async function openEmbeddingModel(
  file: string,
  trial: EmbeddingPreparation,
  runtimeFolder?: string,
): Promise<EmbeddingModel> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw unavailable(`The model ${file} cannot be read`, cause);
  });
  const runtime = await loadOnnxRuntime(runtimeFolder);
  const session = await runtime.InferenceSession.create(new Uint8Array(bytes)).catch((cause: unknown) => {
    throw unavailable(`${file} cannot be opened as an ONNX model`, cause);
  });
  const input = inputOf(session, file);
  const embed: EmbeddingModel['embed'] = async (picture, preparation) =>
    firstVector(await run(runtime, session, { input, preparation, picture }), file);
  const blank = await sharp({ create: { width: 16, height: 16, channels: 3, background: '#808080' } })
    .png()
    .toBuffer();
  const { length: dimensions } = await embed(blank, trial).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    throw unavailable(`${file} does not run on a picture`, cause);
  });
  return { fileSha256: createHash('sha256').update(bytes).digest('hex'), dimensions, embed };
}

function inputOf(session: OnnxSession, file: string): PictureInput {
  const [name, ...others] = session.inputNames;
  if (name === undefined || others.length > 0) {
    throw unavailable(`${file} has ${session.inputNames.length} inputs: one is needed, a picture`);
  }
  const { type = 'float32', shape } = session.inputMetadata?.[0] ?? {};
  if (type !== 'float32') throw unavailable(`${file} takes ${type}: 32-bit floats are needed`);
  const side = (size: number | string | undefined): number | undefined =>
    typeof size === 'number' && size > 0 ? size : undefined;
  if (shape === undefined) return { name, areColoursLast: false, widthPx: undefined, heightPx: undefined };
  const [batch, second, third, fourth] = shape.map(side);
  const areColoursLast = fourth === 3 && second !== 3;
  if (shape.length !== 4 || (batch ?? 1) !== 1 || (!areColoursLast && (second ?? 3) !== 3)) {
    throw unavailable(
      `${file} takes [${shape.join(', ')}]: one picture of three colours is needed, [1, 3, height, width]`,
    );
  }
  return areColoursLast
    ? { name, areColoursLast, heightPx: second, widthPx: third }
    : { name, areColoursLast, heightPx: third, widthPx: fourth };
}

async function run(
  { Tensor }: OnnxRuntime,
  session: OnnxSession,
  asked: { readonly input: PictureInput; readonly preparation: EmbeddingPreparation; readonly picture: Uint8Array },
): Promise<OnnxTensor | undefined> {
  const { input, preparation, picture } = asked;
  const { meanRgb, stdRgb, sidePx } = preparation;
  const [widthPx, heightPx] = [input.widthPx ?? sidePx, input.heightPx ?? sidePx];
  const rgb = await sharp(picture)
    .resize(widthPx, heightPx, { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer();
  const pixels = widthPx * heightPx;
  const values = new Float32Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) {
      const value = ((rgb[3 * i + c] as number) / 255 - (meanRgb[c] as number)) / (stdRgb[c] as number);
      values[input.areColoursLast ? 3 * i + c : c * pixels + i] = value;
    }
  }
  const dims = input.areColoursLast ? [1, heightPx, widthPx, 3] : [1, 3, heightPx, widthPx];
  const outputs = await session.run({ [input.name]: new Tensor('float32', values, dims) });
  return outputs[session.outputNames[0] ?? ''];
}

function firstVector(output: OnnxTensor | undefined, file: string): Float32Array {
  const { data, dims = [] } = output ?? { data: undefined };
  if (!(data instanceof Float32Array) || data.length < 2 || data.length > MAX_DIMENSIONS) {
    throw unavailable(`${file} gives [${dims.join(', ')}]: a vector of 2 to ${MAX_DIMENSIONS} 32-bit floats is needed`);
  }
  return data.slice();
}

function unavailable(what: string, cause?: unknown): AppError {
  const why = cause === undefined ? '' : ` (${messageOf(cause)})`;
  return new AppError('embedding.unavailable', `${what}${why}.`, { cause });
}
