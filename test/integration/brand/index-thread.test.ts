import { describe, expect, it } from 'vitest';
import { buildIndexInThread } from '../../../src/adapters/marks/build-in-thread.ts';
import { MarkIndex, createMarkIndex, indexRulesOf } from '../../../src/detectors/brand/mark-index.ts';
import { shippedSettings, someMark } from '../../unit/brand/brand-fixture.ts';

const rules = indexRulesOf(shippedSettings);
const marks = ['Zorvex', 'Quandelo', 'Kelmora Danti', 'Brintosa'].map((text, at) =>
  someMark(`m${at}`, text, { hasReputation: true, ownSellerIds: [`s${at}`] }),
);
const texts = ['z0rvex shoes', 'Quandelo bag', 'kelmora dansi', 'newbrintosa24', 'nothing here'];

describe('index thread', () => {
  it('builds what is built on the spot, on shared memory', async () => {
    const sealed = await buildIndexInThread([marks.slice(0, 3), marks.slice(3)], rules);
    const here = createMarkIndex(marks, shippedSettings);
    const there = new MarkIndex(sealed, rules);
    for (const text of texts) expect(there.findMarks(text)).toEqual(here.findMarks(text));
    expect(there.get('m2')).toEqual(here.get('m2'));
    expect(sealed.exact.fingerprints.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('is swapped in without losing what changed while it was built', async () => {
    const index = createMarkIndex(marks, shippedSettings);
    index.add(someMark('before', 'Plivoran'));
    index.add(someMark('brief', 'Dravomil'));
    const read = [
      ...marks,
      someMark('before', 'Plivoran'),
      someMark('brief', 'Dravomil'),
      someMark('unseen', 'Hostavik'),
    ];
    const building = buildIndexInThread([read], rules);
    index.add(someMark('during', 'Wextori'));
    // One of the base, one that came after it, and one that came and went before anybody told of it.
    const withdrawn = ['m1', 'brief', 'unseen'];
    for (const id of withdrawn) index.remove(id);
    index.swapBase(await building, (id) => id !== 'during' && !withdrawn.includes(id));
    const text = 'Plivoran Wextori Quandelo Zorvex Dravomil Hostavik';
    expect(index.findMarks(text).map((hit) => hit.markId)).toEqual(['before', 'during', 'm0']);
    expect(index.changedCount).toBe(4);
    expect(index.size).toBe(5);
  });

  it('tells when the marks cannot be read', async () => {
    const broken = function* () {
      yield [marks[0]!];
      throw new Error('the database went away');
    };
    await expect(buildIndexInThread(broken(), rules)).rejects.toThrow('the database went away');
  });
});
