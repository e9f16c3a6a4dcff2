import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { FastifyInstance } from 'fastify';
import type { JobQueues } from '../pipeline/ports.ts';
import type { CheckTelemetry } from '../pipeline/telemetry.ts';

/** Bounds in seconds: a fast read takes a millisecond, a batch of 1,000 some seconds. */
const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Bounds in seconds: a detector takes between a hundredth of a millisecond and a second. */
const DETECTOR_SECONDS = [0.000_1, 0.000_5, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** Bounds in seconds: a check decodes pictures and may wait for their servers. */
const CHECK_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** The metrics of one process in the text format of Prometheus. */
export interface Metrics {
  readonly contentType: string;
  readonly telemetry: CheckTelemetry;
  /** The nightly replay of all credit ended with so many faults. */
  creditReplayed(faults: number): void;
  /** Observes every request of the server by route pattern, so that ids never become labels. */
  observeServer(server: FastifyInstance): void;
  /** Reads the depth of each queue whenever metrics are scraped; the queues of the last call count. */
  observeQueues(queues: Pick<JobQueues, 'counts'>): void;
  render(): Promise<string>;
}

/** Makes a registry of its own, so that several servers in one process (tests) do not share figures. */
export function createMetrics(options: { readonly isProcessObserved: boolean }): Metrics {
  const registry = new Registry();
  if (options.isProcessObserved) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const checks = new Counter({
    name: 'assay_checks_total',
    help: 'Checks that ended, by kind of subject and outcome.',
    labelNames: ['subject_kind', 'outcome'],
    registers,
  });
  const stopped = new Counter({
    name: 'assay_breaker_stopped_total',
    help: 'Automatic measures that the breaker stopped, so that they became cases.',
    labelNames: ['subject_kind'],
    registers,
  });
  const replayFaults = new Gauge({
    name: 'assay_credit_replay_faults',
    help: 'Snapshots and chains that the last nightly replay did not bear out; anything but 0 is an alarm.',
    registers,
  });
  const checkSeconds = new Histogram({
    name: 'assay_check_duration_seconds',
    help: 'Time that one attempt at a check took.',
    labelNames: ['subject_kind'],
    buckets: CHECK_SECONDS,
    registers,
  });
  const detectorSeconds = new Histogram({
    name: 'assay_detector_duration_seconds',
    help: 'Time that a detector took for one subject.',
    labelNames: ['detector'],
    buckets: DETECTOR_SECONDS,
    registers,
  });
  const httpSeconds = new Histogram({
    name: 'assay_http_request_duration_seconds',
    help: 'Time from a request to its answer, by route pattern.',
    labelNames: ['method', 'route', 'status'],
    buckets: HTTP_SECONDS,
    registers,
  });
  const queueGauges = createQueueGauges(registry);
  return {
    contentType: registry.contentType,
    telemetry: {
      detectorRan: (detector, elapsedMs) => detectorSeconds.observe({ detector }, elapsedMs / 1_000),
      checkRan: (subjectKind, durationMs) => checkSeconds.observe({ subject_kind: subjectKind }, durationMs / 1_000),
      measureStopped: (subjectKind) => stopped.inc({ subject_kind: subjectKind }),
      checkEnded: (subjectKind, outcome) => checks.inc({ subject_kind: subjectKind, outcome }),
    },
    creditReplayed: (faults) => replayFaults.set(faults),
    observeServer(server) {
      server.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? 'unknown';
        const labels = { method: request.method, route, status: reply.statusCode };
        httpSeconds.observe(labels, reply.elapsedTime / 1_000);
      });
    },
    observeQueues: (queues) => queueGauges.observe(queues),
    render: () => registry.metrics(),
  };
}

type CountedQueues = Pick<JobQueues, 'counts'>;

/** Gauges that are empty until there are queues to observe. */
function createQueueGauges(registry: Registry): { observe(queues: CountedQueues): void } {
  let observed: CountedQueues | undefined;
  const answers = new Gauge({
    name: 'assay_queue_up',
    help: '1 when the queue engine told its counts at the last scrape.',
    registers: [registry],
  });
  new Gauge({
    name: 'assay_queue_jobs',
    help: 'Jobs by queue and state.',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      this.reset();
      if (observed === undefined) return;
      try {
        for (const [queue, counts] of Object.entries(await observed.counts())) {
          for (const [state, count] of Object.entries(counts)) this.set({ queue, state }, count);
        }
        answers.set(1);
      } catch {
        // A scrape must tell the rest of the figures above all when an engine is down.
        answers.set(0);
      }
    },
  });
  return {
    observe(queues) {
      observed = queues;
    },
  };
}
