import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isMap, parse, parseDocument, type Pair, type Scalar } from 'yaml';
import { RULE_SCHEMAS } from '../../../src/adapters/rules/rule-schemas.ts';

const ROOT = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');
const names = readdirSync(new URL('rules/', ROOT), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yaml') && !name.startsWith('tests/'))
  .toSorted();
const guide = read('docs/rules.md');

/** Top-level values without a comment of their own, before them or beside them. What goes by language has one comment. */
const undescribed = (text: string): string[] => {
  const { contents, commentBefore } = parseDocument(text);
  const isDescribed = text.startsWith('# ');
  if (!isMap(contents)) return isDescribed ? [] : ['the list'];
  return (contents.items as Pair<Scalar<string>>[]).flatMap(({ key, value }, index) => {
    // The comment at the head of a file is of its first value, too.
    const head = index === 0 ? `${commentBefore ?? ''}${contents.commentBefore ?? ''}` : '';
    const own = `${key.commentBefore ?? ''}${(value as Scalar | null)?.commentBefore ?? ''}${(value as Scalar | null)?.comment ?? ''}`;
    const isOfLanguage = isDescribed && /^[a-z]{2}$/.test(key.value);
    return !isOfLanguage && `${head}${own}`.trim() === '' ? [key.value] : [];
  });
};

/** Examples of the guide, by the files that the heading, or a comment in the example, names. */
const examples = guide
  .split(/^## /m)
  .slice(1)
  .flatMap((section) => {
    const heading = section.split('\n')[0]!;
    const blocks = [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block!);
    return blocks.map((block) => ({ heading, block }));
  });
const isAbout = (name: string, { heading, block }: { heading: string; block: string }): boolean =>
  block.includes(`# ${name}`) || heading.includes(name);

describe('the rules that ship', () => {
  it.each(names)('%s has a schema, and a description with a source of each of its values', (name) => {
    const text = read(`rules/${name}`);
    expect([...Object.keys(RULE_SCHEMAS), 'policy.yaml', 'violations.yaml', 'queues.yaml']).toContain(name);
    expect(undescribed(text)).toEqual([]);
    expect(text).toMatch(/\[(O|3|G|C|M)\]|[Ss]ource|measured/);
  });

  it.each(names)('%s has an example in the guide that reads as YAML', (name) => {
    const own = examples.filter((one) => isAbout(name, one));
    expect(own.map(({ heading }) => heading)).not.toEqual([]);
    for (const { block } of own) expect(parse(block)).toBeTruthy();
  });
});
