import { z } from 'zod';

const hours = z.number().positive();

/** Queues, routing, due times and what makes a case urgent; described in `rules/queues.yaml`. */
export const queueSettings = z
  .strictObject({
    slaHours: z.strictObject({ S0: hours, S1: hours, S2: hours, S3: hours, S4: hours }),
    /** Factor on the due time where a trusted flagger reported it, 0–1. */
    trustedFlaggerFactor01: z.number().min(0.01).max(1),
    appealHours: hours,
    queues: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z][a-z0-9-]*$/),
          title: z.string().min(3),
          /** A condition in Common Expression Language; the first queue whose condition holds gets the case. */
          when: z.string().min(1).max(2_000),
        }),
      )
      .min(1),
    /** What somebody must be able to judge for a case; every line whose condition holds is asked for. */
    skills: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z][a-z0-9-]*$/),
          title: z.string().min(3),
          when: z.string().min(1).max(2_000),
        }),
      )
      .max(50)
      .default([]),
    priority: z.strictObject({
      severity: z.strictObject({
        S0: z.number().min(0),
        S1: z.number().min(0),
        S2: z.number().min(0),
        S3: z.number().min(0),
        S4: z.number().min(0),
      }),
      /** Views or sales at which the exposure counts double. */
      exposureDoublesAt: z.number().positive(),
      exposureMaxFactor: z.number().min(1),
      /** Days of sales that are counted as exposure. Versions of older releases do not say it. */
      exposureDays: z.int().min(1).max(365).default(30),
      /** Factor of a case with a confidence of 0; that of a certain one is 1. Versions of older releases do not say it. */
      doubtFactor01: z.number().min(0).max(1).default(0.5),
      /** Factor for a case that is due now, against one that has all its time left. */
      dueFactor: z.number().min(1),
      overdueFactor: z.number().min(1),
    }),
  })
  .refine(({ queues }) => queues.at(-1)?.when === 'true', {
    error: 'must end with a queue whose condition is `true`, so that every case has a queue',
    path: ['queues'],
  })
  .refine(({ queues }) => new Set(queues.map(({ name }) => name)).size === queues.length, {
    error: 'two queues have the same name',
    path: ['queues'],
  })
  .refine(({ skills }) => new Set(skills.map(({ name }) => name)).size === skills.length, {
    error: 'two skills have the same name',
    path: ['skills'],
  });
export type QueueSettings = z.infer<typeof queueSettings>;
