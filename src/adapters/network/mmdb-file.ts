import { Reader, type Response } from 'mmdb-lib';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { NetworkClass } from '../../domain/account.ts';
import { createFactsPool } from './facts-pool.ts';
import type { NetworkFacts, NetworkSource, SourceOrigin } from './network-source.ts';
import { type AddressRange, buildRangeTable } from './range-table.ts';

const flag = z.boolean().catch(false).default(false);
const anonymity = {
  is_anonymous_vpn: flag,
  is_hosting_provider: flag,
  is_public_proxy: flag,
  is_residential_proxy: flag,
  is_tor_exit_node: flag,
};
const asnFields = {
  autonomous_system_number: z.int().optional().catch(undefined),
  autonomous_system_organization: z.string().optional().catch(undefined),
};

/** The fields that ASN, Country and Anonymous-IP databases (alone or inside `traits` of Enterprise ones) have; others are ignored. */
const mmdbRecord = z.object({
  ...anonymity,
  ...asnFields,
  country: z.object({ iso_code: z.string().optional() }).optional().catch(undefined),
  country_code: z.string().optional().catch(undefined),
  traits: z
    .object({ ...anonymity, ...asnFields, connection_type: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
type MmdbRecord = z.infer<typeof mmdbRecord>;

const classOf = (record: MmdbRecord): NetworkClass | undefined => {
  const { traits } = record;
  if (record.is_tor_exit_node || traits?.is_tor_exit_node === true) return 'TOR';
  if (
    record.is_anonymous_vpn ||
    record.is_public_proxy ||
    record.is_residential_proxy ||
    traits?.is_anonymous_vpn === true ||
    traits?.is_public_proxy === true ||
    traits?.is_residential_proxy === true
  )
    return 'VPN';
  if (record.is_hosting_provider || traits?.is_hosting_provider === true) return 'HOSTING';
  if (traits?.connection_type === 'Cellular') return 'MOBILE';
  return undefined;
};

const factsOf = (raw: unknown): NetworkFacts | undefined => {
  const parsed = mmdbRecord.safeParse(raw);
  if (!parsed.success) return undefined;
  const record = parsed.data;
  const networkClass = classOf(record);
  const asn = record.autonomous_system_number ?? record.traits?.autonomous_system_number;
  const networkName = record.autonomous_system_organization ?? record.traits?.autonomous_system_organization;
  const country = record.country?.iso_code ?? record.country_code;
  if (networkClass === undefined && asn === undefined && country === undefined) return undefined;
  return {
    ...(networkClass === undefined ? {} : { networkClass }),
    ...(asn === undefined ? {} : { asn }),
    ...(networkName === undefined ? {} : { networkName }),
    ...(country === undefined ? {} : { country }),
  };
};

const formatFour = (value: number): string =>
  `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;

const formatSix = (value: bigint): string => {
  const hex = value.toString(16).padStart(32, '0');
  return Array.from({ length: 8 }, (_, i) => hex.slice(4 * i, 4 * i + 4)).join(':');
};

/** Parts of the IPv6 space that hold addresses of hosts, without 6to4 and Teredo, which a database aliases to IPv4. */
const SIX_SPANS: readonly (readonly [bigint, bigint])[] = [
  [0x2001_0001n << 96n, 0x2002n << 112n],
  [0x2003n << 112n, 0x4000n << 112n],
];

/**
 * Reads a MaxMind DB (ASN, Country, City, Anonymous-IP, Enterprise, or another maker's with these fields) into a table:
 * the whole tree is walked once at start, so that a look-up costs as little as for any other source.
 * Throws `config.invalid` where the bytes are no such database.
 */
export const readMmdb = (bytes: Uint8Array, origin: SourceOrigin): NetworkSource => {
  const decoded = new Map<string | number, unknown>();
  let reader: Reader<Response>;
  try {
    const cache = {
      get: (key: string | number) => decoded.get(key),
      set: (key: string | number, value: unknown) => void decoded.set(key, value),
    };
    reader = new Reader<Response>(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { cache });
  } catch (cause) {
    throw new AppError('config.invalid', `${origin.name} is not a MaxMind DB file.`, { cause });
  }
  const pooled = createFactsPool();
  const known = new Map<unknown, NetworkFacts | undefined>();
  const factsFor = (raw: unknown): NetworkFacts | undefined => {
    if (raw === null) return undefined;
    if (known.has(raw)) return known.get(raw);
    const facts = factsOf(raw);
    const one = facts === undefined ? undefined : pooled(facts);
    known.set(raw, one);
    return one;
  };
  const ranges: AddressRange<NetworkFacts>[] = [];
  for (let start = 0; start < 0x1_0000_0000;) {
    const [raw, prefixBits] = reader.getWithPrefixLength(formatFour(start));
    // In an IPv6 tree without IPv4 data the walk ends above the IPv4 root.
    const end = start + 2 ** (32 - Math.min(32, prefixBits));
    const facts = factsFor(raw);
    if (facts !== undefined) ranges.push({ family: 4, start, end, record: facts });
    start = end;
  }
  if (reader.metadata.ipVersion === 6) {
    for (const [from, until] of SIX_SPANS) {
      for (let start = from; start < until;) {
        const [raw, prefixBits] = reader.getWithPrefixLength(formatSix(start));
        const size = 1n << BigInt(128 - prefixBits);
        const end = (start / size + 1n) * size;
        const facts = factsFor(raw);
        if (facts !== undefined) ranges.push({ family: 6, start, end, record: facts });
        start = end;
      }
    }
  }
  const date = reader.metadata.buildEpoch.toISOString().slice(0, 10);
  return { date, ...origin, table: buildRangeTable(ranges) };
};
