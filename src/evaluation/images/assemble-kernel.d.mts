/** The bytes of a kernel, from its text: `hamming-kernel`, `raster-kernel` or `sampling-kernel`. */
export function assembleKernel(name: string): Promise<Uint8Array>;
