import { HAMMING_KERNEL_BASE64 } from './hamming-kernel.ts';
import { RASTER_KERNEL_BASE64 } from './raster-kernel.ts';
import { SAMPLING_KERNEL_BASE64 } from './sampling-kernel.ts';

/** Bytes in one page of WebAssembly memory. */
export const PAGE_BYTES = 65_536;

/** Memory of one index segment. Shared, so that worker threads can search one copy. */
export interface KernelMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** The hot loops; every parameter is a byte address or a count. See hamming-kernel.wat. */
export interface HammingKernel {
  scan(query: number, keys: number, count: number, radius: number, out: number): number;
  scanMany(queries: number, queryCount: number, keys: number, keyCount: number, radius: number, out: number): number;
  nearest(queries: number, queryCount: number, keys: number, keyCount: number, out: number): void;
  lookup(
    query: number,
    keys: number,
    value: number,
    masks: number,
    maskCount: number,
    bitmap: number,
    rank: number,
    slots: number,
    overflow: number,
    stride: number,
    flag: number,
    list: number,
    found: number,
    foundEnd: number,
    radius: number,
    out: number,
    outEnd: number,
  ): number;
}

/** Loops over brightness; every parameter is a byte address, a count or a distance in bytes. See raster-kernel.wat. */
export interface RasterKernel {
  gradients(luma: number, width: number, height: number, xx: number, xy: number, yy: number): void;
  sumFive(from: number, to: number, count: number, step: number): void;
  response(xx: number, xy: number, yy: number, out: number, count: number, k: number): void;
  blurSeven(from: number, to: number, count: number, step: number): void;
  moments(places: number, count: number, pitch: number, weights: number, out: number): void;
  comparePatch(place: number, pitch: number, pattern: number, advances: number, slope: number, out: number): void;
  maxima(response: number, width: number, x0: number, x1: number, y0: number, y1: number, out: number): number;
}

/** Loops over summed areas and grids; every parameter is a byte address or a count. See sampling-kernel.wat. */
export interface SamplingKernel {
  sumAreas(values: number, stride: number, width: number, height: number, sums: number): void;
  sampleRow(upper: number, lower: number, columns: number, count: number, share01: number, out: number): void;
  cellMeans(above: number, below: number, count: number, perCell: number, out: number): void;
  roundToBytes(from: number, to: number, count: number): void;
  lowFrequencies(grid: number, basis: number, pairs: number, work: number, out: number): void;
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  readonly Memory: new (size: { initial: number; maximum: number; shared: boolean }) => KernelMemory;
}

// The language's own WebAssembly object; the library of the compiler knows it only together with the browser's.
const wasm = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

/** Memory of at least `bytes` bytes. It can grow to 4 GiB; what is not touched costs no memory. */
export function allocateMemory(bytes: number): KernelMemory {
  return new wasm.Memory({ initial: Math.ceil(bytes / PAGE_BYTES), maximum: PAGE_BYTES, shared: true });
}

/** The Hamming kernel bound to a memory. Compiled once, instantiated for each memory and thread. */
export function bindKernel(memory: KernelMemory): HammingKernel {
  return instantiate(HAMMING_KERNEL_BASE64, memory) as HammingKernel;
}

/** The raster kernel bound to a memory. */
export function bindRasterKernel(memory: KernelMemory): RasterKernel {
  return instantiate(RASTER_KERNEL_BASE64, memory) as RasterKernel;
}

/** The sampling kernel bound to a memory. */
export function bindSamplingKernel(memory: KernelMemory): SamplingKernel {
  return instantiate(SAMPLING_KERNEL_BASE64, memory) as SamplingKernel;
}

const compiled = new Map<string, object>();

function instantiate(base64: string, memory: KernelMemory): unknown {
  const known = compiled.get(base64);
  const module = known ?? new wasm.Module(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
  compiled.set(base64, module);
  return new wasm.Instance(module, { assay: { memory } }).exports;
}
