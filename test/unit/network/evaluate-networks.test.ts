import { describe, expect, it } from 'vitest';
import { readAsnList, readCidrList } from '../../../src/adapters/network/cidr-list.ts';
import { createNameHints } from '../../../src/adapters/network/name-hints.ts';
import { readAddressFile } from '../../../src/evaluation/networks/address-file.ts';
import {
  evaluateNetworks,
  holdOutOwnNetwork,
  holdOutVpnLists,
} from '../../../src/evaluation/networks/evaluate-networks.ts';

const file = readAddressFile(
  [
    'address,class,asn,name',
    '198.51.100.0/24,VPN,AS64496,Example Hosting',
    '192.0.2.0/25,HOSTING,64497,Quiet Networks',
    '203.0.113.0/24,RELAY,64498,Example Relay Cloud',
    'rubbish,VPN,,',
    '10.0.0.1,,,',
  ].join('\n'),
  undefined,
);
const nameHints = createNameHints([{ networkClass: 'HOSTING', words: ['hosting', 'cloud'], parts: [] }]);
const sources = {
  sources: [file.names, readCidrList('203.0.113.0/24', 'RELAY', { name: 'relay.txt' }).source],
  asnClasses: [readAsnList('64496\n64497', 'HOSTING', { name: 'asn-hosting.txt' }).source],
  nameHints,
};
const clock = (): (() => number) => {
  let nowMs = 0;
  return () => (nowMs += 200);
};

describe('the evaluation of network classes', () => {
  it('counts answers by truth, and tells which lines it left out', () => {
    expect(file.problems.map(({ line }) => line)).toEqual([5, 6]);
    const result = evaluateNetworks(file.addresses, sources, clock());
    expect(result.answers).toEqual({ VPN: { HOSTING: 1 }, HOSTING: { HOSTING: 1 }, RELAY: { RELAY: 1 } });
    expect(result.hiddenRecognised01).toBe(1);
    expect(result.protectedMistaken01).toBe(0);
    expect(result.lookupsPerSecond).toBeGreaterThan(0);
  });

  it('leaves only the name of the network when the network itself is held out', () => {
    const result = evaluateNetworks(file.addresses, holdOutOwnNetwork(sources), clock());
    expect(result.answers).toEqual({ VPN: { HOSTING: 1 }, HOSTING: { UNKNOWN: 1 }, RELAY: { RELAY: 1 } });
    expect(result.hiddenRecognised01).toBe(0.5);
    expect(result.inferred01).toBeCloseTo(1 / 3);
  });

  it('recognises a VPN provider that no list has by whose machines it uses, each system counted alike', () => {
    const labelled = readAddressFile(
      ['range,class,asn', '198.51.100.0/26,VPN,64496', '198.51.100.64/26,VPN,64496', '192.0.2.0/24,VPN,64499'].join(
        '\n',
      ),
      undefined,
    );
    const own = {
      sources: [labelled.names, readCidrList('198.51.100.0/24\n192.0.2.0/24', 'VPN', { name: 'vpn.txt' }).source],
      asnClasses: [
        readAsnList('64496', 'HOSTING', { name: 'asn-hosting.txt' }).source,
        readAsnList('64499', 'VPN', { name: 'asn-vpn.txt' }).source,
      ],
    };
    expect(evaluateNetworks(labelled.addresses, own, clock()).hiddenRecognised01).toBe(1);
    const held = evaluateNetworks(labelled.addresses, holdOutVpnLists(own), clock());
    expect(held.answers).toEqual({ VPN: { HOSTING: 2, UNKNOWN: 1 } });
    expect(held).toMatchObject({ hiddenSystems: 2, recognisedBySystem01: 0.5 });
    expect(held.hiddenListed01).toBeCloseTo(2 / 3);
  });

  it('takes a plain list with a class for all', () => {
    expect(readAddressFile('# a comment\n192.0.2.7\n198.51.100.0/24\n', 'VPN').addresses).toEqual([
      { address: '192.0.2.7', truth: 'VPN' },
      { address: '198.51.100.0', truth: 'VPN' },
    ]);
  });
});
