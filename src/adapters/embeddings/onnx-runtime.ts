import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AppError } from '../../domain/errors.ts';

/** What is used of onnxruntime's common interface, which its packages for Node and for WebAssembly share. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: object): Promise<OnnxSession>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OnnxTensor;
  readonly env?: { wasm?: { numThreads?: number }; logLevel?: string };
}

export interface OnnxTensor {
  readonly dims: readonly number[];
  readonly type: string;
  readonly data: unknown;
}

export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** A dimension that the model leaves open is a name or negative. Absent from runtimes before 1.20. */
  readonly inputMetadata?: readonly { readonly type?: string; readonly shape?: readonly (number | string)[] }[];
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
}

/** Packages that are tried in turn: the native one is several times as fast. */
const PACKAGES = ['onnxruntime-node', 'onnxruntime-web'];

/**
 * Loads the runtime that the operator installed: beside Assay, or in `folder`, which has a `node_modules`.
 *
 * @throws AppError `embedding.unavailable`
 */
export async function loadOnnxRuntime(folder?: string): Promise<OnnxRuntime> {
  const from = folder === undefined ? import.meta.url : pathToFileURL(path.join(path.resolve(folder), 'package.json'));
  const causes: unknown[] = [];
  for (const name of PACKAGES) {
    try {
      // By `require`: a CommonJS entry is named by every version of both packages, and import conditions differ.
      return prepared(createRequire(from)(name) as OnnxRuntime);
    } catch (cause) {
      causes.push(cause);
    }
  }
  const broken = causes.find((cause) => !isMissing(cause));
  throw new AppError(
    'embedding.unavailable',
    broken === undefined
      ? `A learned model needs a runtime that is not installed${folder === undefined ? '' : ` in ${folder}`}: npm install onnxruntime-node (native, fast), or onnxruntime-web (WebAssembly, every platform).`
      : `The installed onnxruntime cannot be loaded: ${messageOf(broken)}`,
    { cause: new AggregateError(causes, 'no onnxruntime') },
  );
}

/** One picture at a time in one thread: the WebAssembly runtime must not start threads of its own. */
function prepared(runtime: OnnxRuntime): OnnxRuntime {
  if (runtime.env?.wasm !== undefined) runtime.env.wasm.numThreads = 1;
  return runtime;
}

/** What a runtime says went wrong; both packages throw errors. */
export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : 'no reason was told');

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'MODULE_NOT_FOUND';
