import { hashToHex } from '../../detectors/image/hash256.ts';
import type { ListedPicture } from '../../detectors/image/pdq-list.ts';
import type { ExchangeFormat } from '../../pipeline/exchange-bank.ts';

/** Head, rows and tail of a format; `row` may give nothing for a picture that the format cannot tell. */
interface ListFormat {
  readonly head: string;
  readonly between: string;
  readonly tail: string;
  readonly rows: (picture: ListedPicture) => readonly string[];
}

const ROW_OBJECTS = (rows: ListFormat['rows'], name: string): ListFormat => ({
  head: `{"${name}": [\n`,
  between: ',\n',
  tail: '\n]}\n',
  rows,
});

const FORMATS: Readonly<Record<ExchangeFormat, ListFormat>> = {
  csv: {
    head: 'pdq,quality,md5,label\n',
    between: '\n',
    tail: '\n',
    rows: ({ pdq, quality, md5, label }) => [
      [pdq === undefined ? '' : hashToHex(pdq), quality ?? '', md5 ?? '', quoted(label)].join(','),
    ],
  },
  json: ROW_OBJECTS((picture) => [JSON.stringify(asObject(picture))], 'pictures'),
  hma: { head: '', between: '\n', tail: '\n', rows: asBankContent },
  'signal-lines': {
    head: '',
    between: '\n',
    tail: '\n',
    rows: ({ pdq }) => (pdq === undefined ? [] : [`pdq ${hashToHex(pdq)}`]),
  },
  'threat-descriptors': ROW_OBJECTS(asDescriptors, 'data'),
};

/** Writes a list piece by piece. Text and order depend on the pictures alone. */
export async function* writePictureList(
  pictures: AsyncIterable<ListedPicture> | Iterable<ListedPicture>,
  format: ExchangeFormat,
): AsyncGenerator<string> {
  const { head, between, tail, rows } = FORMATS[format];
  if (head !== '') yield head;
  let isFirst = true;
  for await (const picture of pictures) {
    for (const row of rows(picture)) {
      yield isFirst ? row : between + row;
      isFirst = false;
    }
  }
  if (!isFirst || head !== '') yield isFirst && format === 'csv' ? '' : tail;
}

function asObject({ pdq, quality, md5, label }: ListedPicture): object {
  return {
    ...(pdq === undefined ? {} : { pdq: hashToHex(pdq) }),
    ...(quality === undefined ? {} : { quality }),
    ...(md5 === undefined ? {} : { md5 }),
    label,
  };
}

/** A line of JSON for each picture, as HMA's content of a bank: `signals` by the names of its signal types, and `note`. */
function asBankContent({ pdq, md5, label }: ListedPicture): readonly string[] {
  const signals = {
    ...(pdq === undefined ? {} : { pdq: hashToHex(pdq) }),
    ...(md5 === undefined ? {} : { photo_md5: md5 }),
  };
  return [JSON.stringify({ signals, note: label.slice(0, 255) })];
}

/** Fields of a ThreatExchange `ThreatDescriptor`: one for each hash of the picture. */
function asDescriptors({ pdq, md5, label }: ListedPicture): readonly string[] {
  const common = { description: label, status: 'MALICIOUS', share_level: 'AMBER', confidence: 100 };
  return [
    ...(pdq === undefined ? [] : [{ raw_indicator: hashToHex(pdq), type: 'HASH_PDQ', ...common }]),
    ...(md5 === undefined ? [] : [{ raw_indicator: md5, type: 'HASH_MD5', ...common }]),
  ].map((descriptor) => JSON.stringify(descriptor));
}

/** A table cell: a label that a spreadsheet would run as a formula is made harmless. */
function quoted(label: string): string {
  const safe = /^[=+\-@\t\r]/.test(label) ? `'${label}` : label;
  return `"${safe.replaceAll('"', '""')}"`;
}
