/** What the first bytes of a file say it is. */
export type PictureFormat =
  | { readonly kind: 'supported'; readonly mediaType: SupportedMediaType }
  /** A picture, of a format that no decoder here reads. */
  | { readonly kind: 'undecodable'; readonly mediaType: string; readonly why: string }
  | { readonly kind: 'unknown' };

export type SupportedMediaType = 'image/jpeg' | 'image/png' | 'image/gif' | 'image/webp' | 'image/avif';

/** Brands of the ISO base media file format that mean HEVC-coded stills (ISO/IEC 23008-12). */
const HEIC_BRANDS: ReadonlySet<string> = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);

/**
 * Tells the format by content alone, whatever name or media type came with it. Everything that is not listed here is
 * never handed to a decoder: SVG, PDF, TIFF and others have loaders with a larger attack surface.
 */
export function sniffPicture(bytes: Uint8Array): PictureFormat {
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return { kind: 'supported', mediaType: 'image/jpeg' };
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) {
    return { kind: 'supported', mediaType: 'image/png' };
  }
  const head = asText(bytes, 0, 6);
  if (head === 'GIF87a' || head === 'GIF89a') return { kind: 'supported', mediaType: 'image/gif' };
  if (asText(bytes, 0, 4) === 'RIFF' && asText(bytes, 8, 12) === 'WEBP') {
    return { kind: 'supported', mediaType: 'image/webp' };
  }
  if (asText(bytes, 4, 8) === 'ftyp') return sniffIsoMedia(bytes);
  if (head.startsWith('BM')) return undecodable('image/bmp', 'BMP');
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return undecodable('image/tiff', 'TIFF');
  if (asText(bytes, 4, 8) === 'JXL ' || startsWith(bytes, [0xff, 0x0a])) return undecodable('image/jxl', 'JPEG XL');
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/is.test(asText(bytes, 0, 1_024))) {
    return undecodable('image/svg+xml', 'SVG');
  }
  return { kind: 'unknown' };
}

function sniffIsoMedia(bytes: Uint8Array): PictureFormat {
  const boxEnd = Math.min(bytes.length, 64);
  const brands: string[] = [];
  for (let at = 8; at + 4 <= boxEnd; at += 4) brands.push(asText(bytes, at, at + 4));
  if (brands.includes('avif') || brands.includes('avis')) return { kind: 'supported', mediaType: 'image/avif' };
  if (brands.some((brand) => HEIC_BRANDS.has(brand)) || brands[0] === 'mif1') {
    return undecodable('image/heic', 'HEIC (HEVC-coded)');
  }
  return { kind: 'unknown' };
}

function undecodable(mediaType: string, name: string): PictureFormat {
  return {
    kind: 'undecodable',
    mediaType,
    why: `${name} is not decodable here: send JPEG, PNG, WebP, AVIF or GIF`,
  };
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((value, i) => bytes[i] === value);
}

function asText(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
