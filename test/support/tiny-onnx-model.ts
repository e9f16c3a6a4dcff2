import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Bytes of a protocol buffer field: what ONNX files are made of (onnx.proto3, field numbers in the calls below). */
const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)]);
const number = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];
const bytes = (field: number, value: readonly number[]): number[] => [
  ...varint((field << 3) | 2),
  ...varint(value.length),
  ...value,
];
const text = (field: number, value: string): number[] => bytes(field, [...Buffer.from(value)]);

const FLOAT = 1;
const INTS = 7;

const ints = (name: string, values: readonly number[]): number[] => [
  ...text(1, name),
  ...values.flatMap((value) => number(8, value)),
  ...number(20, INTS),
];

const value = (name: string, shape: readonly number[]): number[] => {
  const dims = shape.flatMap((size) => bytes(1, number(1, size)));
  return [...text(1, name), ...bytes(2, bytes(1, [...number(1, FLOAT), ...bytes(2, dims)]))];
};

/**
 * An ONNX model without weights, some 200 bytes: a picture of 32 × 32 pixels becomes the means of its 4 × 4 cells, 16 for
 * each of `colours`.
 */
export function tinyOnnxModel(colours: 1 | 3 = 3): Uint8Array {
  const pool = [
    ...text(1, 'picture'),
    ...text(2, 'cells'),
    ...text(4, 'AveragePool'),
    ...bytes(5, ints('kernel_shape', [8, 8])),
    ...bytes(5, ints('strides', [8, 8])),
  ];
  const flatten = [...text(1, 'cells'), ...text(2, 'vector'), ...text(4, 'Flatten')];
  const graph = [
    ...bytes(1, pool),
    ...bytes(1, flatten),
    ...text(2, colours === 1 ? 'grey' : 'coloured'),
    ...bytes(11, value('picture', [1, colours, 32, 32])),
    ...bytes(12, value('vector', [1, 16 * colours])),
  ];
  return Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...number(2, 13)])]);
}

/**
 * A package that stands in for onnxruntime and computes what `tinyOnnxModel` says: the runtime itself is 150 MB, and no
 * dependency of Assay.
 */
const STAND_IN_RUNTIME = `
class Tensor {
  constructor(type, data, dims) { Object.assign(this, { type, data, dims }); }
}
const meansOfCells = (picture) => Float32Array.from({ length: 48 }, (_, at) => {
  const [colour, row, column] = [at >> 4, (at >> 2) & 3, at & 3];
  let sum = 0;
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) sum += picture[colour * 1024 + (8 * row + y) * 32 + 8 * column + x];
  return sum / 64;
});
const create = async (model) => {
  if (model[0] !== 8) throw new Error('protobuf parsing failed');
  const colours = Buffer.from(model).includes('grey') ? 1 : 3;
  return {
    inputNames: ['picture'],
    outputNames: ['vector'],
    inputMetadata: [{ name: 'picture', type: 'float32', shape: [1, colours, 32, 32] }],
    run: async ({ picture }) => ({ vector: new Tensor('float32', meansOfCells(picture.data), [1, 48]) }),
  };
};
module.exports = { Tensor, InferenceSession: { create }, env: { wasm: {} } };
`;

/** Makes a folder with `cells.onnx`, and with the stand-in as an installed package in its folder `with`. */
export async function makeModelFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-model-'));
  const packageFolder = path.join(folder, 'with/node_modules/onnxruntime-web');
  await mkdir(packageFolder, { recursive: true });
  await writeFile(path.join(packageFolder, 'index.js'), STAND_IN_RUNTIME);
  await writeFile(path.join(folder, 'cells.onnx'), tinyOnnxModel());
  return folder;
}

/** A real runtime where one is installed: `ASSAY_ONNX_RUNTIME_DIR` names its folder, as for Assay itself. */
const installed = process.env['ASSAY_ONNX_RUNTIME_DIR'];

/** What a model is run on in tests: always the stand-in, and the real runtime where there is one. */
export const TESTED_RUNTIMES: readonly { readonly name: string; folderOf(modelFolder: string): string }[] = [
  { name: 'a stand-in for the runtime', folderOf: (folder) => path.join(folder, 'with') },
  ...(installed === undefined ? [] : [{ name: 'the runtime that is installed', folderOf: () => installed }]),
];
