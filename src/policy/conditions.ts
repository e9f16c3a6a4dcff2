import { type ASTNode, Environment } from '@marcbachmann/cel-js';
import { creditTier } from '../domain/credit.ts';
import { findingSource, ladderStep } from '../domain/decision.ts';
import { subjectKind } from '../domain/finding.ts';
import { severity, violationType } from '../domain/violation.ts';
import { suggestName } from './nearest-name.ts';
import type { PolicySettings, SignalDeclaration } from './policy-settings.ts';

/** A condition that cannot be accepted: where in its text, and why. */
export interface ConditionProblem {
  readonly offset: number;
  readonly message: string;
}

/** The facts of a condition by the names of `FACT_FIELDS`. */
export type ConditionFacts = Readonly<Record<string, unknown>>;

/** A checked condition; pure, and bounded by the limits below. */
export type Condition = (facts: ConditionFacts) => boolean;

export type CompiledCondition =
  | {
      readonly kind: 'compiled';
      readonly holds: Condition;
      readonly names: ReadonlySet<string>;
      /** What the condition reads, `finding.signals.bank`; what it reads of each of several findings, `findings[].…`. */
      readonly reads: readonly string[];
    }
  | { readonly kind: 'refused'; readonly problem: ConditionProblem };

type FieldType = 'string' | 'double' | 'bool' | 'list<string>' | 'Signals' | 'Finding';
type Fields = Readonly<Record<string, FieldType>>;

/** What conditions may read, by type. `finding` and `findings` exist in rules, `decision` in the routing of cases. */
const FACT_FIELDS = {
  Finding: {
    detector: 'string',
    violationType: 'string',
    severity: 'string',
    probability: 'double',
    about: 'string',
    markId: 'string',
    /** Whether the two below are known of the finding's mark; where not, both are false. */
    areMarkRightsKnown: 'bool',
    isAuthorisedSeller: 'bool',
    isMarkDisputed: 'bool',
    signals: 'Signals',
  },
  Subject: {
    kind: 'string',
    isLive: 'bool',
    exposure: 'double',
    /** Empty where it is not known. */
    language: 'string',
    /** Empty where a listing is sold everywhere, and for everything else. */
    destinations: 'list<string>',
  },
  Seller: {
    tier: 'string',
    points: 'double',
    /** Country, for example `DE`; empty where it is not known. */
    market: 'string',
  },
  Routed: { violationType: 'string', severity: 'string', step: 'string', isSampled: 'bool', source: 'string' },
} as const satisfies Readonly<Record<string, Fields>>;

const VARIABLES = {
  RULE: { finding: 'Finding', findings: 'list<Finding>', subject: 'Subject', seller: 'Seller' },
  SUBJECT_RULE: { findings: 'list<Finding>', subject: 'Subject', seller: 'Seller' },
  QUEUE: { decision: 'Routed', subject: 'Subject', seller: 'Seller' },
} as const;
export type ConditionPlace = keyof typeof VARIABLES;

/** Far above any sensible rule, far below what could slow a check. */
const LIMITS = { maxAstNodes: 300, maxDepth: 24, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 4 };

/** Comprehensions inside one another; each multiplies the work by the number of findings. */
const MAX_NESTED_COMPREHENSIONS = 2;

const COMPREHENSIONS: ReadonlySet<string> = new Set(['exists', 'all', 'exists_one', 'filter', 'map']);
/** A pattern can take exponential time in this runtime, so rules have none. */
const REFUSED_CALLS: ReadonlySet<string> = new Set(['matches']);

const CEL_TYPE: Readonly<Record<SignalDeclaration['type'], FieldType>> = {
  number: 'double',
  bool: 'bool',
  text: 'string',
};

const isNode = (value: unknown): value is ASTNode =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

const childrenOf = (node: ASTNode): ASTNode[] => {
  const found: ASTNode[] = [];
  const visit = (value: unknown): void => {
    if (isNode(value)) found.push(value);
    else if (Array.isArray(value)) value.forEach(visit);
  };
  visit(node.args);
  return found;
};

const visitNodes = (node: ASTNode, visit: (node: ASTNode, depth: number) => void, depth = 0): void => {
  const isLoop = node.op === 'rcall' && COMPREHENSIONS.has(node.args[0]);
  visit(node, depth + (isLoop ? 1 : 0));
  for (const child of childrenOf(node)) visitNodes(child, visit, depth + (isLoop ? 1 : 0));
};

/** The dotted path of a chain of fields from a variable; undefined for anything else. */
const pathOf = (node: ASTNode): string | undefined => {
  if (node.op === 'id') return node.args;
  if (node.op !== '.') return undefined;
  const parent = pathOf(node.args[0]);
  return parent === undefined ? undefined : `${parent}.${node.args[1]}`;
};

/** Every path that a condition reads, sorted; a loop's variable stands for each of the findings. */
const readsOf = (root: ASTNode, variables: Readonly<Record<string, string>>): string[] => {
  const paths = new Set<string>();
  visitNodes(root, (node) => {
    const path = node.op === '.' ? pathOf(node) : undefined;
    if (path === undefined) return;
    const [head = '', ...fields] = path.split('.');
    paths.add(head in variables ? path : `findings[].${fields.join('.')}`);
  });
  // `finding.signals` is on the way to `finding.signals.bank` and tells nothing by itself.
  return [...paths].filter((path) => ![...paths].some((other) => other.startsWith(`${path}.`))).toSorted();
};

