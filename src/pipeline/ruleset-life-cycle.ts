import { AppError } from '../domain/errors.ts';
import type { PublicationNeeds, RulesetEventType } from '../policy/ruleset-life.ts';
import { moveRuleset } from '../policy/ruleset-life.ts';
import type { Ruleset } from '../policy/parse-ruleset.ts';
import type { RuleFile } from '../policy/rule-file.ts';
import { runRuleTests } from '../policy/rule-tests.ts';
import type { Clock } from './ports.ts';
import type {
  RulesActor,
  RulesetStore,
  RulesetTexts,
  StoredBacktest,
  StoredRuleset,
  WantedMove,
} from './ruleset-store.ts';

/** What the life cycle needs. */
export interface RulesetPorts {
  readonly store: RulesetStore;
  readonly clock: Clock;
  /** Reads all files of a version; throws AppError `rules.invalid` with every problem. */
  readonly parseRules: (files: readonly RuleFile[]) => Ruleset;
  /** Who has to stand behind a publication, by the rules in force. */
  readonly publicationNeeds: () => PublicationNeeds;
  /** Resolves when this process works by what is in force. */
  readonly follow: () => Promise<void>;
}

export interface SubmittedRules {
  /** Files of the draft; with `base`, only those that differ from it. */
  readonly files: readonly RuleFile[];
  /** Version whose other files and cases the draft has; absent: the published one. */
  readonly base?: string;
  readonly note: string;
}

const CASE_FOLDER = 'tests/';

/**
 * Stores a draft. Files that cannot be read are refused with every problem; cases that do not hold leave it a DRAFT,
 * else it is CHECKED at once.
 *
 * @throws AppError `rules.invalid`, `rules.unknown-version`.
 */
export async function submitRuleset(
  ports: RulesetPorts,
  submitted: SubmittedRules,
  author: RulesActor,
): Promise<StoredRuleset> {
  const base = await findVersion(ports.store, submitted.base ?? (await ports.store.inForce()).published ?? '');
  const { files, tests } = overlay(base, submitted.files);
  const ruleset = ports.parseRules(files);
  const testReport = runRuleTests(tests, ruleset);
  await ports.store.submit(
    {
      digest: ruleset.digest,
      files,
      tests,
      source: 'PERSON',
      author,
      note: submitted.note,
      testReport,
      state: testReport.failures.length === 0 ? 'CHECKED' : 'DRAFT',
    },
    ports.clock.nowMs(),
  );
  return findVersion(ports.store, ruleset.digest);
}

/** The files of `base` with those of the draft in their place. */
export function overlay(base: RulesetTexts, given: readonly RuleFile[]): RulesetTexts {
  const merge = (before: readonly RuleFile[], after: readonly RuleFile[]): RuleFile[] =>
    [...new Map([...before, ...after].map((file) => [file.name, file])).values()].toSorted((left, right) =>
      left.name < right.name ? -1 : 1,
    );
  const isCase = ({ name }: RuleFile): boolean => name.startsWith(CASE_FOLDER);
  return {
    files: merge(
      base.files,
      given.filter((file) => !isCase(file)),
    ),
    tests: merge(base.tests, given.filter(isCase)),
  };
}

/** @throws AppError `rules.unknown-version`. */
export async function findVersion(store: RulesetStore, digest: string): Promise<StoredRuleset & RulesetTexts> {
  const found = digest.length < 8 ? undefined : await store.find(digest);
  if (found !== undefined) return found;
  throw new AppError(
    'rules.unknown-version',
    `There is no version “${digest}” of the rules: name it by its digest, at least the first eight characters.`,
  );
}

/**
 * Makes one move of a version's life.
 *
 * @throws AppError `rules.move-refused`, `rules.second-person`, `rules.unknown-version`; `rules.invalid` where a version
 * that comes into force can no longer be read.
 */
