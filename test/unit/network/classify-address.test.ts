import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readAsnTable } from '../../../src/adapters/network/asn-table.ts';
import { readAsnList, readCidrList } from '../../../src/adapters/network/cidr-list.ts';
import { createNetworkClassifier } from '../../../src/adapters/network/classify-address.ts';
import { defaultNetworkSources } from '../../../src/adapters/network/default-sources.ts';
import { createNameHints } from '../../../src/adapters/network/name-hints.ts';
import { networkSettings } from '../../../src/adapters/network/settings.ts';

const settings = networkSettings.parse(
  parse(readFileSync(new URL('../../../rules/network/networks.yaml', import.meta.url), 'utf8')),
);

describe('the default networks', () => {
  const classifier = createNetworkClassifier(defaultNetworkSources(settings));

  it.each([
    ['104.28.30.7', 'RELAY'],
    ['2a02:26f7:c001::1', 'RELAY'],
    ['172.58.1.1', 'MOBILE'],
    ['2607:fb90:1234::1', 'MOBILE'],
    ['146.70.10.10', 'VPN'],
    ['52.95.110.1', 'UNKNOWN'],
    ['54.170.1.1', 'HOSTING'],
    ['2a01:4f8:1:2::3', 'HOSTING'],
    ['192.168.1.4', 'PRIVATE'],
    ['::ffff:10.0.0.1', 'PRIVATE'],
    ['203.0.113.9', 'UNKNOWN'],
    ['no address', 'UNKNOWN'],
  ])('tell %s as %s', (ip, networkClass) => {
    expect(classifier.classify(ip).networkClass).toBe(networkClass);
  });

  it('name the network, the source and its date', () => {
    expect(classifier.classify('146.70.10.10')).toEqual({
      networkClass: 'VPN',
      networkName: 'M247 (exits of many VPN services)',
      source: 'Assay default networks',
      sourceDate: settings.date,
    });
  });
});

describe('a classifier with several sources', () => {
  const table = readAsnTable(
    [
      'ip_start,ip_end,asn,name',
      '198.51.100.0,198.51.100.255,64496,Example Hosting',
      '203.0.113.0,203.0.113.255,64497,Example Wireless',
      '192.0.2.0,192.0.2.255,64498,Fast Dedicated Servers Ltd',
      '2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,64499,Town Cable Hosting',
    ].join('\n'),
    { name: 'asn.csv', date: '2026-05-01' },
  ).source;
  const asnClasses = [
    readAsnList('AS64496 # Example Hosting\n', 'HOSTING', { name: 'hosting.txt' }).source,
    readAsnList('64497\n', 'MOBILE', { name: 'mobile.txt' }).source,
  ];
  const vpn = readCidrList('# exits\n198.51.100.64/26\n203.0.113.0/28 ; a carrier\n', 'VPN', {
    name: 'vpn.txt',
    date: '2026-05-02',
  }).source;
  const relay = readCidrList('198.51.100.96/27,DE,DE-BE,Berlin,\n', 'RELAY', { name: 'relay.csv' }).source;
  const nameHints = createNameHints(
    settings.nameHints.map((rule) => ({ networkClass: rule.class, words: rule.words, parts: rule.parts })),
  );
  const { classify } = createNetworkClassifier({ sources: [table, vpn, relay], asnClasses, nameHints });

  it('puts a list of addresses before the class of the whole network', () => {
    expect(classify('198.51.100.70')).toEqual({
      networkClass: 'VPN',
      asn: 64496,
      networkName: 'Example Hosting',
      source: 'vpn.txt',
      sourceDate: '2026-05-02',
    });
    expect(classify('198.51.100.1').networkClass).toBe('HOSTING');
  });

  it('believes relay and carrier lists before a VPN list', () => {
    expect(classify('198.51.100.100').networkClass).toBe('RELAY');
    expect(classify('203.0.113.3')).toMatchObject({ networkClass: 'MOBILE', source: 'mobile.txt' });
  });

  it('guesses from the name of a network that no list has, and says so', () => {
    expect(classify('192.0.2.1')).toMatchObject({
      networkClass: 'HOSTING',
      isInferred: true,
      source: 'name of the network',
    });
  });

  it('takes an access provider with a hosting branch for an access provider', () => {
    expect(classify('2001:db8::1').networkClass).toBe('RESIDENTIAL');
  });
});

describe('reading operators’ files', () => {
  it('leaves wrong lines out and tells their numbers', () => {
    const list = readCidrList('192.0.2.0/24\nnot a range\n192.0.2.0/33\n\n# comment\n2001:db8::/32\n', 'VPN', {
      name: 'x',
    });
    expect(list.source.table.rangeCount).toBe(2);
    expect(list.problems.map(({ line }) => line)).toEqual([2, 3]);
    expect(readAsnList('AS1\nxyz\n', 'VPN', { name: 'x' }).problems).toEqual([
      { line: 2, why: expect.stringContaining('xyz') },
    ]);
  });

  it('reads the table with ranges in prefix form and the table of countries', () => {
    const asn = readAsnTable(
      'network,autonomous_system_number,autonomous_system_organization\n192.0.2.0/24,64500,"Example, Inc."\n',
      { name: 'a' },
    );
    const country = readAsnTable('192.0.2.0,192.0.2.255,NL\n198.51.100.0,198.51.100.1,??\n', { name: 'c' });
    const { classify } = createNetworkClassifier({ sources: [asn.source, country.source] });
    expect(classify('192.0.2.9')).toEqual({
      networkClass: 'UNKNOWN',
      asn: 64500,
      networkName: 'Example, Inc.',
      country: 'NL',
      source: 'none',
    });
    expect(country.problems).toHaveLength(1);
  });
});
