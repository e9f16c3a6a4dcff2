/** Raised whenever the same facts may give other findings. 2: misspelt phrases, glued words and ordinary words are read anew. */
export const BRAND_DETECTOR_VERSION = 2;
