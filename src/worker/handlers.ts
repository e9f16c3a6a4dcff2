import type { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import type { IntakeKind } from '../domain/subject.ts';
import { acceptSubjects, type AcceptedItem, type IntakePorts } from '../pipeline/accept-subject.ts';
import { checkAccount } from '../pipeline/check-account.ts';
import { checkListing } from '../pipeline/check-listing.ts';
import type { CheckPorts } from '../pipeline/check-ports.ts';
import { checkReview } from '../pipeline/check-review.ts';
import { describeIssues } from '../pipeline/parse-item.ts';
import type { JobContext, JobHandler, QueueName } from '../pipeline/ports.ts';
import { readPictureText, type PictureTextPorts } from '../pipeline/read-picture-text.ts';
import { recordOrderEvent } from '../pipeline/record-order-event.ts';
import { rescanMark, type MarkRescanPorts } from '../pipeline/rescan-mark.ts';
import { rescanHashes, rescanPicture } from '../pipeline/rescan-picture.ts';
import type { CheckTelemetry } from '../pipeline/telemetry.ts';
import {
  checkJob,
  intakeJob,
  markRescanJob,
  nightlyJob,
  pictureRenewalJob,
  pictureRescanJob,
  pictureTextJob,
  ringSweepJob,
} from './job-payloads.ts';

/** What the workers need. */
export interface WorkerPorts {
  /** The ports of the rules in force now: a job asks once and works by them to its end. */
  readonly checks: () => CheckPorts;
  readonly intake: IntakePorts;
  readonly rescan: MarkRescanPorts;
  readonly pictureText: () => PictureTextPorts;
  readonly renewPictures: (afterSha256: string) => Promise<void>;
  /** The periodic work on everything: sweeps, quarantines that end, snapshots. */
  readonly sweep: (reason: string) => Promise<void>;
  /** The daily work: replay of all credit, reminders of identity duties. */
  readonly nightly: (reason: string) => Promise<void>;
  readonly telemetry: CheckTelemetry;
}

type RunCheck = (ports: CheckPorts, checkId: string, job: JobContext) => Promise<void>;

/** The handler of each queue. Every one may be called twice with the same job and changes nothing the second time. */
export function createHandlers(ports: WorkerPorts): Partial<Record<QueueName, JobHandler>> {
  const check = (kind: IntakeKind, run: RunCheck): JobHandler => checkHandler(ports, kind, run);
  return {
    intake: async (data) => {
      const { kind, items } = parsePayload(intakeJob, data);
      refuseRejected(await acceptSubjects(ports.intake, kind, items));
    },
    'listing-check': check('LISTING', checkListing),
    'review-check': check('REVIEW', checkReview),
    'account-check': check('ACCOUNT', checkAccount),
    'order-event': check('ORDER', recordOrderEvent),
    'mark-rescan': (data) => rescanMark(ports.rescan, parsePayload(markRescanJob, data).markId),
    'picture-rescan': async (data) => {
      const payload = parsePayload(pictureRescanJob, data);
      const { knowledge } = ports.checks();
      if ('bankPictureId' in payload) await rescanPicture({ ...ports.rescan, knowledge }, payload.bankPictureId);
      else await rescanHashes({ ...ports.rescan, knowledge }, payload.bankHashIds);
    },
    'picture-text': async (data) => {
      const { listingId: id, version, ...wanted } = parsePayload(pictureTextJob, data);
      await readPictureText(ports.pictureText(), { id, version }, wanted);
    },
    'picture-renewal': (data) => ports.renewPictures(parsePayload(pictureRenewalJob, data).afterSha256),
    nightly: (data) => ports.nightly(parsePayload(nightlyJob, data).reason),
    'ring-sweep': (data) => ports.sweep(parsePayload(ringSweepJob, data).reason),
  };
}

function parsePayload<Schema extends z.ZodType>(schema: Schema, data: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const details = describeIssues(parsed.error.issues);
  const list = details.map(({ path, message }) => `${path === '' ? 'payload' : path}: ${message}`).join('; ');
  throw new AppError('job.invalid', `The payload of the job does not fit its schema: ${list}.`, { details });
}

/** A job of a check queue names a stored check, or brings an item that is taken in first and checked by its own job. */
function checkHandler({ checks, intake, telemetry }: WorkerPorts, kind: IntakeKind, run: RunCheck): JobHandler {
  return async (data, job) => {
    const payload = parsePayload(checkJob, data);
    if ('item' in payload) return refuseRejected(await acceptSubjects(intake, kind, [payload.item]));
    const ports = checks();
    const startMs = ports.monotonicMs();
    try {
      await run(ports, payload.checkId, job);
    } catch (fault) {
      const isFinal = job.isLastAttempt || (fault instanceof AppError && !fault.isRetryable);
      if (isFinal) {
        await ports.checks.fail(payload.checkId, describeFault(fault), ports.clock.nowMs());
        telemetry.checkEnded(kind, 'FAILED');
      }
      throw fault;
    } finally {
      telemetry.checkRan(kind, ports.monotonicMs() - startMs);
    }
  };
}

function describeFault(fault: unknown): { code: AppError['code']; detail: string } {
  if (fault instanceof AppError) return { code: fault.code, detail: fault.message };
  return { code: 'internal.unexpected', detail: fault instanceof Error ? fault.message : String(fault) };
}

/** What was wrong with items that came by queue is told as a dead letter; the others have been taken. */
function refuseRejected(items: readonly AcceptedItem[]): void {
  const rejected = items.filter((item) => item.status === 'rejected');
  const [first] = rejected;
  if (first === undefined) return;
  const list = rejected
    .slice(0, 20)
    .map(({ index, id, details }) => {
      const reasons = details.map(({ path, message }) => `${path}: ${message}`).join(', ');
      return `item ${index}${id === undefined ? '' : ` (${id})`}: ${reasons}`;
    })
    .join('; ');
  throw new AppError(first.code, `${rejected.length} of ${items.length} items were refused: ${list}.`);
}
