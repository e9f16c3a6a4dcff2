import { expect, it } from 'vitest';
import type { CheckEffects, EffectStore } from '../../../src/pipeline/effects.ts';
import { observedEffectStore } from '../../../src/pipeline/telemetry.ts';

it('a check whose job is delivered twice is counted once', async () => {
  const applied = new Set<string>();
  const store: EffectStore = {
    async apply({ check }) {
      if (applied.has(check.id)) return 'already-applied';
      applied.add(check.id);
      return 'applied';
    },
  };
  const ended: string[] = [];
  const observed = observedEffectStore(store, {
    detectorRan: () => {},
    checkRan: () => {},
    measureStopped: () => {},
    checkEnded: (kind, outcome) => void ended.push(`${kind} ${outcome}`),
  });
  const effects = { check: { id: 'c-1', subjectKind: 'REVIEW' }, decision: { outcome: 'REVIEW' } } as CheckEffects;
  expect(await observed.apply(effects)).toBe('applied');
  expect(await observed.apply(effects)).toBe('already-applied');
  expect(ended).toEqual(['REVIEW REVIEW']);
});
