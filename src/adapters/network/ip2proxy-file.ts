import { AppError } from '../../domain/errors.ts';
import type { NetworkClass } from '../../domain/account.ts';
import { createFactsPool } from './facts-pool.ts';
import type { NetworkFacts, NetworkSource, SourceOrigin } from './network-source.ts';
import { type AddressRange, buildRangeTable } from './range-table.ts';

/** Column (from 1, the first is the range's start) of each field by package PX1–PX12; 0 where the package lacks it. */
const COUNTRY_COLUMN = [0, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3];
const PROXY_TYPE_COLUMN = [0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2];
const USAGE_TYPE_COLUMN = [0, 0, 0, 0, 0, 0, 8, 8, 8, 8, 8, 8, 8];
const ASN_COLUMN = [0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9];
const AS_NAME_COLUMN = [0, 0, 0, 0, 0, 0, 0, 10, 10, 10, 10, 10, 10];

/**
 * Proxy types as IP2Proxy names them. CPN are consumers' privacy networks such as Apple's relay; EPN are firms' own.
 * RES are homes whose line is sold as a proxy: hidden like a VPN.
 */
const PROXY_CLASSES: Readonly<Record<string, NetworkClass>> = {
  VPN: 'VPN',
  PUB: 'VPN',
  WEB: 'VPN',
  RES: 'VPN',
  TOR: 'TOR',
  CPN: 'RELAY',
  EPN: 'BUSINESS',
  DCH: 'HOSTING',
  SES: 'HOSTING',
  AIC: 'HOSTING',
};

/** Where the proxy type is silent the usage type speaks: carriers first, `ISP/MOB` is a carrier. */
const classOfUsage = (usage: string): NetworkClass | undefined => {
  if (usage.includes('MOB')) return 'MOBILE';
  if (usage === 'DCH') return 'HOSTING';
  return undefined;
};

/** Header fields, little-endian. Source: the vendor's published readers. */
const HEADER = {
  type: 0,
  columns: 1,
  year: 2,
  month: 3,
  day: 4,
  count4: 5,
  base4: 9,
  count6: 13,
  base6: 17,
  product: 29,
};
const HEADER_BYTES = 64;
const IP2PROXY_PRODUCT = 2;

/**
 * Reads an IP2Proxy BIN file (packages PX1–PX12, IPv4 or IPv6) into a table. The vendor's own reader reads the file at
 * each look-up; a test holds ours against it. Throws `config.invalid` where the bytes are no such file or are cut off.
 */
export const readIp2ProxyBin = (bytes: Uint8Array, origin: SourceOrigin): NetworkSource => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const refuse = (why: string): never => {
    throw new AppError('config.invalid', `${origin.name} is not a readable IP2Proxy BIN file: ${why}.`);
  };
  if (bytes.length < HEADER_BYTES) refuse(`it has only ${bytes.length} bytes`);
  const type = view.getUint8(HEADER.type);
  const columns = view.getUint8(HEADER.columns);
  const year = view.getUint8(HEADER.year);
  // The product byte is set since January 2021.
  if (year >= 21 && view.getUint8(HEADER.product) !== IP2PROXY_PRODUCT) refuse('its product code is another');
  if (type < 1 || type >= COUNTRY_COLUMN.length) refuse(`package PX${type} is unknown`);

  const texts = new Map<number, string>();
  const decoder = new TextDecoder();
  const textAt = (pointer: number): string => {
    const known = texts.get(pointer);
    if (known !== undefined) return known;
    const length = view.getUint8(pointer);
    const text = decoder.decode(bytes.subarray(pointer + 1, pointer + 1 + length));
    texts.set(pointer, text);
    return text;
  };
  /** Text of a column of a row; `afterStart` is where the columns after the start of the range begin. */
  const columnText = (afterStart: number, column: number): string =>
    column === 0 ? '-' : textAt(view.getUint32(afterStart + (column - 2) * 4, true));

  const pooled = createFactsPool();
  const factsAt = (afterStart: number): NetworkFacts | undefined => {
    const country = columnText(afterStart, COUNTRY_COLUMN[type] ?? 0);
    const proxyType = columnText(afterStart, PROXY_TYPE_COLUMN[type] ?? 0);
    const asn = /^\d+$/.exec(columnText(afterStart, ASN_COLUMN[type] ?? 0))?.[0];
    const asName = columnText(afterStart, AS_NAME_COLUMN[type] ?? 0);
    // PX1 has no type: whoever is listed with a country is a proxy of some kind.
    const listed = type === 1 && country !== '-' ? 'VPN' : PROXY_CLASSES[proxyType];
    const networkClass = listed ?? classOfUsage(columnText(afterStart, USAGE_TYPE_COLUMN[type] ?? 0));
    if (networkClass === undefined && asn === undefined) return undefined;
    return pooled({
      ...(networkClass === undefined ? {} : { networkClass }),
      ...(asn === undefined ? {} : { asn: Number(asn) }),
      ...(asName === '-' ? {} : { networkName: asName }),
      ...(/^[A-Z]{2}$/.test(country) ? { country } : {}),
    });
  };
  const sixAt = (offset: number): bigint =>
    (view.getBigUint64(offset + 8, true) << 64n) | view.getBigUint64(offset, true);

  const ranges: AddressRange<NetworkFacts>[] = [];
  try {
    const [count4, base4] = [view.getUint32(HEADER.count4, true), view.getUint32(HEADER.base4, true) - 1];
    const rowBytes4 = columns * 4;
    for (let row = 0; row < count4; row += 1) {
      const offset = base4 + row * rowBytes4;
      const record = factsAt(offset + 4);
      const end = row + 1 < count4 ? view.getUint32(offset + rowBytes4, true) : 0x1_0000_0000;
      if (record !== undefined) ranges.push({ family: 4, start: view.getUint32(offset, true), end, record });
    }
    const [count6, base6] = [view.getUint32(HEADER.count6, true), view.getUint32(HEADER.base6, true) - 1];
    const rowBytes6 = 16 + (columns - 1) * 4;
    for (let row = 0; row < count6; row += 1) {
      const offset = base6 + row * rowBytes6;
      const record = factsAt(offset + 16);
      const end = row + 1 < count6 ? sixAt(offset + rowBytes6) : 1n << 128n;
      if (record !== undefined) ranges.push({ family: 6, start: sixAt(offset), end, record });
    }
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    refuse('it is cut off');
  }
  const two = (number: number): string => String(number).padStart(2, '0');
  const date = `20${two(year)}-${two(view.getUint8(HEADER.month))}-${two(view.getUint8(HEADER.day))}`;
  return { date, ...origin, table: buildRangeTable(ranges) };
};
