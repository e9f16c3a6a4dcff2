import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { parseAddress, parseCidr } from '../../../src/adapters/network/parse-range.ts';
import { type AddressRange, buildRangeTable } from '../../../src/adapters/network/range-table.ts';
import { newAddressWords, readAddress } from '../../../src/adapters/network/read-address.ts';

const words = newAddressWords();

const toBytes = (family: 4 | 6): number[] =>
  [...(family === 4 ? words.subarray(0, 1) : words)].flatMap((word) => [
    word >>> 24,
    (word >>> 16) & 255,
    (word >>> 8) & 255,
    word & 255,
  ]);

describe('reading an address', () => {
  it('agrees with ipaddr.js on every IPv4 address', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(readAddress(text, words)).toBe(4);
        expect(toBytes(4)).toEqual(ipaddr.parse(text).toByteArray());
      }),
    );
  });

  // The URL parser's canonical form goes before ipaddr.js, which reads the deprecated `::a.b.c.d` as a mapped address.
  it('agrees with the URL parser and ipaddr.js on every IPv6 address', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const family = readAddress(text, words);
        const parsed = ipaddr.parse(new URL(`http://[${text}]/`).hostname.slice(1, -1));
        if (family === 4) {
          // Mapped or NAT64: the last four bytes are the IPv4 address.
          expect(toBytes(4)).toEqual(parsed.toByteArray().slice(12));
          return;
        }
        expect(family).toBe(6);
        expect(toBytes(6)).toEqual(parsed.toByteArray());
      }),
      { numRuns: 400 },
    );
  });

  it('refuses what is no address', () => {
    for (const text of [
      '',
      '1',
      '1.2.3',
      '1.2.3.4.5',
      '256.1.1.1',
      '01.2.3.4',
      '1.2.3.',
      '1..2.3',
      'a.b.c.d',
      ':',
      ':::',
      '1::2::3',
      '12345::',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      'g::',
      '::1%eth0',
      '1:2:3:4:5:6:7::8:9',
      '::1.2.3',
      '1:',
    ])
      expect([text, readAddress(text, words)]).toEqual([text, 0]);
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), (text) => {
        if (readAddress(text, words) !== 0) expect(ipaddr.isValid(text)).toBe(true);
      }),
    );
  });
});

describe('a range table', () => {
  const prefixes = fc.oneof(
    fc.tuple(
      fc.constantFrom('10.0.0.0', '10.0.1.0', '10.0.1.128', '10.128.0.0', '255.255.255.0', '0.0.0.0'),
      fc.integer({ min: 0, max: 32 }),
    ),
    fc.tuple(
      fc.constantFrom(
        '2001:db8::',
        '2001:db8:0:1::',
        '2001:db8:8000::',
        'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00',
        '::',
      ),
      fc.integer({ min: 0, max: 128 }),
    ),
  );
  const probes = [
    '10.0.0.0',
    '10.0.0.255',
    '10.0.1.127',
    '10.0.1.200',
    '10.200.3.4',
    '9.255.255.255',
    '11.0.0.0',
    '255.255.255.255',
    '0.0.0.0',
    '2001:db8::1',
    '2001:db8:0:1::5',
    '2001:db8:ffff::',
    '2001:db9::',
    '::5',
    'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  ];

  it('answers with the narrowest range that holds the address, as a linear search does', () => {
    fc.assert(
      fc.property(fc.array(prefixes, { maxLength: 25 }), (list) => {
        const ranges: AddressRange<string>[] = [];
        for (const [position, [address, bits]] of list.entries()) {
          const range = parseCidr(`${address}/${bits}`);
          if (range.kind === 'range') ranges.push(range.withRecord(`${address}/${bits}#${position}`));
        }
        const table = buildRangeTable(ranges);
        for (const probe of probes) {
          const address = parseAddress(probe);
          if (address.kind === 'invalid') throw new Error(probe);
          let expected: AddressRange<string> | undefined;
          for (const range of ranges) {
            if ((range.family === 4) !== (address.kind === 'v4')) continue;
            if (address.value < range.start || address.value >= range.end) continue;
            if (
              expected === undefined ||
              BigInt(range.end) - BigInt(range.start) <= BigInt(expected.end) - BigInt(expected.start)
            )
              expected = range;
          }
          const family = readAddress(probe, words);
          if (family === 0) throw new Error(probe);
          expect(table.find(words, family)).toBe(expected?.record);
        }
      }),
      { numRuns: 200 },
    );
  });
});
