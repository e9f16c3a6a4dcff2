import type { BacktestReport } from '../policy/backtest.ts';
import type { RuleFile } from '../policy/rule-file.ts';
import type { RuleTestReport } from '../policy/rule-tests.ts';
import type { RulesetEventType, RulesetMoment, RulesetMove, RulesetState } from '../policy/ruleset-life.ts';

/** A report of a backtest with the period whose checks were read, and how long that took. */
export interface StoredBacktest extends BacktestReport {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly durationMs: number;
  readonly ranAtMs: number;
  /** Present where the draft has other settings of detectors. */
  readonly reanalysis?: Reanalysis;
}

/** What was looked at again, by either version, because the draft's detectors have other settings. */
export interface Reanalysis {
  /** The files that differ. */
  readonly files: readonly string[];
  readonly detectors: readonly string[];
  /** Checks of the period whose subjects these detectors look at. */
  readonly concerned: number;
  /** Of them, the newest that were looked at again; the others are judged by what was found then. */
  readonly lookedAt: number;
  /** Of those looked at, for how many the draft's detectors say something else. */
  readonly changed: number;
}

/** How far a backtest is that runs beside the requests. */
export interface BacktestProgress {
  readonly startedAtMs: number;
  readonly updatedAtMs: number;
  /** Checks that were looked at again, of how many at most; 0 while the draft's indexes are built. */
  readonly done: number;
  readonly total: number;
  /** Why it was broken off. */
  readonly fault?: string;
}

/** A version of the rules without its files. */
export interface StoredRuleset {
  readonly digest: string;
  readonly state: RulesetState;
  /** FOLDER: read from the rules folder at a start; PERSON: handed in through API or command line. */
  readonly source: 'FOLDER' | 'PERSON';
  readonly authorId: string;
  readonly authorName: string;
  readonly note: string;
  readonly wasPublished: boolean;
  readonly createdAtMs: number;
  readonly shadowSinceMs?: number;
  readonly publishedAtMs?: number;
  readonly testReport?: RuleTestReport;
  readonly backtest?: StoredBacktest;
}

/** The texts of a version: its files, and the cases beside them, which are no part of the digest. */
export interface RulesetTexts {
  readonly files: readonly RuleFile[];
  readonly tests: readonly RuleFile[];
}

/** A move in the life of a version. ADOPT puts the rules folder into force, where nobody publishes otherwise. */
export interface RecordedMove {
  readonly digest: string;
  readonly type: RulesetEventType | 'SUBMIT' | 'ADOPT';
  readonly from: RulesetState;
  readonly to: RulesetState;
  readonly byId: string;
  readonly byName: string;
  readonly note: string;
  readonly atMs: number;
}

/** Who makes a move. */
export interface RulesActor {
  readonly id: string;
  readonly name: string;
  /** Somebody who signed in as themselves, not a key. */
  readonly isPerson: boolean;
}

export interface NewRuleset extends RulesetTexts {
  readonly digest: string;
  readonly source: StoredRuleset['source'];
  readonly author: RulesActor;
  readonly note: string;
  readonly testReport: RuleTestReport;
  readonly state: 'DRAFT' | 'CHECKED';
}

export type RulesetMoved = Exclude<RulesetMove, { kind: 'moved' }> | { readonly kind: 'moved' | 'missing' };

/** One move, decided under the lock of all moves from what is stored then. */
export interface WantedMove {
  readonly digest: string;
  readonly type: RulesetEventType | 'ADOPT';
  readonly actor: RulesActor;
  readonly note: string;
  readonly nowMs: number;
  /** Absent for ADOPT, which leads to PUBLISHED from any state. */
  readonly decide: (moment: RulesetMoment, inShadow: string | undefined) => RulesetMove;
  readonly backtest?: StoredBacktest;
}

/** Live decisions that the version in shadow would have made otherwise. */
export interface ShadowSummary {
  readonly compared: number;
  readonly differed: number;
  readonly moves: readonly { readonly from: string; readonly to: string; readonly count: number }[];
  readonly examples: readonly {
    readonly checkId: string;
    readonly subjectKind: string;
    readonly subjectId: string;
    readonly sellerId?: string;
    readonly from: string;
    readonly to: string;
    readonly why: string;
    readonly atMs: number;
  }[];
}

export interface RulesetStore {
  /** Newest first. */
  list(): Promise<readonly StoredRuleset[]>;
  /** By digest, or by a beginning of at least eight characters that only one version has. */
  find(digest: string): Promise<(StoredRuleset & RulesetTexts) | undefined>;
  inForce(): Promise<{ readonly published?: string; readonly shadow?: string }>;
  /** The version that was in force before the present one. */
  previous(): Promise<string | undefined>;
  /** Stores a new version; `known` when there is one of the digest, whose cases and note are replaced while a draft. */
  submit(version: NewRuleset, nowMs: number): Promise<'stored' | 'known'>;
  /** Makes a move and records it, with its events; publishing retires what was in force, in the same transaction. */
  move(wanted: WantedMove): Promise<RulesetMoved>;
  moves(digest: string): Promise<readonly RecordedMove[]>;
  /** The backtest of a version that runs, or was broken off; undefined where there is none. */
  backtestProgress(digest: string): Promise<BacktestProgress | undefined>;
  /** Absent progress: the backtest is over. */
  noteBacktest(digest: string, progress?: BacktestProgress): Promise<void>;
  /** Whether a person has ever published or rolled back: from then on the rules folder does not lead any more. */
  isLedByPeople(): Promise<boolean>;
  shadowSummary(digest: string, examples: number): Promise<ShadowSummary>;
}
