import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createPictureTextDetector } from '../../../src/detectors/brand/picture-text.ts';
import { pictureTextSettings } from '../../../src/detectors/brand/picture-text-settings.ts';
import { someFacts, someMark } from './brand-fixture.ts';

const settings = pictureTextSettings.parse(
  parse(readFileSync(new URL('../../../rules/picture-text.yaml', import.meta.url), 'utf8')),
);
const detector = createPictureTextDetector(settings);
const MARKS = [someMark('m-long', 'Vandelko'), someMark('m-short', 'Zorvi'), someMark('m-word', 'Harbour')];

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

  it('are told when long and the reader is unsure, or got one letter wrong', () => {
    expect(marksIn(['Vandelko', 0.05])).toEqual(['m-long']);
    expect(marksIn(['Vande1ko', 0.3])).toEqual(['m-long']);
    expect(marksIn(['Vandalko', 0.3])).toEqual(['m-long']);
    expect(marksIn(['Vandlko', 0.8], ['oy', 0.2])).toEqual(['m-long']);
    expect(readLine(['Vandalko', 0.3])[0]?.evidence[0]?.why).toMatch(
      /“Vandalko”: by all but one letter the name “Vandelko”/,
    );
  });

  it('are not told when short and read badly, with two letters wrong, or when they are everyday words', () => {
    expect(marksIn(['Zorvi', 0.3])).toEqual([]);
    expect(marksIn(['Zorvl', 0.9])).toEqual([]);
    expect(marksIn(['Vamdalko', 0.9])).toEqual([]);
    expect(marksIn(['Harbour', 0.9])).toEqual([]);
  });
});
