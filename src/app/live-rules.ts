import { startLiveIndexes } from '../adapters/postgres/live-indexes.ts';
import type { Database } from '../adapters/postgres/database.ts';
import { RULE_SCHEMAS, type AssayRuleset } from '../adapters/rules/rule-schemas.ts';
import { parseDecisionRules, parseRulesetBeside, type Ruleset } from '../policy/parse-ruleset.ts';
import { findVersion } from '../pipeline/ruleset-life-cycle.ts';
import type { RulesetStore } from '../pipeline/ruleset-store.ts';

/** The rules that this process works by, kept equal to what is in force. */
export interface LiveRules {
  published(): AssayRuleset;
  /** The version that runs beside it; nothing of it is enforced. */
  shadow(): Ruleset | undefined;
  /** Told after each change, in the order of the calls. */
  onChange(listener: () => void): void;
  /** Resolves when this process works by what was in force at the call. */
  follow(): Promise<void>;
  stop(): Promise<void>;
}

interface LiveRulesOptions {
  readonly database: Database;
  readonly store: RulesetStore;
  /** What is in force until the store was read. */
  readonly folder: AssayRuleset;
  readonly onError: (fault: unknown) => void;
}

/** Reads what is in force and follows it by the change feed: a publication is live in every process within a second. */
export async function startLiveRules({ database, store, folder, onError }: LiveRulesOptions): Promise<LiveRules> {
  let published = folder;
  let shadow: Ruleset | undefined;
  const listeners: (() => void)[] = [];
  const textsOf = async (digest: string) => (await findVersion(store, digest)).files;

  const refresh = async (): Promise<void> => {
    const wanted = await store.inForce();
    let isChanged = false;
    if (wanted.published !== undefined && wanted.published !== published.digest) {
      published = parseRulesetBeside(await textsOf(wanted.published), RULE_SCHEMAS, published);
      isChanged = true;
    }
    if (wanted.shadow !== shadow?.digest) {
      shadow = wanted.shadow === undefined ? undefined : parseDecisionRules(await textsOf(wanted.shadow));
      isChanged = true;
    }
    if (isChanged) for (const listener of listeners) listener();
  };
  const feed = await startLiveIndexes(database, [{ topic: 'ruleset', loadAll: refresh, refresh }], { onError });
  return {
    published: () => published,
    shadow: () => shadow,
    onChange: (listener) => void listeners.push(listener),
    follow: feed.catchUp,
    stop: feed.stop,
  };
}
