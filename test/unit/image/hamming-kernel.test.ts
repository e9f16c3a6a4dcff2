import { describe, expect, it } from 'vitest';
import { HAMMING_KERNEL_BASE64 } from '../../../src/detectors/image/hamming-kernel.ts';

describe('the Hamming kernel', () => {
  it('has the bytes that its text assembles to', async () => {
    // The assembler is plain JavaScript outside the type-checked sources.
    const path = '../../../src/evaluation/images/assemble-kernel.mjs';
    const { assembleKernel } = (await import(path)) as { assembleKernel: () => Promise<Uint8Array> };
    expect(HAMMING_KERNEL_BASE64).toBe(Buffer.from(await assembleKernel()).toString('base64'));
  });
});
