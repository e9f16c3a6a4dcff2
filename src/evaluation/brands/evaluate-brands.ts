import { createBrandScreen } from '../../detectors/brand/brand-detector.ts';
import type { BrandScreening } from '../../detectors/brand/brand-detector.ts';
import type { MarkIndex } from '../../detectors/brand/mark-index.ts';
import type { BrandSettings } from '../../detectors/brand/settings.ts';
import { listing } from '../../domain/listing.ts';
import { seller } from '../../domain/seller.ts';
import type { EvalRow, ExpectedOutcome } from './eval-rows.ts';

/** Figures of one family of rows. Shares are 0–1. */
export interface FamilyFigures {
  readonly family: string;
  readonly rows: number;
  /** Expected marks that were recognised in the text, whatever was made of it. */
  readonly recall: number;
  /** Rows sent to review, rows blocked. */
  readonly review: number;
  readonly block: number;
  /** Rows whose outcome is the one that the row gives; absent where no row gives one. */
  readonly outcomeAgrees?: number;
}

export interface BrandFigures {
  readonly rows: number;
  readonly marks: number;
  readonly families: readonly FamilyFigures[];
  readonly clean: { readonly rows: number; readonly review: number; readonly block: number };
  /** Of the marks named in findings that go to review or are blocked, the share that was expected. */
  readonly precision: number;
  /** Of all marks recognised, lawful and doubtful ones too, the share that was expected. */
  readonly recognitionPrecision: number;
  readonly titlesPerSecond: number;
}

/** What became of one row. */
export interface RowResult {
  readonly row: EvalRow;
  readonly recognised: readonly string[];
  readonly named: readonly string[];
  readonly outcome: ExpectedOutcome;
  readonly probability: number;
  /** Uncalibrated log-odds of the strongest finding; absent where there is none. */
  readonly logOdds?: number;
}

const NEVER_TOLD = 0;
const PLACEHOLDER_ID = 'of-eval';

/** Screens every row as a listing of its seller. `nowMs` is the day on which authorisations are looked at. */
export const evaluateBrands = (
  rows: readonly EvalRow[],
  marks: { readonly index: MarkIndex; readonly settings: BrandSettings; readonly nowMs: number },
  clock: () => number,
): { readonly figures: BrandFigures; readonly results: readonly RowResult[] } => {
  const screen = createBrandScreen(marks.settings);
  const facts = rows.map((row) => factsOf(row, marks));
  const startMs = clock();
  const screenings = facts.map((one) => screen(one));
  const elapsedS = Math.max(0.001, (clock() - startMs) / 1_000);
  const results = rows.map((row, at) => resultOf(row, screenings[at]!, marks.settings));
  return { figures: figuresOf(results, { marks: marks.index.size, elapsedS }), results };
};

const MAX_TITLE = 20_000;

/** What the schema takes, of a text that may be anything. */
const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed().replaceAll('\0', ' ');

/** The listing of a row. Titles and sellers' names may be longer and odder than a marketplace's own. */
const factsOf = (row: EvalRow, { index, nowMs }: { index: MarkIndex; nowMs: number }) => {
  const sellerId = row.seller === '' ? PLACEHOLDER_ID : row.seller;
  const createdAt = new Date(nowMs).toISOString();
  const parsed = listing.parse({
    id: PLACEHOLDER_ID,
    sellerId: PLACEHOLDER_ID,
    title: '-',
    description: cut(row.description, 20_000),
    ...(row.brand === '' ? {} : { brand: cut(row.brand, 200) }),
    ...(row.category === '' ? {} : { category: cut(row.category, 300) }),
    destinations: row.destination.map((code) => code.toUpperCase()).filter((code) => /^[A-Z]{2}$/.test(code)),
    priceMinor: 1_000,
    currency: 'EUR',
    createdAt,
  });
  const store = seller.parse({
    id: PLACEHOLDER_ID,
    legalId: PLACEHOLDER_ID,
    storeName: '-',
    registeredAt: createdAt,
  });
  return {
    listing: { ...parsed, id: `row-${row.id}`, sellerId, title: cut(row.title, MAX_TITLE) },
    seller: { ...store, id: sellerId, legalId: `legal-${sellerId}` },
    markIndex: index,
    nowMs,
  };
};

const resultOf = (row: EvalRow, screening: BrandScreening, { rules }: BrandSettings): RowResult => {
  const { review01, block01 } = rules.outcomes;
  const probability = Math.max(NEVER_TOLD, ...screening.findings.map((finding) => finding.probability));
  const { slope, intercept } = rules.calibration;
  const named = screening.findings.flatMap((finding) =>
    finding.probability >= review01 && finding.markId !== undefined ? [finding.markId] : [],
  );
  return {
    row,
    recognised: screening.uses.map(({ use }) => use.mark.id),
    named: [...new Set(named)],
    outcome: probability >= block01 ? 'block' : probability >= review01 ? 'review' : 'allow',
    probability,
    ...(probability > 0 && probability < 1
      ? { logOdds: (Math.log(probability / (1 - probability)) - intercept) / slope }
      : {}),
  };
};

const shareOf = <T>(items: readonly T[], is: (item: T) => boolean): number =>
  items.length === 0 ? 0 : items.filter(is).length / items.length;

const figuresOf = (results: readonly RowResult[], run: { marks: number; elapsedS: number }): BrandFigures => {
  const byFamily = new Map<string, RowResult[]>();
  for (const result of results) {
    const family = result.row.family || (result.row.expected.length === 0 ? 'clean' : 'marked');
    const members = byFamily.get(family);
    if (members === undefined) byFamily.set(family, [result]);
    else members.push(result);
  }
  const isClean = ({ row }: RowResult): boolean =>
    row.expected.length === 0 && (row.outcome === '' || row.outcome === 'allow');
  const clean = results.filter(isClean);
  const precisionOf = (marksOf: (result: RowResult) => readonly string[]): number => {
    const pairs = results.flatMap((result) => marksOf(result).map((id) => result.row.expected.includes(id)));
    return pairs.length === 0 ? 1 : shareOf(pairs, (isExpected) => isExpected);
  };
  return {
    rows: results.length,
    marks: run.marks,
    families: [...byFamily].map(([family, members]) => familyFigures(family, members)),
    clean: {
      rows: clean.length,
      review: shareOf(clean, ({ outcome }) => outcome === 'review'),
      block: shareOf(clean, ({ outcome }) => outcome === 'block'),
    },
    precision: precisionOf(({ named }) => named),
    recognitionPrecision: precisionOf(({ recognised }) => recognised),
    titlesPerSecond: Math.round(results.length / run.elapsedS),
  };
};

const familyFigures = (family: string, members: readonly RowResult[]): FamilyFigures => {
  const expected = members.flatMap(({ row, recognised }) => row.expected.map((id) => recognised.includes(id)));
  const judged = members.filter(({ row }) => row.outcome !== '');
  return {
    family,
    rows: members.length,
    recall: expected.length === 0 ? 1 : shareOf(expected, (isFound) => isFound),
    review: shareOf(members, ({ outcome }) => outcome === 'review'),
    block: shareOf(members, ({ outcome }) => outcome === 'block'),
    ...(judged.length === 0 ? {} : { outcomeAgrees: shareOf(judged, ({ row, outcome }) => row.outcome === outcome) }),
  };
};
