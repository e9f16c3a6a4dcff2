import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import { describeIssues } from '../pipeline/parse-item.ts';

const emptyAsAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const portNumber = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().min(0).max(65_535));

const environment = z.object({
  DATABASE_URL: emptyAsAbsent(z.url({ protocol: /^postgres(ql)?$/ }).optional()),
  REDIS_URL: emptyAsAbsent(z.url({ protocol: /^rediss?$/ }).optional()),
  ASSAY_DATA_DIR: emptyAsAbsent(z.string().default('data')),
  /** Folder for files of indexes, so that a start need not read them from the database; off: none are kept. */
  ASSAY_INDEX_DIR: emptyAsAbsent(z.string().optional()),
  ASSAY_RULES_DIR: emptyAsAbsent(z.string().optional()),
  ASSAY_NETWORK_DIR: emptyAsAbsent(z.string().optional()),
  ASSAY_HOST: emptyAsAbsent(z.string().default('127.0.0.1')),
  ASSAY_PORT: emptyAsAbsent(portNumber.default(8_090)),
  ASSAY_HEALTH_PORT: emptyAsAbsent(portNumber.optional()),
  ASSAY_BEHIND_PROXY: emptyAsAbsent(z.stringbool().default(false)),
  ASSAY_PUBLIC_METRICS: emptyAsAbsent(z.stringbool().default(false)),
  ASSAY_LOG_LEVEL: emptyAsAbsent(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).optional()),
  ASSAY_DEMO: emptyAsAbsent(z.stringbool().default(true)),
  ASSAY_DEMO_DIR: emptyAsAbsent(z.string().optional()),
  ASSAY_PICTURE_HOSTS: emptyAsAbsent(z.string().default('')),
  /** An ONNX file: a learned model that finds copies of pictures. And a folder whose node_modules has onnxruntime. */
  ASSAY_EMBEDDING_MODEL: emptyAsAbsent(z.string().optional()),
  ASSAY_ONNX_RUNTIME_DIR: emptyAsAbsent(z.string().optional()),
  /** Signing in with OpenID Connect: all of issuer, client id and client secret, or none. */
  ASSAY_OIDC_ISSUER: emptyAsAbsent(z.url({ protocol: /^https?$/ }).optional()),
  ASSAY_OIDC_CLIENT_ID: emptyAsAbsent(z.string().optional()),
  ASSAY_OIDC_CLIENT_SECRET: emptyAsAbsent(z.string().optional()),
  ASSAY_OIDC_TITLE: emptyAsAbsent(z.string().max(60).default('your organisation')),
  /** Address under which browsers see the console, where it is not the one that they ask for. */
  ASSAY_PUBLIC_URL: emptyAsAbsent(z.url({ protocol: /^https?$/ }).optional()),
  /** 32 bytes or more, base64: identifiers of accounts are keyed with it. Needed with DATABASE_URL. */
  ASSAY_PSEUDONYM_KEY: emptyAsAbsent(z.base64().min(43).optional()),
});

/** How a process of Assay runs. Nothing in it is secret: it may be logged. */
export interface Config {
  readonly databaseUrlGiven: boolean;
  readonly redisUrlGiven: boolean;
  readonly dataDir: string;
  /** Where indexes keep files of themselves; absent: nowhere. */
  readonly indexDir?: string;
  readonly rulesDir?: string;
  readonly networkDir?: string;
  readonly host: string;
  readonly port: number;
  /** Where a process without an API tells how it is doing; absent: nowhere. */
  readonly healthPort?: number;
  /** Absent: what fits the command. */
  readonly logLevel?: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent' | undefined;
  /** Nothing is kept: for commands that need an installation only while they run. */
  readonly isInMemory?: boolean;
  /** Whether X-Forwarded-For of a reverse proxy is believed. */
  readonly isBehindProxy: boolean;
  /** Whether /metrics answers without a key. */
  readonly isMetricsPublic: boolean;
  /** Load the demo marketplace into an empty embedded database. */
  readonly isDemoWanted: boolean;
  /** Folder of the demo marketplace; the project's own when absent. */
  readonly demoDir?: string;
  /** Hosts from which pictures are fetched; empty: every public one. */
  readonly pictureHosts: readonly string[];
  /** A learned model for pictures; none is used where absent. */
  readonly embeddingModel?: { readonly file: string; readonly runtimeFolder?: string };
  /** An OpenID provider where people sign in. */
  readonly oidc?: { readonly issuer: string; readonly clientId: string; readonly title: string };
  /** Address under which browsers see the console, without a slash at the end. */
  readonly publicUrl?: string;
}

