// `npm run test:usb`: the device process against real USB devices, which the gadget driver of a Debian kernel makes up
// inside a virtual machine. Says "skipped" and why where that machine cannot be had.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { build } from './setup/build.ts';
import type { ReportedTest } from './testing/reports.ts';
import { writeReport } from './testing/reports.ts';
import { runMachine } from './usb-bench/machine.ts';
import type { Parts } from './usb-bench/parts.ts';
import { findParts, PartMissing } from './usb-bench/parts.ts';
import { rootFiles } from './usb-bench/root-files.ts';
import { endedWell, readTap } from './usb-bench/tap.ts';

const root = join(import.meta.dirname, '..');
const report = join(root, 'reports', 'usb.json');
const say = (line: string): void => console.log(`usb bench: ${line}`);

mkdirSync(join(root, 'reports'), { recursive: true });
const parts = await partsOrReason();
if (typeof parts === 'string') {
  writeReport(report, [{ title: `USB bench: ${parts}`, outcome: 'skipped' }]);
  console.log(`skipped: ${parts}`);
} else {
  process.exitCode = (await run(parts)) ? 0 : 1;
}

async function partsOrReason(): Promise<Parts | string> {
  try {
    return await findParts(say);
  } catch (error) {
    if (error instanceof PartMissing) return error.message;
    throw error;
  }
}

async function run(found: Parts): Promise<boolean> {
  if (!build(root, say)) return false;
  const work = mkdtempSync(join(tmpdir(), 'usb-bench-'));
  try {
    const rootFile = join(work, 'root.cpio');
    writeFileSync(rootFile, await rootFiles(root, work, found));
    say('starting the virtual machine');
    const session = await runMachine(found, rootFile, join(root, 'reports', 'usb.tap'), tell);
    const tests: ReportedTest[] = readTap(session.console);
    if (session.ended === 'too late') tests.push({ title: 'the virtual machine ends in time', outcome: 'failed' });
    writeReport(report, tests);
    const count = (outcome: ReportedTest['outcome']): number => tests.filter((test) => test.outcome === outcome).length;
    console.log(`${count('passed')} passed, ${count('failed')} failed`);
    if (session.ended === 'by itself' && endedWell(session.console)) return true;
    say('the whole console is in reports/usb.tap');
    return false;
  } finally {
    rmSync(work, { recursive: true });
  }
}

function tell(line: string): void {
  if (/^(?:ok|not ok|usb-bench:| {2,})/.test(line)) console.log(line);
}
