import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'reports/e2e',
  snapshotPathTemplate: 'test/e2e/snapshots/{testFileName}/{arg}{ext}',
  // One kiosk at a time: each test starts an application of its own and the machine is small.
  workers: 1,
  timeout: 90_000,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list'], ['json', { outputFile: 'reports/e2e.json' }]],
});
