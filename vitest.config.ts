import { defineConfig } from 'vitest/config';

/** Against hangs: how fast a machine is, no test judges, and in CI it is shared with others. */
const TEST_LIMIT_MS = 120_000;
const POLL_LIMIT_MS = 60_000;

/** What a driver's bytes mean, in one file or in several. */
const protocolFiles = ['protocol', 'replies', 'host-stream', 'commands', 'card-data', 'card-text', 'xml'];

export default defineConfig({
  test: {
    // With `--coverage`, as `npm test` runs both projects. What starts only as a process of its own is not seen here and counts as
    // not covered: src/devices/process.ts and simulator-host-process.ts. Nothing is left out to reach a figure.
    coverage: {
      provider: 'v8',
      // A test that fails does not hide what else is wrong.
      reportOnFailure: true,
      include: ['src/devices/**/*.ts', 'src/domain/**/*.ts', `drivers/*/{${protocolFiles.join(',')}}.ts`],
      reporter: [['text', { skipFull: true }], 'json-summary'],
      reportsDirectory: 'reports/coverage',
      thresholds: {
        'src/devices/**/*.ts': { lines: 95, branches: 85 },
        'src/domain/**/*.ts': { lines: 100, branches: 100, functions: 100, statements: 100 },
        [`drivers/*/{${protocolFiles.join(',')}}.ts`]: { lines: 100, branches: 100, functions: 100, statements: 100 },
      },
    },
    // Tests that run side by side within a file wait for devices.
    maxConcurrency: 12,
    // `--project unit` and `--project integration`, as scripts/test.ts runs them.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,drivers,scripts}/**/*.test.{ts,tsx}', 'test/{fixtures,fuzz,platform}/**/*.test.ts'],
          environment: 'node',
          testTimeout: TEST_LIMIT_MS,
          hookTimeout: TEST_LIMIT_MS,
          expect: { poll: { timeout: POLL_LIMIT_MS } },
        },
      },
      {
        test: {
          // Over pseudo-terminals and between whole processes.
          name: 'integration',
          // Not beside the others in one run: processes and terminals get the machine to themselves.
          sequence: { groupOrder: 1 },
          include: ['test/{integration,conformance,chaos}/**/*.test.ts'],
          environment: 'node',
          testTimeout: TEST_LIMIT_MS,
          hookTimeout: TEST_LIMIT_MS,
          expect: { poll: { timeout: POLL_LIMIT_MS } },
        },
      },
    ],
  },
});
