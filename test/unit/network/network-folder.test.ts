import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetworkClassifier } from '../../../src/adapters/network/classify-address.ts';
import { networkFileKind, readNetworkFile, readNetworkFolder } from '../../../src/adapters/network/network-folder.ts';
import { writeMmdb } from './write-mmdb.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-networks-'));
beforeAll(() => {
  const put = (name: string, content: string | Buffer): void => {
    writeFileSync(join(folder, name), content);
  };
  put('asn.csv.gz', gzipSync('198.51.100.0,198.51.100.255,64496,Example Hosting\n'));
  put('asn-hosting.txt', 'AS64496\nrubbish\n');
  put('vpn-exits.txt', '198.51.100.8/29\n');
  put('country.mmdb', writeMmdb({ '198.51.100.0/24': { country: { iso_code: 'SE' } } }, new Date('2026-05-01')));
  put('README.md', 'not a source');
  put('notes', 'what is this');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a folder of network files', () => {
  it('is read whole, each file by its name, and tells what was left out', async () => {
    const { sources, problems } = await readNetworkFolder(folder);
    const { classify } = createNetworkClassifier(sources);
    expect(classify('198.51.100.9')).toMatchObject({
      networkClass: 'VPN',
      asn: 64496,
      country: 'SE',
      source: 'vpn-exits.txt',
    });
    expect(classify('198.51.100.1')).toMatchObject({ networkClass: 'HOSTING', source: 'asn-hosting.txt' });
    expect(problems.map(({ file, line }) => [file, line])).toEqual([
      ['asn-hosting.txt', 2],
      ['notes', 0],
    ]);
  });

  it('is refused when it is not there, as is a file whose name tells nothing', async () => {
    await expect(readNetworkFolder(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'config.invalid' });
    await expect(readNetworkFile(join(folder, 'notes'))).rejects.toMatchObject({ code: 'config.invalid' });
  });

  it.each([
    ['GeoLite2-ASN.mmdb', { kind: 'mmdb' }],
    ['IP2PROXY-PX11.BIN', { kind: 'ip2proxy' }],
    ['asn-ipv4.csv', { kind: 'asn-table' }],
    ['relay.csv', { kind: 'cidr-list', networkClass: 'RELAY' }],
    ['tor_exits.txt', { kind: 'cidr-list', networkClass: 'TOR' }],
    ['asn-mobile.txt', { kind: 'asn-list', networkClass: 'MOBILE' }],
    ['lists.txt', { kind: 'unknown' }],
  ])('knows %s by its name', (name, kind) => {
    expect(networkFileKind(name)).toEqual(kind);
  });
});
