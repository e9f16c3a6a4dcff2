import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { createNetworkClassifier } from '../../../src/adapters/network/classify-address.ts';
import { defaultNetworkSources } from '../../../src/adapters/network/default-sources.ts';
import { networkSettings } from '../../../src/adapters/network/settings.ts';
import { createPseudonymiser } from '../../../src/adapters/pseudonyms/pseudonymise-account.ts';
import { deriveEpochKeys } from '../../../src/adapters/pseudonyms/pseudonym-keys.ts';
import { createAccountDetector } from '../../../src/detectors/account/account-detector.ts';
import { createAccountLinkIndex } from '../../../src/detectors/account/account-links.ts';
import { accountSettings } from '../../../src/detectors/account/settings.ts';
import { account } from '../../../src/domain/account.ts';
import { finding } from '../../../src/domain/finding.ts';

const accountCase = z.strictObject({
  reason: z.string().min(10),
  check: z.string(),
  expect: z.array(z.string()),
  accounts: z.array(account).min(1),
  behaviours: z
    .array(z.strictObject({ a: z.string(), b: z.string(), kind: z.string(), nats: z.number(), why: z.string() }))
    .default([]),
  terminated: z.array(z.string()).default([]),
});

const projectFile = (path: string): URL => new URL(`../../../${path}`, import.meta.url);
const rule = (name: string): unknown => parse(readFileSync(projectFile(`rules/${name}`), 'utf8'));
const settings = accountSettings.parse(rule('account.yaml'));
const classifier = createNetworkClassifier(defaultNetworkSources(networkSettings.parse(rule('network/networks.yaml'))));
const keys = deriveEpochKeys(Buffer.alloc(32, 3), 1);
const pseudonymiser = createPseudonymiser({ keyring: () => [keys], networkOf: classifier.classify });
const detector = createAccountDetector(settings);

const casesOf = (folder: 'flag' | 'pass') =>
  readdirSync(projectFile(`fixtures/account/${folder}`)).map((name) => {
    const text = readFileSync(projectFile(`fixtures/account/${folder}/${name}`), 'utf8');
    return { name, text, ...accountCase.parse(JSON.parse(text)) };
  });

const detect = (each: ReturnType<typeof casesOf>[number]) => {
  const accountLinks = createAccountLinkIndex(settings.links);
  const accounts = each.accounts.map((one) => pseudonymiser.pseudonymise(one));
  for (const one of accounts) accountLinks.add(one);
  const checked = accounts.find((one) => one.id === each.check);
  if (checked === undefined) throw new Error(`${each.name} checks nobody`);
  const result = detector.detect({
    account: checked,
    accountLinks,
    behaviours: each.behaviours,
    terminatedAccountIds: new Set(each.terminated),
    nowMs: Date.UTC(2026, 5, 1),
  });
  return result.kind === 'findings' ? result.findings : [];
};

describe('cases of the account detector', () => {
  it.each(casesOf('flag'))('finds $name: $reason', (each) => {
    const findings = detect(each);
    expect(findings.map(({ violationType }) => violationType)).toEqual(each.expect);
    expect(each.expect).not.toEqual([]);
    for (const one of findings) expect(finding.parse(one)).toEqual(one);
  });

  it.each(casesOf('pass'))('says nothing of $name: $reason', (each) => {
    expect(each.expect).toEqual([]);
    expect(detect(each)).toEqual([]);
  });

  it('shows no identifier in any finding', () => {
    for (const each of casesOf('flag')) {
      const text = JSON.stringify(detect(each));
      for (const one of each.accounts) {
        const raw = [
          one.email,
          one.phone,
          ...one.sessions.flatMap(({ ip, deviceId }) => [ip, deviceId]),
          ...one.payments.map(({ fingerprint }) => fingerprint),
        ];
        for (const value of raw) if (value !== undefined) expect(text).not.toContain(value);
      }
    }
  });
});
