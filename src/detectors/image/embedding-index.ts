import type { PictureEmbedding } from './embedding.ts';

/** Vectors of pictures by handle, compared one by one: exact, and the vectors of other models are passed over. */
export interface EmbeddingIndex {
  readonly size: number;
  put(handle: number, embedding: PictureEmbedding): void;
  remove(handle: number): void;
  /** Every handle with its vector. */
  entries(): readonly (readonly [number, PictureEmbedding])[];
  /** Calls `visit` with every handle whose vector has at least this cosine with the query, in no particular order. */
  search(query: PictureEmbedding, minSimilarity: number, visit: (handle: number, similarity: number) => void): void;
}

/** The vectors of one model, row by row. */
interface Rows {
  readonly modelDigest: string;
  readonly dimensions: number;
  values: Int8Array;
  norms: Float64Array;
  handles: Uint32Array;
  readonly rowOf: Map<number, number>;
}

/** An empty index. A byte a dimension, so 512 bytes a picture with the usual models. */
export function createEmbeddingIndex(): EmbeddingIndex {
  const models = new Map<string, Rows>();
  const nameOf = ({ modelDigest, vector }: PictureEmbedding): string => `${modelDigest}:${vector.length}`;

  const removeFrom = (rows: Rows, handle: number): void => {
    const row = rows.rowOf.get(handle);
    if (row === undefined) return;
    rows.rowOf.delete(handle);
    const last = rows.rowOf.size;
    if (row === last) return;
    // The last row moves into the gap, so that rows stay without gaps.
    const { dimensions, values, norms, handles } = rows;
    values.copyWithin(row * dimensions, last * dimensions, (last + 1) * dimensions);
    norms[row] = norms[last] as number;
    handles[row] = handles[last] as number;
    rows.rowOf.set(handles[row], row);
  };
  const remove = (handle: number): void => {
    for (const [name, rows] of models) {
      removeFrom(rows, handle);
      if (rows.rowOf.size === 0) models.delete(name);
    }
  };

  return {
    get size() {
      return [...models.values()].reduce((sum, rows) => sum + rows.rowOf.size, 0);
    },
    put(handle, embedding) {
      remove(handle);
      const dimensions = embedding.vector.length;
      const known = models.get(nameOf(embedding));
      const rows = known ?? emptyRows(embedding);
      if (known === undefined) models.set(nameOf(embedding), rows);
      const row = rows.rowOf.size;
      if (row === rows.handles.length) growRows(rows);
      rows.values.set(embedding.vector, row * dimensions);
      rows.norms[row] = normOf(embedding.vector);
      rows.handles[row] = handle;
      rows.rowOf.set(handle, row);
    },
    remove,
    entries: () =>
      [...models.values()].flatMap(({ modelDigest, dimensions, values, rowOf }) =>
        [...rowOf].map(([handle, row]): readonly [number, PictureEmbedding] => [
          handle,
          { modelDigest, vector: values.slice(row * dimensions, (row + 1) * dimensions) },
        ]),
      ),
    search(query, minSimilarity, visit) {
      const rows = models.get(nameOf(query));
      if (rows === undefined) return;
      const { dimensions, values, norms, handles } = rows;
      const { vector } = query;
      const queryNorm = normOf(vector);
      for (let row = 0, at = 0; row < rows.rowOf.size; row++) {
        let dot = 0;
        for (let i = 0; i < dimensions; i++, at++) dot = (dot + (vector[i] as number) * (values[at] as number)) | 0;
        const similarity = Math.min(1, dot / (queryNorm * (norms[row] as number)));
        if (similarity >= minSimilarity) visit(handles[row] as number, similarity);
      }
    },
  };
}

function normOf(vector: Int8Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}

const FIRST_ROWS = 64;

const emptyRows = ({ modelDigest, vector }: PictureEmbedding): Rows => ({
  modelDigest,
  dimensions: vector.length,
  values: new Int8Array(FIRST_ROWS * vector.length),
  norms: new Float64Array(FIRST_ROWS),
  handles: new Uint32Array(FIRST_ROWS),
  rowOf: new Map(),
});

function growRows(rows: Rows): void {
  const grown = <Rows extends Int8Array | Float64Array | Uint32Array>(larger: Rows, smaller: Rows): Rows => {
    larger.set(smaller);
    return larger;
  };
  rows.values = grown(new Int8Array(2 * rows.values.length), rows.values);
  rows.norms = grown(new Float64Array(2 * rows.norms.length), rows.norms);
  rows.handles = grown(new Uint32Array(2 * rows.handles.length), rows.handles);
}