/** Values of the fields that have a fixed set of them. */
const enumeratedFields = (settings: PolicySettings): ReadonlyMap<string, ReadonlySet<string>> => {
  const fields = new Map<string, ReadonlySet<string>>([
    ['violationType', new Set(violationType.options)],
    ['severity', new Set(severity.options)],
    ['kind', new Set(subjectKind.options)],
    ['tier', new Set(creditTier.options)],
    ['step', new Set(ladderStep.options)],
    ['source', new Set(findingSource.options)],
    ['detector', new Set(settings.detectors)],
  ]);
  for (const [name, signal] of Object.entries(settings.signals))
    if (signal.type === 'text' && signal.values !== undefined) fields.set(name, new Set(signal.values));
  return fields;
};

const fieldNameOf = (node: ASTNode): string | undefined => (node.op === '.' ? node.args[1] : undefined);

/** String literals that a node stands for: itself, or the elements of a list. */
const literalsOf = (node: ASTNode): { readonly text: string; readonly offset: number }[] => {
  if (node.op === 'value') return typeof node.args === 'string' ? [{ text: node.args, offset: node.start }] : [];
  return node.op === 'list' ? node.args.flatMap(literalsOf) : [];
};

const misspeltValue = (
  node: ASTNode,
  fields: ReadonlyMap<string, ReadonlySet<string>>,
): ConditionProblem | undefined => {
  if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return undefined;
  const [left, right] = node.args;
  for (const [field, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const name = fieldNameOf(field);
    const values = name === undefined ? undefined : fields.get(name);
    if (values === undefined) continue;
    for (const { text, offset } of literalsOf(other))
      if (!values.has(text)) return { offset, message: `${name} is never "${text}".${suggestName(text, values)}` };
  }
  return undefined;
};

const findMisuse = (root: ASTNode, fields: ReadonlyMap<string, ReadonlySet<string>>): ConditionProblem | undefined => {
  let problem: ConditionProblem | undefined;
  visitNodes(root, (node, depth) => {
    if (problem !== undefined) return;
    if (depth > MAX_NESTED_COMPREHENSIONS)
      problem = {
        offset: node.start,
        message: `has more than ${MAX_NESTED_COMPREHENSIONS} loops over findings inside one another`,
      };
    const called = node.op === 'rcall' || node.op === 'call' ? node.args[0] : undefined;
    if (called !== undefined && REFUSED_CALLS.has(called))
      problem = { offset: node.start, message: `${called} is not available: its time cannot be bounded` };
    problem ??= misspeltValue(node, fields);
  });
  return problem;
};

/** The first line of the library's message; the picture of the place below it is replaced by file and line. */
const plainMessage = (fault: unknown): string =>
  fault instanceof Error ? (fault.message.split('\n')[0] ?? fault.message) : String(fault);

const offsetOf = (fault: unknown): number => {
  const { node } = fault as { readonly node?: { readonly pos?: number; readonly start?: number } };
  return node?.pos ?? node?.start ?? 0;
};

/** Compiles conditions against the declared facts and signals. */
export interface ConditionCompiler {
  compile(text: string, place: ConditionPlace): CompiledCondition;
  /** A finding's signals with the default for each that it does not carry, or carries with another type. */
  completeSignals(given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

export const createConditionCompiler = (settings: PolicySettings): ConditionCompiler => {
  const declared = Object.entries(settings.signals);
  const signalFields = Object.fromEntries(declared.map(([name, signal]) => [name, CEL_TYPE[signal.type]]));
  const knownNames = [
    ...Object.values(FACT_FIELDS).flatMap((fields) => Object.keys(fields)),
    ...Object.keys(signalFields),
  ];
  const fields = enumeratedFields(settings);
  const environmentOf = (place: ConditionPlace): Environment => {
    const environment = new Environment({ unlistedVariablesAreDyn: false, limits: LIMITS });
    environment.registerType('Signals', { fields: signalFields });
    for (const [name, typeFields] of Object.entries(FACT_FIELDS))
      environment.registerType(name, { fields: { ...typeFields } });
    for (const [name, type] of Object.entries(VARIABLES[place])) environment.registerVariable(name, type);
    return environment;
  };
  const environments: Readonly<Record<ConditionPlace, Environment>> = {
    RULE: environmentOf('RULE'),
    SUBJECT_RULE: environmentOf('SUBJECT_RULE'),
    QUEUE: environmentOf('QUEUE'),
  };

  const compile = (text: string, place: ConditionPlace): CompiledCondition => {
    const refuse = (offset: number, message: string): CompiledCondition => ({
      kind: 'refused',
      problem: { offset, message },
    });
    try {
      const evaluate = environments[place].parse(text);
      const misuse = findMisuse(evaluate.ast, fields);
      if (misuse !== undefined) return { kind: 'refused', problem: misuse };
      const check = evaluate.check();
      if (!check.valid) {
        const message = plainMessage(check.error);
        const unknown = /^(?:No such key|Unknown variable): (\w+)/.exec(message)?.[1];
        const names = message.startsWith('Unknown variable') ? Object.keys(VARIABLES[place]) : knownNames;
        return refuse(
          offsetOf(check.error),
          unknown === undefined ? message : `there is no ${unknown}.${suggestName(unknown, names)}`,
        );
      }
      if (check.type !== 'bool') return refuse(0, `gives ${String(check.type)}, not true or false`);
      const names = new Set<string>();
      visitNodes(evaluate.ast, (node) => {
        const name = fieldNameOf(node);
        if (name !== undefined) names.add(name);
      });
      const reads = readsOf(evaluate.ast, VARIABLES[place]);
      return { kind: 'compiled', holds: (facts) => evaluate(facts) === true, names, reads };
    } catch (fault) {
      return refuse(offsetOf(fault), plainMessage(fault));
    }
  };

  const completeSignals = (given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
    const complete: Record<string, unknown> = {};
    for (const [name, signal] of declared) {
      const value = given[name];
      complete[name] = typeof value === typeof signal.default ? value : signal.default;
    }
    return complete;
  };

  return { compile, completeSignals };
};
