import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Tests that run side by side within a file wait for devices.
    maxConcurrency: 12,
    // `--project unit` and `--project integration`, as scripts/test.ts runs them.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,drivers,scripts}/**/*.test.{ts,tsx}', 'test/{fixtures,fuzz,platform}/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        test: {
          // Over pseudo-terminals and between whole processes.
          name: 'integration',
          include: ['test/{integration,conformance}/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
        },
      },
    ],
  },
});
