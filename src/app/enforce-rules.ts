import type { Logger } from 'pino';
import type { ConnectedDatabase } from '../adapters/postgres/connect.ts';
import { RULE_SCHEMAS, type AssayRuleset } from '../adapters/rules/rule-schemas.ts';
import type { Clock } from '../pipeline/ports.ts';
import { meetFolder, type RulesetPorts } from '../pipeline/ruleset-life-cycle.ts';
import { parseRuleset } from '../policy/parse-ruleset.ts';
import type { RulesFolder } from './load-ruleset.ts';
import { startLiveRules, type LiveRules } from './live-rules.ts';

/** Makes a value once for each version of the rules. */
export function onceForEach<Value>(published: () => AssayRuleset, make: (ruleset: AssayRuleset) => Value): () => Value {
  let made: { readonly ruleset: AssayRuleset; readonly value: Value } | undefined;
  return () => {
    const ruleset = published();
    if (made?.ruleset !== ruleset) made = { ruleset, value: make(ruleset) };
    return made.value;
  };
}

/** Compares the rules folder with what is in force, says what became of it, and follows from there. */
export async function enforceRules({
  logger,
  clock,
  rulesFolder: { ruleset, tests },
  ...given
}: {
  readonly logger: Logger;
  readonly rulesFolder: RulesFolder;
  readonly clock: Clock;
  readonly database: ConnectedDatabase['prisma'];
  readonly store: RulesetPorts['store'];
  readonly onError: (fault: unknown) => void;
}): Promise<LiveRules> {
  const parseRules: RulesetPorts['parseRules'] = (files) =>
    files === ruleset.files ? ruleset : parseRuleset(files, RULE_SCHEMAS);
  const met = await meetFolder({ store: given.store, clock, parseRules }, { files: ruleset.files, tests });
  if (met.kind === 'adopted') logger.info({ version: ruleset.digest, why: met.why }, 'the rules folder is in force');
  if (met.kind === 'differs')
    logger.warn(
      { folder: met.digest, published: met.published },
      'the rules folder differs from the published rules, which stay in force; the folder is kept as a draft: ' +
        'see `assay rules list`, and publish it as another person',
    );
  return startLiveRules({ ...given, folder: ruleset });
}
