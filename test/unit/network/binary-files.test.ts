import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IP2Proxy } from 'ip2proxy-nodejs';
import { Reader, type Response } from 'mmdb-lib';
import { afterAll, describe, expect, it } from 'vitest';
import { createNetworkClassifier } from '../../../src/adapters/network/classify-address.ts';
import { readIp2ProxyBin } from '../../../src/adapters/network/ip2proxy-file.ts';
import { readMmdb } from '../../../src/adapters/network/mmdb-file.ts';
import { writeIp2ProxyBin } from './write-ip2proxy.ts';
import { writeMmdb } from './write-mmdb.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-network-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a MaxMind DB', () => {
  const asn = writeMmdb(
    {
      '198.51.100.0/24': { autonomous_system_number: 64496, autonomous_system_organization: 'Example Hosting' },
      '203.0.113.128/25': { autonomous_system_number: 64497, autonomous_system_organization: 'Example Cable' },
      '2001:db8::/32': { autonomous_system_number: 64499, autonomous_system_organization: 'Example Six' },
      '2a00:1::/33': { autonomous_system_number: 64500, autonomous_system_organization: 'Example Half' },
    },
    new Date('2026-05-06T00:00:00Z'),
  );
  const anonymous = writeMmdb(
    {
      '198.51.100.16/28': { is_anonymous: true, is_anonymous_vpn: true },
      '203.0.113.200/32': { is_anonymous: true, is_tor_exit_node: true },
      '192.0.2.0/24': { is_anonymous: true, is_hosting_provider: true },
      '2001:db8:5::/48': { traits: { is_residential_proxy: true } },
      '2001:db8:6::/48': { traits: { connection_type: 'Cellular' }, country: { iso_code: 'NL' } },
    },
    new Date('2026-05-07T00:00:00Z'),
  );
  const { classify } = createNetworkClassifier({
    sources: [readMmdb(asn, { name: 'asn.mmdb' }), readMmdb(anonymous, { name: 'anonymous.mmdb' })],
  });

  it.each([
    [
      '198.51.100.20',
      {
        networkClass: 'VPN',
        asn: 64496,
        networkName: 'Example Hosting',
        source: 'anonymous.mmdb',
        sourceDate: '2026-05-07',
      },
    ],
    ['198.51.100.1', { networkClass: 'UNKNOWN', asn: 64496, networkName: 'Example Hosting', source: 'none' }],
    [
      '203.0.113.200',
      {
        networkClass: 'TOR',
        asn: 64497,
        networkName: 'Example Cable',
        source: 'anonymous.mmdb',
        sourceDate: '2026-05-07',
      },
    ],
    ['192.0.2.77', { networkClass: 'HOSTING', source: 'anonymous.mmdb', sourceDate: '2026-05-07' }],
    [
      '2001:db8:5::1',
      {
        networkClass: 'VPN',
        asn: 64499,
        networkName: 'Example Six',
        source: 'anonymous.mmdb',
        sourceDate: '2026-05-07',
      },
    ],
    [
      '2001:db8:6::1',
      {
        networkClass: 'MOBILE',
        asn: 64499,
        networkName: 'Example Six',
        country: 'NL',
        source: 'anonymous.mmdb',
        sourceDate: '2026-05-07',
      },
    ],
    ['8.8.8.8', { networkClass: 'UNKNOWN', source: 'none' }],
  ])('classifies %s', (ip, expected) => {
    expect(classify(ip)).toEqual(expected);
  });

  it('answers every address as the library does', () => {
    const library = new Reader<Response>(asn);
    const table = createNetworkClassifier({ sources: [readMmdb(asn, { name: 'asn.mmdb' })] });
    const probes = [
      '198.51.99.255',
      '198.51.100.0',
      '198.51.100.255',
      '198.51.101.0',
      '203.0.113.127',
      '203.0.113.128',
      '0.0.0.0',
      '255.255.255.255',
      '2001:db7:ffff::',
      '2001:db8::',
      '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
      '2001:db9::',
      '2a00:1:7fff:ffff::',
      '2a00:1:8000::',
      '3fff::',
    ];
    for (const ip of probes) {
      const expected = library.get(ip) as { autonomous_system_number?: number } | null;
      expect([ip, table.classify(ip).asn]).toEqual([ip, expected?.autonomous_system_number]);
    }
  });

  it('is refused when the bytes are something else', () => {
    expect(() => readMmdb(Buffer.from('hello'), { name: 'x.mmdb' })).toThrowError(/x\.mmdb is not a MaxMind DB/);
  });
});

