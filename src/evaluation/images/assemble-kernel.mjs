// Assembles hamming-kernel.wat into hamming-kernel.ts. Run it after every change: `npm run kernel`.
import { readFileSync, writeFileSync } from 'node:fs';
import loadWabt from 'wabt';

const room = new URL('../../detectors/image/', import.meta.url);

/** The bytes of the kernel, from its text. */
export async function assembleKernel() {
  const wabt = await loadWabt();
  const features = { simd: true, threads: true };
  const parsed = wabt.parseWat(
    'hamming-kernel.wat',
    readFileSync(new URL('hamming-kernel.wat', room), 'utf8'),
    features,
  );
  parsed.resolveNames();
  parsed.validate(features);
  return parsed.toBinary({}).buffer;
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(process.argv[1].split('/').at(-1) ?? '')) {
  const lines =
    Buffer.from(await assembleKernel())
      .toString('base64')
      .match(/.{1,108}/g) ?? [];
  const text = `/** The bytes of hamming-kernel.wat, written by assemble-kernel.mjs; a test keeps both equal. */
export const HAMMING_KERNEL_BASE64 =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
  writeFileSync(new URL('hamming-kernel.ts', room), text);
}