/** What must never be logged. */
export interface Secrets {
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  readonly pseudonymKey?: string;
  readonly oidcClientSecret?: string;
}

/**
 * Reads the configuration from environment variables.
 *
 * @throws AppError `config.invalid` that names every variable that is wrong.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): { config: Config; secrets: Secrets } {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const details = describeIssues(parsed.error.issues);
    const list = details.map(({ path, message }) => `  ${path}: ${message}`).join('\n');
    throw new AppError('config.invalid', `These environment variables are wrong:\n${list}`, { details });
  }
  const given = parsed.data;
  const oidc = [given.ASSAY_OIDC_ISSUER, given.ASSAY_OIDC_CLIENT_ID, given.ASSAY_OIDC_CLIENT_SECRET];
  if (oidc.some((one) => one !== undefined) && oidc.includes(undefined))
    throw new AppError(
      'config.invalid',
      'ASSAY_OIDC_ISSUER, ASSAY_OIDC_CLIENT_ID and ASSAY_OIDC_CLIENT_SECRET belong together: set all three or none.',
    );
  const list = (text: string): string[] =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  return {
    config: {
      databaseUrlGiven: given.DATABASE_URL !== undefined,
      redisUrlGiven: given.REDIS_URL !== undefined,
      dataDir: given.ASSAY_DATA_DIR,
      ...(given.ASSAY_INDEX_DIR === 'off'
        ? {}
        : { indexDir: given.ASSAY_INDEX_DIR ?? `${given.ASSAY_DATA_DIR}/indexes` }),
      ...(given.ASSAY_RULES_DIR === undefined ? {} : { rulesDir: given.ASSAY_RULES_DIR }),
      ...(given.ASSAY_NETWORK_DIR === undefined ? {} : { networkDir: given.ASSAY_NETWORK_DIR }),
      host: given.ASSAY_HOST,
      port: given.ASSAY_PORT,
      ...(given.ASSAY_HEALTH_PORT === undefined ? {} : { healthPort: given.ASSAY_HEALTH_PORT }),
      ...(given.ASSAY_LOG_LEVEL === undefined ? {} : { logLevel: given.ASSAY_LOG_LEVEL }),
      isBehindProxy: given.ASSAY_BEHIND_PROXY,
      isMetricsPublic: given.ASSAY_PUBLIC_METRICS,
      isDemoWanted: given.ASSAY_DEMO,
      ...(given.ASSAY_DEMO_DIR === undefined ? {} : { demoDir: given.ASSAY_DEMO_DIR }),
      pictureHosts: list(given.ASSAY_PICTURE_HOSTS),
      ...(given.ASSAY_EMBEDDING_MODEL === undefined
        ? {}
        : {
            embeddingModel: {
              file: given.ASSAY_EMBEDDING_MODEL,
              ...(given.ASSAY_ONNX_RUNTIME_DIR === undefined ? {} : { runtimeFolder: given.ASSAY_ONNX_RUNTIME_DIR }),
            },
          }),
      ...(given.ASSAY_OIDC_ISSUER === undefined || given.ASSAY_OIDC_CLIENT_ID === undefined
        ? {}
        : {
            oidc: {
              issuer: given.ASSAY_OIDC_ISSUER,
              clientId: given.ASSAY_OIDC_CLIENT_ID,
              title: given.ASSAY_OIDC_TITLE,
            },
          }),
      ...(given.ASSAY_PUBLIC_URL === undefined ? {} : { publicUrl: given.ASSAY_PUBLIC_URL.replace(/\/$/, '') }),
    },
    secrets: {
      ...(given.DATABASE_URL === undefined ? {} : { databaseUrl: given.DATABASE_URL }),
      ...(given.REDIS_URL === undefined ? {} : { redisUrl: given.REDIS_URL }),
      ...(given.ASSAY_PSEUDONYM_KEY === undefined ? {} : { pseudonymKey: given.ASSAY_PSEUDONYM_KEY }),
      ...(given.ASSAY_OIDC_CLIENT_SECRET === undefined ? {} : { oidcClientSecret: given.ASSAY_OIDC_CLIENT_SECRET }),
    },
  };
}
