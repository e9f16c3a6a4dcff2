import { describe, expect, it } from 'vitest';
import { HAMMING_KERNEL_BASE64 } from '../../../src/detectors/image/hamming-kernel.ts';
import { RASTER_KERNEL_BASE64 } from '../../../src/detectors/image/raster-kernel.ts';
import { SAMPLING_KERNEL_BASE64 } from '../../../src/detectors/image/sampling-kernel.ts';

describe('the WebAssembly kernels', () => {
  it.each([
    ['hamming-kernel', HAMMING_KERNEL_BASE64],
    ['raster-kernel', RASTER_KERNEL_BASE64],
    ['sampling-kernel', SAMPLING_KERNEL_BASE64],
  ])('%s has the bytes that its text assembles to', async (name, base64) => {
    const { assembleKernel } = await import('../../../src/evaluation/images/assemble-kernel.mjs');
    expect(base64).toBe(Buffer.from(await assembleKernel(name)).toString('base64'));
  });
});
