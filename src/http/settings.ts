import { z } from 'zod';

const MEBIBYTE = 1_048_576;

/** How the HTTP server behaves; `httpSettings.parse({})` gives the defaults. */
export const httpSettings = z.strictObject({
  /** Greatest body of a batch. 1,000 listings with long texts stay below it, and so does one with a 20 MB picture in base64. */
  batchBodyBytes: z
    .int()
    .min(1_024)
    .default(32 * MEBIBYTE),
  /** Greatest body of every other JSON request. */
  bodyBytes: z.int().min(1_024).default(MEBIBYTE),
  /** Greatest picture that is uploaded. */
  pictureBytes: z
    .int()
    .min(1_024)
    .default(20 * MEBIBYTE),
  /** Calls that one principal, or one address without a valid key, may make in a minute. */
  callsPerMinute: z.int().min(1).default(6_000),
  /** How long an Idempotency-Key is remembered. */
  idempotencyKeyHours: z.number().positive().default(24),
  /** After this time an idempotent request that never ended is taken for one of a process that died. */
  abandonedAfterMs: z.int().min(1_000).default(120_000),
  /** How long a readiness probe may take. */
  readinessTimeoutMs: z.int().min(100).default(5_000),
  /** Whether X-Forwarded-For of a reverse proxy is believed. */
  isBehindProxy: z.boolean().default(false),
  /** Whether /metrics answers without a key. */
  isMetricsPublic: z.boolean().default(false),
  /** `source` of the CloudEvents: names this installation. */
  eventSource: z.string().min(1).default('/assay'),
});
export type HttpSettings = z.infer<typeof httpSettings>;
