import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { type Condition, type ConditionCompiler, type ConditionPlace, createConditionCompiler } from './conditions.ts';
import { suggestName } from './nearest-name.ts';
import { type PolicyRule, type PolicySettings, policySettings } from './policy-settings.ts';
import { type QueueSettings, queueSettings } from './queue-settings.ts';
import { checkShape, type LocatedFile, readRuleFile, type RuleFile, type RuleProblem } from './rule-file.ts';
import { type ViolationSettings, violationSettings } from './violation-settings.ts';

/** Schemas of the rule files of other rooms, by file name, for example `credit.yaml`. */
export type SettingsSchemas = Readonly<Record<string, z.ZodType>>;

export interface CompiledRule {
  readonly rule: PolicyRule;
  readonly holds: Condition;
  /** Paths of the facts that the condition reads. */
  readonly reads: readonly string[];
}

/** A queue or a skill with the condition under which a case needs it. */
interface Route {
  readonly name: string;
  readonly holds: Condition;
}

/** A checked set of rule files, ready to decide with. */
export interface Ruleset<Schemas extends SettingsSchemas = SettingsSchemas> {
  /** SHA-256 of all files by name, line ends made alike: the version that decisions name. */
  readonly digest: string;
  readonly files: readonly RuleFile[];
  readonly policy: PolicySettings;
  readonly violations: ViolationSettings['violations'];
  readonly queues: QueueSettings;
  readonly findingRules: readonly CompiledRule[];
  readonly subjectRules: readonly CompiledRule[];
  readonly queueRoutes: readonly Route[];
  readonly skillRoutes: readonly Route[];
  readonly completeSignals: ConditionCompiler['completeSignals'];
  readonly settings: { readonly [Name in keyof Schemas]: z.output<Schemas[Name]> };
}

const OWN_FILES = ['policy.yaml', 'violations.yaml', 'queues.yaml'] as const;

/** Names and contents of the files, in any order, give one digest. */
export const digestRuleFiles = (files: readonly RuleFile[]): string => {
  const hash = createHash('sha256');
  for (const { name, text } of files.toSorted((left, right) => (left.name < right.name ? -1 : 1))) {
    const content = createHash('sha256').update(text.replaceAll('\r\n', '\n'), 'utf8').digest('hex');
    hash.update(`${name}\n${content}\n`, 'utf8');
  }
  return hash.digest('hex');
};

/** What an automatic disabling must ask for, so that no edit of a rule file can widen it. Source: policy.md section 7, L3a. */
const AUTO_DISABLE_MUST_READ = [
  'violationType',
  'isAdjudicated',
  'areMarkRightsKnown',
  'isAuthorisedSeller',
  'isMarkDisputed',
] as const;

const raise = (problems: readonly RuleProblem[]): never => {
  const sorted = problems.toSorted(
    (left, right) =>
      (left.file < right.file ? -1 : left.file > right.file ? 1 : 0) ||
      left.line - right.line ||
      left.column - right.column,
  );
  const details = sorted.map(({ file, line, column, message }) => ({ path: `${file}:${line}:${column}`, message }));
  const listed = details.map(({ path, message }) => `rules/${path}: ${message}`).join('\n');
  throw new AppError('rules.invalid', listed, { details });
};

class Reading {
  readonly problems: RuleProblem[] = [];
  readonly #located = new Map<string, LocatedFile>();

  constructor(files: readonly RuleFile[], known: ReadonlySet<string>) {
    for (const file of files) {
      if (!known.has(file.name)) {
        const message = `nothing reads a file of this name.${suggestName(file.name, known)}`;
        this.problems.push({ file: file.name, line: 1, column: 1, message });
        continue;
      }
      if (this.#located.has(file.name)) {
        this.problems.push({ file: file.name, line: 1, column: 1, message: 'is there twice' });
        continue;
      }
      const read = readRuleFile(file);
      if (read.kind === 'read') this.#located.set(file.name, read.file);
      else this.problems.push(...read.problems);
    }
  }

  file(name: string): LocatedFile | undefined {
    return this.#located.get(name);
  }

  shape<Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> | undefined {
    const file = this.#located.get(name);
    if (file === undefined) {
      if (!this.problems.some((problem) => problem.file === name))
        this.problems.push({ file: name, line: 1, column: 1, message: 'is missing' });
      return undefined;
    }
    const checked = checkShape(file, schema);
    if (checked.kind === 'valid') return checked.value;
    this.problems.push(...checked.problems);
    return undefined;
  }
}

interface ConditionText {
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly text: string;
  readonly place: ConditionPlace;
}

const compileAt = (reading: Reading, compiler: ConditionCompiler, condition: ConditionText) => {
  const compiled = compiler.compile(condition.text, condition.place);
  if (compiled.kind === 'compiled') return compiled;
  const { offset, message } = compiled.problem;
  const place = reading.file(condition.file)?.locate(condition.path, message, offset);
  if (place !== undefined) reading.problems.push(place);
  return undefined;
};

