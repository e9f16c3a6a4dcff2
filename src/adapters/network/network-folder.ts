import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AppError } from '../../domain/errors.ts';
import { type NetworkClass, networkClass } from '../../domain/account.ts';
import { readAsnTable } from './asn-table.ts';
import { readAsnList, readCidrList } from './cidr-list.ts';
import type { NetworkSources } from './classify-address.ts';
import { readIp2ProxyBin } from './ip2proxy-file.ts';
import { readMmdb } from './mmdb-file.ts';
import type { AsnClassSource, NetworkSource, SourceOrigin, SourceProblem } from './network-source.ts';

/** How a file of networks is read, told by its name. */
export type NetworkFileKind =
  | { readonly kind: 'mmdb' }
  | { readonly kind: 'ip2proxy' }
  | { readonly kind: 'asn-table' }
  | { readonly kind: 'cidr-list'; readonly networkClass: NetworkClass }
  | { readonly kind: 'asn-list'; readonly networkClass: NetworkClass }
  | { readonly kind: 'unknown' };

/**
 * The kind of a file by its name: `*.mmdb`; `*.bin`; `*.csv` for tables of ranges with AS number or country;
 * `CLASS*.txt` for ranges and `asn-CLASS*.txt` for AS numbers, CLASS being vpn, hosting, tor, relay, mobile, business
 * or residential. Text files may end in `.gz`.
 */
export const networkFileKind = (fileName: string): NetworkFileKind => {
  const name = basename(fileName).toLowerCase().replace(/\.gz$/, '');
  if (name.endsWith('.mmdb')) return { kind: 'mmdb' };
  if (name.endsWith('.bin')) return { kind: 'ip2proxy' };
  const [, asn, word] = /^(asn-)?([a-z]+)[^/]*\.(?:txt|csv|list)$/.exec(name) ?? [];
  const parsed = networkClass.safeParse(word?.toUpperCase());
  if (parsed.success) return { kind: asn === undefined ? 'cidr-list' : 'asn-list', networkClass: parsed.data };
  return name.endsWith('.csv') ? { kind: 'asn-table' } : { kind: 'unknown' };
};

/** A line of a file that was left out. */
export interface FileProblem extends SourceProblem {
  readonly file: string;
}

/** Reads one file whose kind its name tells. Throws `config.invalid` where the name tells nothing or the bytes are wrong. */
export const readNetworkFile = async (
  path: string,
): Promise<{ readonly sources: NetworkSources; readonly problems: readonly FileProblem[] }> => {
  const file = basename(path);
  const kind = networkFileKind(file);
  if (kind.kind === 'unknown')
    throw new AppError(
      'config.invalid',
      `${file}: the name does not tell what is in it. Name it like asn.csv, country.csv, vpn.txt, asn-hosting.txt, anonymous.mmdb or px11.bin.`,
    );
  const raw = await readFile(path);
  const bytes = file.toLowerCase().endsWith('.gz') ? gunzipSync(raw) : raw;
  const origin: SourceOrigin = { name: file };
  // A list carries no date of its own: the day on which the file was written stands for it.
  const dated: SourceOrigin = { name: file, date: (await stat(path)).mtime.toISOString().slice(0, 10) };
  const ofTable = (read: { source: NetworkSource; problems: readonly SourceProblem[] }) => ({
    sources: { sources: [read.source] },
    problems: read.problems.map((problem) => ({ file, ...problem })),
  });
  switch (kind.kind) {
    case 'mmdb':
      return ofTable({ source: readMmdb(bytes, origin), problems: [] });
    case 'ip2proxy':
      return ofTable({ source: readIp2ProxyBin(bytes, origin), problems: [] });
    case 'asn-table':
      return ofTable(readAsnTable(bytes.toString('utf8'), dated));
    case 'cidr-list':
      return ofTable(readCidrList(bytes.toString('utf8'), kind.networkClass, dated));
    case 'asn-list': {
      const read = readAsnList(bytes.toString('utf8'), kind.networkClass, dated);
      return {
        sources: { sources: [], asnClasses: [read.source] },
        problems: read.problems.map((problem) => ({ file, ...problem })),
      };
    }
    default:
      return kind satisfies never;
  }
};

/** Puts sources together; the earlier ones are asked first for names and numbers. */
export const combineNetworkSources = (...all: readonly NetworkSources[]): NetworkSources => {
  const sources: NetworkSource[] = [];
  const asnClasses: AsnClassSource[] = [];
  for (const each of all) {
    sources.push(...each.sources);
    asnClasses.push(...(each.asnClasses ?? []));
  }
  const nameHints = all.find((each) => each.nameHints !== undefined)?.nameHints;
  return { sources, asnClasses, ...(nameHints === undefined ? {} : { nameHints }) };
};

/**
 * Reads every file of an operator's folder, in order of name; files whose name tells nothing are named as problems.
 * Throws `config.invalid` for a folder or file that cannot be read.
 */
export const readNetworkFolder = async (
  path: string,
): Promise<{ readonly sources: NetworkSources; readonly problems: readonly FileProblem[] }> => {
  const names = await readdir(path).catch((cause: unknown) => {
    throw new AppError('config.invalid', `The folder of network files ${path} cannot be read.`, { cause });
  });
  const read: NetworkSources[] = [];
  const problems: FileProblem[] = [];
  for (const name of names.sort()) {
    if (name.startsWith('.') || /\.(md|ya?ml|json)$/i.test(name)) continue;
    if (networkFileKind(name).kind === 'unknown') {
      problems.push({ file: name, line: 0, why: 'the name does not tell what is in the file; it was left out' });
      continue;
    }
    const one = await readNetworkFile(join(path, name));
    read.push(one.sources);
    problems.push(...one.problems);
  }
  return { sources: combineNetworkSources(...read), problems };
};
