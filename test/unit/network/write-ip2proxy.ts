/** A row of an IP2Proxy file of package PX8: IPv4 start, then texts by column from 2 on. */
export interface Ip2ProxyRow {
  readonly start: number | bigint;
  readonly proxyType: string;
  readonly country: string;
  readonly usageType?: string;
  readonly asn?: string;
  readonly asName?: string;
}

const COLUMNS = 11;

/** For each leading 16 bits the rows to search: all of them, which is right if slow. The vendor's reader insists on an index. */
const indexOf = (rows: number): Buffer => {
  const index = Buffer.alloc(0x1_0000 * 8);
  for (let at = 0; at < 0x1_0000; at += 1) index.writeUInt32LE(rows, at * 8 + 4);
  return index;
};

/** Bytes of an IP2Proxy BIN of package PX8. Rows ascend; each reaches to the next; a sentinel row ends each family. */
export const writeIp2ProxyBin = (four: readonly Ip2ProxyRow[], six: readonly Ip2ProxyRow[]): Buffer => {
  const texts: number[] = [];
  const pointers = new Map<string, number>();
  const row4 = COLUMNS * 4;
  const row6 = 16 + (COLUMNS - 1) * 4;
  const base4 = 64;
  const base6 = base4 + (four.length + 1) * row4;
  const textsAt = base6 + (six.length + 1) * row6;
  const pointerOf = (key: string, chunks: readonly string[]): number => {
    const known = pointers.get(key);
    if (known !== undefined) return known;
    const pointer = textsAt + texts.length;
    for (const chunk of chunks) texts.push(Buffer.byteLength(chunk), ...Buffer.from(chunk));
    pointers.set(key, pointer);
    return pointer;
  };
  const textPointer = (text: string): number => pointerOf(`text ${text}`, [text]);
  const columnsOf = (row: Ip2ProxyRow): number[] => [
    textPointer(row.proxyType),
    // The long name of the country stands three bytes after the code's pointer.
    pointerOf(`country ${row.country}`, row.country === '-' ? ['-', 'x', '-'] : [row.country, 'Country']),
    textPointer('Region'),
    textPointer('City'),
    textPointer('Provider'),
    textPointer('example.net'),
    textPointer(row.usageType ?? '-'),
    textPointer(row.asn ?? '-'),
    textPointer(row.asName ?? '-'),
    textPointer('7'),
  ];
  const sentinel = (start: number | bigint): Ip2ProxyRow => ({ start, proxyType: '-', country: '-' });
  const rows: Buffer[] = [];
  const allFour = [...four, sentinel(0xffff_ffff)].map((row) => [row, columnsOf(row)] as const);
  const allSix = [...six, sentinel((1n << 128n) - 1n)].map((row) => [row, columnsOf(row)] as const);
  for (const [row, columns] of allFour) {
    const bytes = Buffer.alloc(row4);
    bytes.writeUInt32LE(Number(row.start), 0);
    for (const [at, pointer] of columns.entries()) bytes.writeUInt32LE(pointer, 4 + at * 4);
    rows.push(bytes);
  }
  for (const [row, columns] of allSix) {
    const bytes = Buffer.alloc(row6);
    bytes.writeBigUInt64LE(BigInt(row.start) & 0xffff_ffff_ffff_ffffn, 0);
    bytes.writeBigUInt64LE(BigInt(row.start) >> 64n, 8);
    for (const [at, pointer] of columns.entries()) bytes.writeUInt32LE(pointer, 16 + at * 4);
    rows.push(bytes);
  }
  const header = Buffer.alloc(64);
  header.set([8, COLUMNS, 26, 5, 9], 0);
  header.writeUInt32LE(four.length, 5);
  header.writeUInt32LE(base4 + 1, 9);
  header.writeUInt32LE(six.length, 13);
  header.writeUInt32LE(base6 + 1, 17);
  header.writeUInt8(2, 29);
  const body = Buffer.concat([header, ...rows, Buffer.from(texts), Buffer.alloc(256)]);
  body.writeUInt32LE(body.length + 1, 21);
  body.writeUInt32LE(body.length + 1 + 0x1_0000 * 8, 25);
  return Buffer.concat([body, indexOf(four.length), indexOf(six.length)]);
};
