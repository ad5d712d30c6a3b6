import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SelfTestReport } from '../../src/contract/self-test.ts';
import { readinessHtml, readinessText } from '../../src/core/readiness/report.ts';
import { BenchProblem } from '../devices/bench.ts';

const root = join(import.meta.dirname, '../..');

/** Writes `readiness.txt`, `readiness.html` and `readiness.pdf`. */
export async function writeReadiness(
  { kioskId: kiosk, endedAt, machine, devices: results }: SelfTestReport,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const facts = { kiosk, at: new Date(endedAt), machine, results };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'readiness.txt'), readinessText(facts, 'zh-CN'));
  writeFileSync(join(folder, 'readiness.html'), readinessHtml(facts, 'zh-CN'));
  // Chromium runs as another user where this one is root: it gets a folder that it may write to.
  mkdirSync(join(root, 'reports'), { recursive: true });
  const shared = mkdtempSync(join(root, 'reports', 'readiness-'));
  try {
    writeFileSync(join(shared, 'readiness.html'), readinessHtml(facts, 'zh-CN'));
    const script = join(root, 'scripts/readiness-pdf.ts');
    const { status } = spawnSync(process.execPath, [script, shared], { stdio: 'inherit' });
    if (status !== 0) throw new BenchProblem('The report could not be made into a PDF; text and page are there.');
    copyFileSync(join(shared, 'readiness.pdf'), join(folder, 'readiness.pdf'));
  } finally {
    rmSync(shared, { recursive: true });
  }
  for (const name of ['readiness.txt', 'readiness.html', 'readiness.pdf']) say(`written: ${join(folder, name)}`);
}
