import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { parseBrandSettings } from '../../detectors/brand/settings.ts';
import type { BrandSettings } from '../../detectors/brand/settings.ts';

/** The brand settings of a rules folder. Throws when a file is missing or does not fit its schema. */
export const readBrandSettings = (rulesFolder: string): BrandSettings =>
  parseBrandSettings((fileName) => parse(readFileSync(join(rulesFolder, fileName), 'utf8')) as unknown);
