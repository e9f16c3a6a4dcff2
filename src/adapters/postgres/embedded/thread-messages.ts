/** What the main thread tells the database thread. `session` ids are the main thread's. */
export type ToThread =
  | { readonly kind: 'open'; readonly session: number; readonly searchPath: string | undefined }
  | { readonly kind: 'batch'; readonly session: number; readonly call: number; readonly bytes: Uint8Array }
  | { readonly kind: 'close'; readonly session: number }
  | { readonly kind: 'stop' };

/** What the database thread tells the main thread. */
export type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'answer'; readonly call: number; readonly bytes: Uint8Array }
  | { readonly kind: 'fault'; readonly call: number; readonly message: string }
  | { readonly kind: 'push'; readonly session: number; readonly bytes: Uint8Array }
  | { readonly kind: 'end'; readonly session: number; readonly message: string }
  | { readonly kind: 'stopped' };

/** A buffer on the bytes of an array, without a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Bytes in an array buffer of their own, which can be transferred to another thread. */
export function asTransferable(bytes: Buffer): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && bytes.byteOffset === 0 && bytes.byteLength === buffer.byteLength) {
    return new Uint8Array(buffer);
  }
  return Uint8Array.from(bytes);
}
