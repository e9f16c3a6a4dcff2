import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { accountSettings } from '../../../src/detectors/account/settings.ts';
import {
  fitClusterCalibration,
  withClusterCalibration,
  type JudgedCluster,
} from '../../../src/evaluation/accounts/cluster-calibration.ts';

const TEXT = readFileSync(new URL('../../../rules/account.yaml', import.meta.url), 'utf8');

/** Clusters of 0 to 10 nats of which so large a share is one hand's as a line says: drawn evenly, so exactly. */
const clustersBy = (slope: number, offsetNats: number): JudgedCluster[] =>
  Array.from({ length: 101 }, (_, tenth) => {
    const nats = tenth / 10;
    const share01 = 1 / (1 + Math.exp(-(slope * nats + offsetNats)));
    return Array.from({ length: 40 }, (__, i) => ({
      clusterId: `c-${tenth}-${i}`,
      nats,
      isOneHand: (i + 0.5) / 40 < share01,
    }));
  }).flat();

describe('the probability of a cluster', () => {
  it('is fitted to clusters whose truth is known, and told better on the half that was not fitted', () => {
    const fitted = fitClusterCalibration(clustersBy(2, -9), { slope: 1, offsetNats: -6 });
    expect(fitted.slope).toBeGreaterThan(1.7);
    expect(fitted.slope).toBeLessThan(2.3);
    expect(-fitted.offsetNats / fitted.slope).toBeCloseTo(4.5, 0);
    expect(fitted.fittedOn + fitted.heldOut).toBe(4_040);
    expect(fitted.after.ece).toBeLessThan(fitted.before.ece);
  });

  it('stays as it is where there is nothing to tell apart', () => {
    const all = clustersBy(2, -9).filter(({ isOneHand }) => isOneHand);
    expect(fitClusterCalibration(all, { slope: 1.5, offsetNats: -6 })).toMatchObject({ slope: 1.5, offsetNats: -6 });
  });

  it('is written into the rules without another change', () => {
    const text = withClusterCalibration(TEXT, { slope: 1.25, offsetNats: -7.5 });
    const before = accountSettings.parse(parse(TEXT));
    expect(accountSettings.parse(parse(text))).toEqual({
      ...before,
      cluster: { ...before.cluster, slope: 1.25, offsetNats: -7.5 },
    });
    expect(text.split('\n').length).toBe(TEXT.split('\n').length);
    expect(() => withClusterCalibration('links: {}\n', { slope: 1, offsetNats: 0 })).toThrow(/cluster/);
  });
});