describe('an IP2Proxy BIN file', () => {
  const ip = (text: string): number => text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const file = writeIp2ProxyBin(
    [
      { start: 0, proxyType: '-', country: '-' },
      {
        start: ip('192.0.2.0'),
        proxyType: 'VPN',
        country: 'US',
        usageType: 'DCH',
        asn: '64500',
        asName: 'Example Exit',
      },
      { start: ip('192.0.2.128'), proxyType: 'CPN', country: 'DE', usageType: 'CDN' },
      { start: ip('192.0.3.0'), proxyType: '-', country: '-' },
      { start: ip('198.51.100.0'), proxyType: 'TOR', country: 'NL' },
      { start: ip('198.51.100.8'), proxyType: 'DCH', country: 'FR', usageType: 'DCH' },
      { start: ip('198.51.101.0'), proxyType: '-', country: '-', usageType: 'ISP/MOB' },
    ],
    [
      { start: 0n, proxyType: '-', country: '-' },
      { start: 0x2001_0db8n << 96n, proxyType: 'PUB', country: 'GB' },
      { start: 0x2001_0db9n << 96n, proxyType: '-', country: '-' },
    ],
  );
  const { classify } = createNetworkClassifier({ sources: [readIp2ProxyBin(file, { name: 'px8.bin' })] });

  it.each([
    ['192.0.2.5', 'VPN'],
    ['192.0.2.130', 'RELAY'],
    ['192.0.3.1', 'UNKNOWN'],
    ['198.51.100.7', 'TOR'],
    ['198.51.100.9', 'HOSTING'],
    ['198.51.102.1', 'MOBILE'],
    ['2001:db8::5', 'VPN'],
    ['2001:db9::5', 'UNKNOWN'],
  ])('tells %s as %s', (address, networkClass) => {
    expect(classify(address).networkClass).toBe(networkClass);
  });

  it('answers as the vendor’s reader does', () => {
    const path = join(folder, 'px8.bin');
    writeFileSync(path, file);
    const vendor = new IP2Proxy();
    expect(vendor.open(path)).toBe(0);
    for (const address of ['192.0.2.5', '192.0.2.127', '192.0.2.128', '198.51.100.7', '198.51.100.8', '2001:db8::5']) {
      const answer = vendor.getAll(address);
      const ours = classify(address);
      expect([address, ours.country]).toEqual([address, answer.countryShort]);
      expect(ours.asn).toBe(answer.asn === '-' ? undefined : Number(answer.asn));
      expect(['VPN', 'TOR', 'RELAY', 'HOSTING']).toContain(ours.networkClass);
      expect(answer.isProxy).toBeGreaterThan(0);
    }
    expect(vendor.isProxy('192.0.3.1')).toBe(0);
    vendor.close();
  });

  it('carries the date of the data', () => {
    expect(classify('192.0.2.5')).toEqual({
      networkClass: 'VPN',
      asn: 64500,
      networkName: 'Example Exit',
      country: 'US',
      source: 'px8.bin',
      sourceDate: '2026-05-09',
    });
  });

  it('is refused when it is cut off or something else', () => {
    expect(() => readIp2ProxyBin(file.subarray(0, 200), { name: 'x.bin' })).toThrowError(/x\.bin .* cut off/);
    expect(() => readIp2ProxyBin(Buffer.from('PK\u0003\u0004'.padEnd(100, 'x')), { name: 'x.zip' })).toThrowError(
      /x\.zip/,
    );
    expect(() => readIp2ProxyBin(Buffer.alloc(3), { name: 'x.bin' })).toThrowError(/3 bytes/);
  });
});
