import type { DescriptorSet } from './descriptors.ts';
import { MAX_DIMENSIONS, type PictureEmbedding } from './embedding.ts';
import { HASH_WORDS, type Hash256 } from './hash256.ts';
import { framesOf, type PictureKeys, type WindowKey } from './picture-keys.ts';
import { CHROMA_CELLS, LUMA_CELLS } from './thumbnail.ts';
import { WINDOW_NAMES } from './windows.ts';

/** First byte of encoded keys. Raised when the layout or the meaning of the keys changes; old keys are made anew. */
export const KEYS_VERSION = 2;

/** What decoding gives: the keys, or why the bytes are not keys of this version. */
export type DecodedPictureKeys =
  { readonly kind: 'keys'; readonly keys: PictureKeys } | { readonly kind: 'unusable'; readonly why: string };

const LUMA_BYTES = LUMA_CELLS * LUMA_CELLS;
const CHROMA_BYTES = 2 * CHROMA_CELLS * CHROMA_CELLS;
const HEADER_BYTES = 4 + 4 + 1 + 32 + 1 + 2;
const WINDOW_BYTES = 1 + 1 + 4 * 2 + 4 * 32;
const DESCRIPTOR_BYTES = 32 + 2 + 2 + 1 + 1;
const UNIT = 65_535;

/** Bytes of the digest of a model: the last ones of keys with an embedding, so that a database finds it there. */
const DIGEST_BYTES = 32;

/**
 * Little-endian bytes, some 18 kB a frame: version, number of frames, then each frame after its length; where the
 * picture has an embedding the number of its dimensions, its vector, and the digest of its model.
 */
export function encodePictureKeys(keys: PictureKeys): Uint8Array {
  const frames = framesOf(keys).map(encodeFrame);
  const { embedding } = keys;
  const framesEnd = 2 + frames.reduce((sum, frame) => sum + 4 + frame.length, 0);
  const bytes = new Uint8Array(framesEnd + (embedding === undefined ? 0 : 2 + embedding.vector.length + DIGEST_BYTES));
  const view = new DataView(bytes.buffer);
  bytes[0] = KEYS_VERSION;
  bytes[1] = frames.length;
  let at = 2;
  for (const frame of frames) {
    view.setUint32(at, frame.length, true);
    bytes.set(frame, at + 4);
    at += 4 + frame.length;
  }
  if (embedding !== undefined) {
    view.setUint16(at, embedding.vector.length, true);
    bytes.set(new Uint8Array(embedding.vector.buffer, embedding.vector.byteOffset, embedding.vector.length), at + 2);
    bytes.set(digestBytes(embedding.modelDigest), bytes.length - DIGEST_BYTES);
  }
  return bytes;
}

const digestBytes = (hex: string): Uint8Array =>
  Uint8Array.from({ length: DIGEST_BYTES }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));

const digestHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Reads what `encodePictureKeys` wrote. Never throws: keys from a database may be old or damaged. */
export function decodePictureKeys(bytes: Uint8Array): DecodedPictureKeys {
  if (bytes[0] !== KEYS_VERSION) {
    return { kind: 'unusable', why: `keys of version ${bytes[0]}, this build reads version ${KEYS_VERSION}` };
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: PictureKeys[] = [];
  let at = 2;
  for (let i = 0; i < (bytes[1] ?? 0); i++) {
    if (at + 4 > bytes.length) return { kind: 'unusable', why: 'a frame is missing: the keys are damaged' };
    const length = view.getUint32(at, true);
    const decoded = decodeFrame(bytes.subarray(at + 4, at + 4 + length));
    if (decoded.kind === 'unusable') return decoded;
    frames.push(decoded.keys);
    at += 4 + length;
  }
  const [first, ...others] = frames;
  if (first === undefined) return { kind: 'unusable', why: 'keys without a frame' };
  const keys = others.length === 0 ? first : { ...first, otherFrames: others };
  if (at === bytes.length) return { kind: 'keys', keys };
  const embedding = decodeEmbedding(bytes.subarray(at));
  if (embedding === undefined) return { kind: 'unusable', why: 'the embedding is cut off: the keys are damaged' };
  return { kind: 'keys', keys: { ...keys, embedding } };
}

function decodeEmbedding(bytes: Uint8Array): PictureEmbedding | undefined {
  const dimensions = (bytes[0] ?? 0) + 256 * (bytes[1] ?? 0);
  if (dimensions === 0 || dimensions > MAX_DIMENSIONS) return undefined;
  if (bytes.length !== 2 + dimensions + DIGEST_BYTES) return undefined;
  return {
    modelDigest: digestHex(bytes.subarray(2 + dimensions)),
    vector: new Int8Array(bytes.slice(2, 2 + dimensions).buffer),
  };
}

function encodeFrame(keys: PictureKeys): Uint8Array {
  const { windows, descriptors, thumbnail } = keys;
  const bytes = new Uint8Array(
    HEADER_BYTES + windows.length * WINDOW_BYTES + descriptors.count * DESCRIPTOR_BYTES + LUMA_BYTES + CHROMA_BYTES,
  );
  const view = new DataView(bytes.buffer);
  let at = 0;
  const byte = (value: number): void => view.setUint8(at++, value);
  const short = (value: number): void => {
    view.setUint16(at, value, true);
    at += 2;
  };
  const word = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const hash = (bits: Uint32Array, from = 0): void => {
    for (let w = 0; w < HASH_WORDS; w++) word(bits[from + w] as number);
  };
  word(keys.widthPx);
  word(keys.heightPx);
  byte(keys.pdq.quality);
  hash(keys.pdq.bits);
  byte(windows.length);
  short(descriptors.count);
  for (const window of windows) {
    byte(WINDOW_NAMES.indexOf(window.window));
    byte(window.quality);
    for (const part of window.rect01) short(Math.round(part * UNIT));
    for (const bits of window.mirrorings) hash(bits);
  }
  for (let i = 0; i < descriptors.count; i++) {
    hash(descriptors.bits, i * HASH_WORDS);
    short(Math.round((descriptors.x01[i] as number) * UNIT));
    short(Math.round((descriptors.y01[i] as number) * UNIT));
    byte(descriptors.angleStep[i] as number);
    byte(descriptors.level[i] as number);
  }
  bytes.set(thumbnail.luma, at);
  bytes.set(new Uint8Array(thumbnail.chroma.buffer, thumbnail.chroma.byteOffset, CHROMA_BYTES), at + LUMA_BYTES);
  return bytes;
}

function decodeFrame(bytes: Uint8Array): DecodedPictureKeys {
  if (bytes.length < HEADER_BYTES) return { kind: 'unusable', why: `${bytes.length} bytes are too few for keys` };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const byte = (): number => view.getUint8(at++);
  const short = (): number => {
    at += 2;
    return view.getUint16(at - 2, true);
  };
  const word = (): number => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const hash = (into: Uint32Array = new Uint32Array(HASH_WORDS), from = 0): Hash256 => {
    for (let w = 0; w < HASH_WORDS; w++) into[from + w] = word();
    return into;
  };
  const widthPx = word();
  const heightPx = word();
  const quality = byte();
  const pdqBits = hash();
  const windowCount = byte();
  const count = short();
  const expected = HEADER_BYTES + windowCount * WINDOW_BYTES + count * DESCRIPTOR_BYTES + LUMA_BYTES + CHROMA_BYTES;
  if (bytes.length !== expected) {
    return { kind: 'unusable', why: `${bytes.length} bytes instead of ${expected}: the keys are damaged` };
  }
  const windows: WindowKey[] = [];
  for (let i = 0; i < windowCount; i++) {
    const window = WINDOW_NAMES[byte()];
    if (window === undefined) return { kind: 'unusable', why: 'an unknown window: the keys are damaged' };
    windows.push({
      window,
      quality: byte(),
      rect01: [short() / UNIT, short() / UNIT, short() / UNIT, short() / UNIT],
      mirrorings: [hash(), hash(), hash(), hash()],
    });
  }
  const descriptors: DescriptorSet = {
    count,
    bits: new Uint32Array(count * HASH_WORDS),
    x01: new Float32Array(count),
    y01: new Float32Array(count),
    angleStep: new Uint8Array(count),
    level: new Uint8Array(count),
  };
  for (let i = 0; i < count; i++) {
    hash(descriptors.bits, i * HASH_WORDS);
    descriptors.x01[i] = short() / UNIT;
    descriptors.y01[i] = short() / UNIT;
    descriptors.angleStep[i] = byte();
    descriptors.level[i] = byte();
  }
  const luma = bytes.slice(at, at + LUMA_BYTES);
  const chroma = new Int8Array(bytes.slice(at + LUMA_BYTES, at + LUMA_BYTES + CHROMA_BYTES).buffer);
  return {
    kind: 'keys',
    keys: { widthPx, heightPx, pdq: { bits: pdqBits, quality }, windows, descriptors, thumbnail: { luma, chroma } },
  };
}
