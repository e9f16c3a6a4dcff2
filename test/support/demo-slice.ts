import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
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
    'bank-pictures': readRows('bank-pictures'),
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
  const ids = (name: string): ReadonlySet<unknown> => new Set(files[name]!.map(({ id }) => id));
  writeFileSync(path.join(folder, 'truth.yaml'), stringify(sliceTruth(sellerIds, ids('listings'), ids('accounts'))));
}

/** The part of the truth that a slice can bear out: of its sellers, its listings, and groups whose accounts are all there. */
function sliceTruth(
  sellerIds: ReadonlySet<string>,
  listingIds: ReadonlySet<unknown>,
  accountIds: ReadonlySet<unknown>,
): Row {
  const truth = parse(readFileSync(path.join(PROJECT_PATHS.demo, 'truth.yaml'), 'utf8')) as Record<string, Row[]>;
  const isThere = ({ subject, id }: Row): boolean =>
    (subject === 'LISTING' && listingIds.has(id)) ||
    (subject === 'ACCOUNT' && accountIds.has(id)) ||
    (subject === 'SELLER' && sellerIds.has(String(id)));
  const isWhole = ({ members }: Row): boolean => (members as string[]).every((member) => accountIds.has(member));
  return {
    mustFind: truth['mustFind']!.filter(isThere),
    notYetExpected: truth['notYetExpected']!.filter(isThere),
    mustNotFlag: truth['mustNotFlag']!.filter(isThere),
    honestSellers: (truth['honestSellers'] as unknown as string[]).filter((id) => sellerIds.has(id)),
    rings: truth['rings']!.filter(({ beneficiarySellerId }) => sellerIds.has(String(beneficiarySellerId))),
    clusters: truth['clusters']!.filter(isWhole),
    notClusters: truth['notClusters']!.filter(isWhole),
    sellers: truth['sellers']!.filter(({ id }) => sellerIds.has(String(id))),
  };
}
