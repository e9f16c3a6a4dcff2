import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { writeDemoSlice } from '../../support/demo-slice.ts';
import { describeDemo } from './describe-demo.ts';

/** A ring and its seller, a counterfeiter, sellers whom customs and a strike hit, lawful straps. The whole demo is for real engines. */
const SELLERS = new Set(['s-brightnest', 's-mirror-luxe', 's-kyoto-craft', 's-loom-and-thread', 's-strapworks']);

const root = mkdtempSync(path.join(tmpdir(), 'assay-demo-'));
const slice = path.join(root, 'slice');
writeDemoSlice(slice, SELLERS);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describeDemo('a slice of the demo marketplace', () => slice, 15);
