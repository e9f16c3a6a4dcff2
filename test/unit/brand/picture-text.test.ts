import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createPictureTextDetector, marksNamedIn } from '../../../src/detectors/brand/picture-text.ts';
import { pictureTextSettings } from '../../../src/detectors/brand/picture-text-settings.ts';
import { someFacts, someMark } from './brand-fixture.ts';

const settings = pictureTextSettings.parse(
  parse(readFileSync(new URL('../../../rules/picture-text.yaml', import.meta.url), 'utf8')),
);
const detector = createPictureTextDetector(settings);
const MARKS = [
  someMark('m-long', 'Vandelko'),
  someMark('m-short', 'Zorvi'),
  someMark('m-word', 'Harbour'),
  someMark('m-six', 'Quelmo'),
  someMark('m-touching', 'Talimora'),
];

type Word = readonly [text: string, confidence01: number];

/** What is told of one picture that shows this line. */
const readLine = (...words: readonly Word[]) => {
  const lines = [words.map(([text, confidence01]) => ({ text, confidence01 }))];
  const told = detector.detect({ ...someFacts(MARKS), pictureTexts: [{ index: 0, lines }] });
  return told.kind === 'skipped' ? [] : told.findings;
};
const marksIn = (...words: readonly Word[]) => readLine(...words).map(({ markId }) => markId);

describe('names in pictures', () => {
  it('are told when they are read well, whatever their length', () => {
    expect(marksIn(['VANDELKO', 0.9])).toEqual(['m-long']);
    expect(marksIn(['Zorvi', 0.9])).toEqual(['m-short']);
  });

  it('are told when long and the reader is unsure, or got one letter wrong, the longest where both hold', () => {
    expect(marksIn(['Quelmo', 0.2])).toEqual(['m-six']);
    expect(marksIn(['Quelno', 0.9])).toEqual(['m-six']);
    expect(marksIn(['Quelno', 0.2])).toEqual([]);
    expect(marksIn(['Vandelko', 0.05])).toEqual(['m-long']);
    expect(marksIn(['Vande1ko', 0.3])).toEqual(['m-long']);
    expect(marksIn(['Vandalko', 0.3])).toEqual(['m-long']);
    expect(marksIn(['Vandlko', 0.8], ['oy', 0.2])).toEqual(['m-long']);
    expect(readLine(['Vandalko', 0.3])[0]?.evidence[0]?.why).toMatch(
      /“Vandalko”: by all but one letter the name “Vandelko”/,
    );
  });

  it('are told when letters that touch were read as one, or one as two', () => {
    expect(marksIn(['Tahmora', 0.9])).toEqual(['m-touching']);
    expect(marksIn(['TALIRNORA', 0.9])).toEqual(['m-touching']);
    // Two of them are too many; and not from a word of which the reader is unsure.
    expect(marksIn(['Tahrnora', 0.9])).toEqual([]);
    expect(marksIn(['Tahmora', 0.3])).toEqual([]);
  });

  it('stand beside logos when they are everyday words', () => {
    const facts = someFacts(MARKS);
    const lines = [[{ text: 'Harbour', confidence01: 0.9 }], [{ text: 'Zorvi', confidence01: 0.2 }]];
    const named = marksNamedIn([{ index: 2, lines }], facts.markIndex, settings);
    expect(named).toEqual(new Map([[2, new Set(['m-word'])]]));
  });

  it('are not told when short and read badly, with two letters wrong, or when they are everyday words', () => {
    expect(marksIn(['Zorvi', 0.3])).toEqual([]);
    expect(marksIn(['Zorvl', 0.9])).toEqual([]);
    expect(marksIn(['Vamdalko', 0.9])).toEqual([]);
    expect(marksIn(['Harbour', 0.9])).toEqual([]);
  });
});