export async function moveVersion(
  ports: RulesetPorts,
  given: {
    readonly digest: string;
    readonly type: RulesetEventType;
    readonly actor: RulesActor;
    readonly note?: string;
    readonly backtest?: StoredBacktest;
  },
): Promise<StoredRuleset> {
  const { type, actor, note = '', backtest } = given;
  const version = await findVersion(ports.store, given.digest);
  // Years old rules may name what this release does not know: they are refused before they are in force.
  if (type === 'PUBLISH' || type === 'ROLL_BACK' || type === 'BEGIN_SHADOW') ports.parseRules(version.files);
  const decide: WantedMove['decide'] = (moment, inShadow) =>
    type === 'BEGIN_SHADOW' && inShadow !== undefined
      ? {
          kind: 'refused',
          reason: 'NOT_ALLOWED_HERE',
          why: `The version ${inShadow.slice(0, 12)} is in shadow: retire it first.`,
        }
      : moveRuleset(moment, { type, byId: actor.id, isPerson: actor.isPerson }, ports.publicationNeeds());
  const moved = await ports.store.move({
    digest: version.digest,
    type,
    actor,
    note,
    nowMs: ports.clock.nowMs(),
    decide,
    ...(backtest === undefined ? {} : { backtest }),
  });
  if (moved.kind === 'refused')
    throw new AppError(moved.reason === 'SAME_PERSON' ? 'rules.second-person' : 'rules.move-refused', moved.why);
  await ports.follow();
  return findVersion(ports.store, version.digest);
}

/**
 * Brings back, in one step, the version that was in force before the present one, or another that was published once.
 *
 * @throws AppError as `moveVersion`; `rules.move-refused` where nothing was in force before.
 */
export async function rollBack(
  ports: RulesetPorts,
  given: { readonly digest?: string; readonly actor: RulesActor; readonly note?: string },
): Promise<StoredRuleset> {
  const digest = given.digest ?? (await ports.store.previous());
  if (digest === undefined)
    throw new AppError('rules.move-refused', 'No version was in force before the present one: nothing to go back to.');
  return moveVersion(ports, { ...given, digest, type: 'ROLL_BACK' });
}

/** What became of the rules folder at a start. */
export type FolderOutcome =
  | { readonly kind: 'in-force' }
  /** Put into force, because nobody had published, or because the stored version cannot be read by this release. */
  | { readonly kind: 'adopted'; readonly why: string }
  /** Kept as a draft: people publish. */
  | { readonly kind: 'differs'; readonly digest: string; readonly published: string };

const FOLDER: RulesActor = { id: 'rules-folder', name: 'Rules folder', isPerson: false };

/**
 * Compares the rules folder with the published version at a start. The folder leads until a person publishes through
 * the life cycle; from then on what it holds is only a draft. A published version that this release cannot read gives
 * way to the folder, which came with the release.
 */
export async function meetFolder(
  { store, clock, parseRules }: Pick<RulesetPorts, 'store' | 'clock' | 'parseRules'>,
  texts: RulesetTexts,
): Promise<FolderOutcome> {
  const folder = parseRules(texts.files);
  const { published } = await store.inForce();
  if (published === folder.digest) return { kind: 'in-force' };
  const nowMs = clock.nowMs();
  const testReport = runRuleTests(texts.tests, folder);
  const state = testReport.failures.length === 0 ? 'CHECKED' : 'DRAFT';
  await store.submit(
    { ...texts, digest: folder.digest, source: 'FOLDER', author: FOLDER, note: '', testReport, state },
    nowMs,
  );
  const why = published === undefined ? 'the first rules' : await whyFolderLeads(store, published, parseRules);
  if (why === undefined) return { kind: 'differs', digest: folder.digest, published: published! };
  await store.move({
    digest: folder.digest,
    type: 'ADOPT',
    actor: FOLDER,
    note: why,
    nowMs,
    decide: (moment) => ({ kind: 'moved', moment: { ...moment, state: 'PUBLISHED', wasPublished: true } }),
  });
  return { kind: 'adopted', why };
}

async function whyFolderLeads(
  store: RulesetStore,
  published: string,
  parseRules: RulesetPorts['parseRules'],
): Promise<string | undefined> {
  if (!(await store.isLedByPeople())) return 'nobody has published rules yet, so the folder leads';
  try {
    parseRules((await findVersion(store, published)).files);
    return undefined;
  } catch (fault) {
    const first = fault instanceof Error ? fault.message.split('\n')[0] : String(fault);
    return `this release cannot read the published version ${published.slice(0, 12)} (${first})`;
  }
}
