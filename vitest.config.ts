import { defineConfig } from 'vitest/config';

/** By default one core is left to the main process, which here only waits: on two cores that would be one worker. */
const ALL_CORES = '100%';

/** `units` and `embedded` need nothing but Node; `engines` needs TEST_DATABASE_URL and TEST_REDIS_URL; `e2e` needs Chromium. */
export default defineConfig({
  test: {
    // Nothing is timed here: these only end what hangs, also on a machine that many share.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'units',
          maxWorkers: ALL_CORES,
          include: ['test/{unit,property,architecture}/**/*.test.ts'],
          // Nothing here changes what its modules share, so files of a worker load them once: half of the time was loading.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'embedded',
          maxWorkers: ALL_CORES,
          include: ['test/{contract,integration}/**/*.test.ts'],
          exclude: ['test/**/*.engines.test.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          // Engines that happen to be configured are for the other project.
          env: { TEST_DATABASE_URL: '', TEST_REDIS_URL: '' },
        },
      },
      {
        extends: true,
        test: {
          name: 'engines',
          include: ['test/{contract,integration}/**/*.test.ts'],
          exclude: ['test/integration/{embedded,setup}/**'],
          globalSetup: ['test/support/global-setup.ts'],
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/e2e-setup.ts'],
          fileParallelism: false,
        },
      },
    ],
  },
});
