import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEvalRows } from '../../../src/evaluation/brands/eval-rows.ts';
import { readMarks } from '../../../src/evaluation/brands/mark-lines.ts';
import { createMarkIndex } from '../../../src/detectors/brand/mark-index.ts';
import { evaluateBrands } from '../../../src/evaluation/brands/evaluate-brands.ts';
import { NOW_MS, shippedSettings, someMark } from './brand-fixture.ts';

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
      expect.stringContaining('no JSON'),
      expect.stringContaining('niceClasses'),
    ]);
  });
});

describe('marks that a marketplace could not hand in', () => {
  it('may have a thousand aliases', async () => {
    const aliases = Array.from({ length: 1_000 }, (_, at) => `alias ${at}`);
    const { marks, bad } = await marksOf('aliases.ndjson', [JSON.stringify({ id: 'a', name: 'Zorvex', aliases })]);
    expect(bad).toEqual([]);
    expect(marks[0]?.aliases).toHaveLength(1_000);
  });

  it('are told when an id comes twice, and the words may, of two owners', async () => {
    const { told, bad } = await marksOf('twice.ndjson', [
      '{"id":"a","name":"Zorvex","owner":"x"}',
      '{"id":"b","name":"ZORVEX","owner":"y"}',
      '{"id":"a","name":"Kelmora"}',
    ]);
    expect(told.map(([id]) => id)).toEqual(['a', 'b']);
    expect(bad).toEqual([{ line: 3, why: expect.stringContaining('line 1') }]);
  });
});

describe('rows of a file', () => {
  const rowsOf = async (name: string, text: string) => {
    const { rows, bad } = await readEvalRows(await fileOf(name, [text]));
    return { titles: rows.map((row) => row.title), bad: bad.map(({ line, why }) => [line, why]) };
  };

  it.each([
    ['a byte order mark and CR LF', '\ufeffid,title\r\n1,"a ""b"", c"\r\n2,d\r\n', ['a "b", c', 'd']],
    ['CR alone, and headings in another case', 'ID,Title\r1,a\r2,b', ['a', 'b']],
    ['a title over two lines', 'id,title,brand\n1,"a\nb",x\n2,c,y', ['a\nb', 'c']],
    ['tabs and quotes', 'id\ttitle\n1\t"a" b\n', ['"a" b']],
    ['cells that are missing', 'id,title,brand\n1,a\n', ['a']],
    ['inches', 'id,title\n1,15" sleeve\n', ['15" sleeve']],
    ['JSON over several lines', '{\n "rows": [\n {"title": "a"}\n ]\n}', ['a']],
    ['a line separator in a string', '{"title":"a\u2028b"}\n{"title":5}', ['a\u2028b', '5']],
  ])('may have %s', async (_, text, titles) => {
    expect(await rowsOf('forms', text)).toEqual({ titles, bad: [] });
  });

  it('may be UTF-16', async () => {
    const path = await fileOf('utf16.csv', []);
    await writeFile(path, Buffer.from('\ufeffid,title\n1,Café', 'utf16le'));
    expect((await readEvalRows(path)).rows.map((row) => row.title)).toEqual(['Café']);
  });

  it.each([
    ['an open quote', 'id,title,brand\n1,"a,x\n2,"b",y\n3,c,z', ['b', 'c'], [2, 'a quote is opened and never closed']],
    ['a separator without quotes', 'id,title\n1,a, b\n2,c', ['c'], [2, expect.stringContaining('3 cells')]],
    ['broken JSON', '{"title":"a"}\n{"title"\n{"title":"b"}', ['a', 'b'], [2, expect.stringContaining('no JSON')]],
    ['another name', '{"title":"a"}\n{"name":"b"}', ['a'], [2, 'title is missing; the row has name']],
    ['no object', '{"title":"a"}\n5', ['a'], [2, expect.stringContaining('not a row')]],
  ])('are told where one has %s, and the others are kept', async (_, text, titles, bad) => {
    expect(await rowsOf('bad', text)).toEqual({ titles, bad: [bad] });
  });
});

describe('odd rows', () => {
  it('are screened all the same: a long title, a seller of several words, signs cut in two', async () => {
    const index = createMarkIndex([someMark('a', 'Zorvex')], shippedSettings);
    const emoji = '😀'.repeat(150);
    const path = await fileOf('odd.ndjson', [
      JSON.stringify({ id: 'x y', title: `${'shoes '.repeat(900)}Zorvex`, seller: 'Shop & Co', expected: 'a' }),
      JSON.stringify({
        title: `x${'😀'.repeat(300)} Zorvex`,
        brand: `x${emoji}`,
        category: `x${emoji}`,
        expected: 'a',
      }),
      JSON.stringify({ title: 'Zor\u0000 \ud800', expected: 'b' }),
    ]);
    const { rows, unknown } = await readEvalRows(path, [someMark('a', 'Zorvex')]);
    const { results } = evaluateBrands(rows, { index, settings: shippedSettings, nowMs: NOW_MS }, () => 0);
    expect(results.map(({ recognised }) => recognised)).toEqual([['a'], ['a'], []]);
    expect(unknown).toEqual([{ line: 3, why: expect.stringContaining('b') }]);
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
