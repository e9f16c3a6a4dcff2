import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_PATHS } from '../../src/app/project-paths.ts';

type Row = Record<string, unknown>;

const readRows = (name: string): Row[] =>
  readFileSync(path.join(PROJECT_PATHS.demo, `${name}.ndjson`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

/** Writes the part of the demo that concerns a few sellers, so that a test can load it several times. */
export function writeDemoSlice(folder: string, sellerIds: ReadonlySet<string>): void {
  mkdirSync(folder, { recursive: true });
  symlinkSync(path.join(PROJECT_PATHS.demo, 'pictures'), path.join(folder, 'pictures'));
  const ofSellers = (row: Row): boolean => sellerIds.has(String(row['sellerId']));
  const reviews = readRows('reviews').filter(ofSellers);
  const orders = readRows('orders').filter(ofSellers);
  const accountIds = new Set([...reviews, ...orders].map((row) => row['accountId']));
  const files: Readonly<Record<string, Row[]>> = {
    'rights-holders': readRows('rights-holders'),
    marks: readRows('marks'),
    'bank-pictures': readRows('bank-pictures').slice(0, 20),
    sellers: readRows('sellers').filter(({ id }) => sellerIds.has(String(id))),
    accounts: readRows('accounts').filter(({ id }) => accountIds.has(id)),
    listings: readRows('listings').filter(ofSellers),
    orders,
    reviews,
  };
  for (const [name, rows] of Object.entries(files)) {
    writeFileSync(path.join(folder, `${name}.ndjson`), `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
  }
  writeFileSync(path.join(folder, 'manifest.json'), readFileSync(path.join(PROJECT_PATHS.demo, 'manifest.json')));
  writeFileSync(
    path.join(folder, 'truth.yaml'),
    'mustFind: []\nmustNotFlag: []\nrings: []\nclusters: []\nnotClusters: []\nsellers: []\n',
  );
}
