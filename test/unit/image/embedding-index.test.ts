import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/evaluation/images/canvas.ts';
import { createEmbeddingIndex } from '../../../src/detectors/image/embedding-index.ts';
import { quantiseVector } from '../../../src/detectors/image/embedding.ts';
import { decodePictureKeys, encodePictureKeys } from '../../../src/detectors/image/picture-keys-codec.ts';
import { makePictureKeys } from '../../../src/detectors/image/picture-keys.ts';
import { drawPicture, shippedSettings } from './drawn-picture.ts';

const random = seededRandom(5);
const draw = (dimensions: number): Float32Array => Float32Array.from({ length: dimensions }, () => random() - 0.5);
const cosine = (a: Float32Array, b: Float32Array): number => {
  const dot = (x: Float32Array, y: Float32Array): number => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};
const model = 'ab'.repeat(32);

describe('the index of vectors', () => {
  it('tells the cosine of the vectors to a hundredth, through additions and removals', () => {
    const index = createEmbeddingIndex();
    const vectors = new Map(Array.from({ length: 300 }, (_, handle) => [handle, draw(96)] as const));
    for (const [handle, vector] of vectors) index.put(handle, { modelDigest: model, vector: quantiseVector(vector)! });
    for (let handle = 0; handle < 300; handle += 3) {
      index.remove(handle);
      vectors.delete(handle);
    }
    const query = draw(96);
    const found = new Map<number, number>();
    index.search({ modelDigest: model, vector: quantiseVector(query)! }, -1, (handle, s) => found.set(handle, s));
    expect([...found.keys()].sort((a, b) => a - b)).toEqual([...vectors.keys()]);
    for (const [handle, vector] of vectors) {
      expect(Math.abs((found.get(handle) ?? 9) - cosine(query, vector))).toBeLessThan(0.01);
    }
  });

  it('never compares vectors of two models, nor of two lengths', () => {
    const index = createEmbeddingIndex();
    const vector = quantiseVector(draw(32))!;
    index.put(1, { modelDigest: model, vector });
    index.put(2, { modelDigest: 'cd'.repeat(32), vector });
    const found: number[] = [];
    index.search({ modelDigest: model, vector }, 0.5, (handle) => found.push(handle));
    index.search({ modelDigest: model, vector: vector.slice(0, 16) }, 0, (handle) => found.push(handle));
    expect(found).toEqual([1]);
    expect(index.size).toBe(2);
  });

  it('takes a vector without direction for none', () => {
    expect(quantiseVector(new Float32Array(8))).toBeUndefined();
    expect(quantiseVector(Float32Array.of(1, Number.NaN))).toBeUndefined();
  });
});

describe('stored keys with a vector', () => {
  const keys = makePictureKeys(
    drawPicture(3, { widthPx: 300, heightPx: 200 }),
    { widthPx: 300, heightPx: 200 },
    shippedSettings,
  );
  const embedding = { modelDigest: model, vector: Int8Array.from({ length: 512 }, (_, i) => (i % 255) - 127) };

  it('give it back, and end with the digest of the model', () => {
    const bytes = encodePictureKeys({ ...keys, embedding });
    expect(decodePictureKeys(bytes)).toMatchObject({ kind: 'keys', keys: { embedding } });
    expect(Buffer.from(bytes.subarray(-32)).toString('hex')).toBe(model);
  });

  it('are told as damaged where the vector is cut off', () => {
    const bytes = encodePictureKeys({ ...keys, embedding });
    expect(decodePictureKeys(bytes.subarray(0, -1))).toMatchObject({ kind: 'unusable' });
  });
});
