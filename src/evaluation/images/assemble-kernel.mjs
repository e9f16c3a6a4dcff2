// Assembles the WebAssembly text of the image room into modules with the bytes. Run it after every change of a .wat:
// node src/evaluation/images/assemble-kernel.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import loadWabt from 'wabt';

const room = new URL('../../detectors/image/', import.meta.url);
const FEATURES = { simd: true, threads: true };

/** Names of the kernels: each is a `.wat` beside a `.ts` with its bytes. */
export const KERNELS = ['hamming-kernel', 'raster-kernel', 'sampling-kernel'];

/** The bytes of a kernel, from its text. */
export async function assembleKernel(name) {
  const wabt = await loadWabt();
  const parsed = wabt.parseWat(`${name}.wat`, readFileSync(new URL(`${name}.wat`, room), 'utf8'), FEATURES);
  parsed.resolveNames();
  parsed.validate(FEATURES);
  return parsed.toBinary({}).buffer;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const name of KERNELS) {
    const lines =
      Buffer.from(await assembleKernel(name))
        .toString('base64')
        .match(/.{1,108}/g) ?? [];
    const constant = `${name.toUpperCase().replace('-', '_')}_BASE64`;
    const text = `/** The bytes of ${name}.wat, written by assemble-kernel.mjs; a test keeps both equal. */
export const ${constant} =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
    writeFileSync(new URL(`${name}.ts`, room), text);
  }
}
