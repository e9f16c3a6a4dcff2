import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEvalRows } from '../../../src/evaluation/brands/eval-rows.ts';
import { readMarks } from '../../../src/evaluation/brands/mark-lines.ts';
import { someMark } from './brand-fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-labelled-'));
});
afterAll(() => rm(folder, { recursive: true }));

const fileOf = async (name: string, lines: readonly string[]): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, lines.join('\n'));
  return path;
};
const marksOf = async (name: string, lines: readonly string[]) => {
  const { marks, bad } = await readMarks(await fileOf(name, lines));
  const told = marks.map(({ id, wordMarkSpecification, aliases }) => [
    id,
    wordMarkSpecification.markVerbalElementText,
    aliases.map((alias) => alias.text),
  ]);
  return { marks, told, bad };
};

describe('marks of a file', () => {
  it('may have any ids, plain aliases, no owner and their words in one level', async () => {
    const { marks, told, bad } = await marksOf('marks.ndjson', [
      '\ufeff{"id":"Invivo (Қазақстан)","markVerbalElementText":"Invivo","aliases":["Инвиво",{"text":"Invivo KZ","kind":"ABBREVIATION"}]}',
      '{"id":7,"name":"Zorvex","hasReputation":true,"colour":"red"}',
      '{"id":"k","rightsHolderId":"Kel & Co","word":"Kelmora","aliases":null}',
      '{"id":"n","names":["Norvik","Норвик"]}',
    ]);
    expect(bad).toEqual([]);
    expect(told).toEqual([
      ['Invivo (Қазақстан)', 'Invivo', ['Инвиво', 'Invivo KZ']],
      ['7', 'Zorvex', []],
      ['k', 'Kelmora', []],
      ['n', 'Norvik', ['Норвик']],
    ]);
    expect(marks[1]?.hasReputation).toBe(true);
    expect(marks[2]?.rightsHolderId).toBe('Kel & Co');
    expect(new Set(marks.map((mark) => mark.rightsHolderId)).size).toBe(4);
  });

  it('may stand in a table or a JSON list', async () => {
    const table = await marksOf('marks.csv', [
      'id;name;aliases;niceClasses;hasReputation',
      'a b;Zorvex;Зорвекс|Zrvx;9, 25;true',
    ]);
    expect(table.told).toEqual([['a b', 'Zorvex', ['Зорвекс', 'Zrvx']]]);
    expect(table.marks[0]).toMatchObject({ niceClasses: [9, 25], hasReputation: true });
    const list = await marksOf('marks.json', ['[', '{"id":"x","name":"Zorvex"}', ']']);
    expect(list.told).toEqual([['x', 'Zorvex', []]]);
  });

  it('are told where they cannot be read, and the others are kept', async () => {
    const { told, bad } = await marksOf('bad.ndjson', [
      '{"id":"a","name":"Zorvex"}',
      '{"id":"b","aliases":["x"]}',
      '{broken',
      '{"id":"c","name":"Kelmora","niceClasses":[99]}',
    ]);
    expect(told).toEqual([['a', 'Zorvex', []]]);
    expect(bad.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(bad.map(({ why }) => why)).toEqual([
      expect.stringContaining('markVerbalElementText'),
      expect.stringContaining('not a mark'),
      expect.stringContaining('niceClasses'),
    ]);
  });
});

describe('expected marks of a row', () => {
  const marks = [someMark('a', 'Zorvex'), someMark('b', 'Kelmora'), { ...someMark('c', 'Norvik'), id: 'Nor, vik; KZ' }];

  it.each([
    ['a', ['a']],
    ['a;b', ['a', 'b']],
    ['a | b', ['a', 'b']],
    ['a b', ['a', 'b']],
    ['"a,b"', ['a', 'b']],
    ['"Nor, vik; KZ"', ['Nor, vik; KZ']],
    ['kelmora', ['b']],
    ['un known', ['un known']],
    ['', []],
  ])('are read from %s', async (cell, expected) => {
    const path = await fileOf('rows.csv', ['id,title,expected', `1,shoes,${cell}`]);
    expect((await readEvalRows(path, marks)).rows.map((row) => row.expected)).toEqual([expected]);
  });

  it('are taken as they are from lists, numbers too, and bad lines are told', async () => {
    const path = await fileOf('rows.ndjson', [
      '{"id":1,"title":"shoes","expected":["Nor, vik; KZ",7]}',
      '{"id":2,"expected":["a"]}',
    ]);
    const { rows, bad } = await readEvalRows(path, marks);
    expect(rows.map((row) => row.expected)).toEqual([['Nor, vik; KZ', '7']]);
    expect(bad).toEqual([{ line: 2, why: expect.stringContaining('title') }]);
  });
});