const compileRules = (
  reading: Reading,
  compiler: ConditionCompiler,
  policy: PolicySettings,
  queueNames: ReadonlySet<string>,
) => {
  const findingRules: CompiledRule[] = [];
  const subjectRules: CompiledRule[] = [];
  const file = 'policy.yaml';
  policy.rules.forEach((rule, index) => {
    const path = ['rules', index, 'when'] as const;
    const place = rule.scope === 'FINDING' ? 'RULE' : 'SUBJECT_RULE';
    const compiled = compileAt(reading, compiler, { file, path, text: rule.when, place });
    const complain = (where: readonly (string | number)[], message: string): void => {
      const problem = reading.file(file)?.locate(where, message);
      if (problem !== undefined) reading.problems.push(problem);
    };
    const { queue, atLeast } = rule.then;
    if (queue !== undefined && !queueNames.has(queue))
      complain(['rules', index, 'then', 'queue'], `there is no queue ${queue}.${suggestName(queue, queueNames)}`);
    if (compiled === undefined) return;
    if (atLeast === 'L3A') {
      const forgotten = AUTO_DISABLE_MUST_READ.filter((name) => !compiled.names.has(name));
      if (rule.scope === 'SUBJECT' || forgotten.length > 0)
        complain(
          path,
          `an automatic disabling must be a FINDING rule that tests ${AUTO_DISABLE_MUST_READ.join(', ')}; missing: ${forgotten.join(', ')}`,
        );
    }
    (rule.scope === 'FINDING' ? findingRules : subjectRules).push({
      rule,
      holds: compiled.holds,
      reads: compiled.reads,
    });
  });
  return { findingRules, subjectRules };
};

/**
 * Reads rule files into a ruleset. Throws AppError `rules.invalid` with every problem at once, each as
 * `rules/FILE:LINE:COLUMN: what is wrong`, with a suggestion where a name is misspelt.
 * `schemas` are those of the other rooms' files; each of them must be among `files`, and no other file may.
 */
export const parseRuleset = <const Schemas extends SettingsSchemas>(
  files: readonly RuleFile[],
  schemas: Schemas,
): Ruleset<Schemas> => {
  const reading = new Reading(files, new Set([...OWN_FILES, ...Object.keys(schemas)]));
  const policy = reading.shape('policy.yaml', policySettings);
  const violations = reading.shape('violations.yaml', violationSettings);
  const queues = reading.shape('queues.yaml', queueSettings);
  const settings: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(schemas)) settings[name] = reading.shape(name, schema);
  if (policy === undefined || violations === undefined || queues === undefined) return raise(reading.problems);

  const compiler = createConditionCompiler(policy);
  const queueNames = new Set(queues.queues.map(({ name }) => name));
  if (!queueNames.has(policy.sampling.queue)) {
    const message = `there is no queue ${policy.sampling.queue}.${suggestName(policy.sampling.queue, queueNames)}`;
    const problem = reading.file('policy.yaml')?.locate(['sampling', 'queue'], message);
    if (problem !== undefined) reading.problems.push(problem);
  }
  const rules = compileRules(reading, compiler, policy, queueNames);
  const routesOf = (list: 'queues' | 'skills'): Route[] =>
    queues[list].flatMap(({ name, when }, index) => {
      const path = [list, index, 'when'];
      const compiled = compileAt(reading, compiler, { file: 'queues.yaml', path, text: when, place: 'QUEUE' });
      return compiled === undefined ? [] : [{ name, holds: compiled.holds }];
    });
  const queueRoutes = routesOf('queues');
  const skillRoutes = routesOf('skills');
  if (reading.problems.length > 0) raise(reading.problems);
  return {
    digest: digestRuleFiles(files),
    files,
    policy,
    violations: violations.violations,
    queues,
    ...rules,
    queueRoutes,
    skillRoutes,
    completeSignals: (given) => compiler.completeSignals(given),
    settings: settings as Ruleset<Schemas>['settings'],
  };
};

const isOwnFile = ({ name }: RuleFile): boolean => OWN_FILES.some((own) => own === name);

/**
 * Reads only the files that decisions depend on, under the digest of the whole version: what decided years ago can be
 * asked again although the schemas of other rooms have moved on. Throws as `parseRuleset`.
 */
export const parseDecisionRules = (files: readonly RuleFile[]): Ruleset => ({
  ...parseRuleset(files.filter(isOwnFile), {}),
  digest: digestRuleFiles(files),
  files,
});

/** As `parseRuleset`, at little cost where the files of the other rooms are those of `known`, word for word. */
export const parseRulesetBeside = <const Schemas extends SettingsSchemas>(
  files: readonly RuleFile[],
  schemas: Schemas,
  known: Ruleset<Schemas>,
): Ruleset<Schemas> => {
  const textsOf = (list: readonly RuleFile[]): string => digestRuleFiles(list.filter((file) => !isOwnFile(file)));
  if (textsOf(files) !== textsOf(known.files)) return parseRuleset(files, schemas);
  return { ...parseDecisionRules(files), settings: known.settings };
};
