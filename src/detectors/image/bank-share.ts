import type { PictureBank } from './picture-index.ts';

/**
 * Whether a bank that screens only a part of the listings screens this one. The same listing always gets the same
 * answer, and a larger part includes every listing of a smaller one.
 */
export function isScreened(listingId: string, bank: PictureBank, enabledRatio01: number): boolean {
  if (enabledRatio01 >= 1) return true;
  return hashText(`${bank}:${listingId}`) / 4_294_967_296 < enabledRatio01;
}

/** FNV-1a with a final avalanche, so that ids that differ in their last digit spread. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
