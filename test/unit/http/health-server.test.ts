import { expect, it } from 'vitest';
import { createHealthServer } from '../../../src/http/health-server.ts';
import { createMetrics } from '../../../src/http/metrics.ts';
import { httpSettings } from '../../../src/http/settings.ts';

it('tells of a worker without a key how it does, and names what is away', async () => {
  const metrics = createMetrics({ isProcessObserved: false });
  const probe = { name: 'queue', check: async (): Promise<void> => undefined };
  const settings = httpSettings.parse({ isMetricsPublic: true });
  const server = createHealthServer({ settings, metrics, readiness: [{ ...probe, check: () => probe.check() }] });

  metrics.telemetry.checkEnded('LISTING', 'ALLOW');
  expect((await server.inject('/metrics')).body).toContain(
    'assay_checks_total{subject_kind="LISTING",outcome="ALLOW"} 1',
  );
  expect((await server.inject('/readyz')).json()).toEqual({ status: 'ready', probes: ['queue'] });

  probe.check = () => Promise.reject(new Error('gone'));
  const answer = await server.inject('/readyz');
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ code: 'queue.unavailable', detail: 'Not ready: queue.' });
  expect((await server.inject('/healthz')).statusCode).toBe(200);
  expect((await server.inject('/v1/stats')).statusCode).toBe(404);
});
