import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEventLog } from '../contract/log.ts';
import { openDeviceRecords, unusedDevice } from './device-records.ts';

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'records-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const lines: unknown[] = [];
  const note = (fields: Readonly<Record<string, unknown>>): void => void lines.push(fields);
  const log = createEventLog({ debug: note, info: note, warn: note, error: note, fatal: note }, { strict: true });
  return { path, file: join(path, 'devices.json'), log, lines };
}

const used = { uses: { total: 3, ok: 2, failed: 1 }, lastUsedAt: '2026-11-22T01:00:00.000Z' };

test('what is kept is there at the next start, also when much is kept at once', async () => {
  const { file, log, lines } = folder();
  const records = openDeviceRecords(file, log);
  expect(records.of('reader')).toEqual(unusedDevice);
  const closed = { ...used, closed: { by: 'staff' as const, reason: 'by-staff' } };
  await Promise.all([records.keep('reader', used), records.keep('pad', used), records.keep('reader', closed)]);
  expect(records.of('reader')).toEqual(closed);
  const next = openDeviceRecords(file, log);
  expect([next.of('reader'), next.of('pad')]).toEqual([closed, used]);
  expect(lines).toEqual([]);
});

test('a file that makes no sense is told to the log, and devices begin anew', async () => {
  const { file, log, lines } = folder();
  writeFileSync(file, '{"reader":{"uses":');
  const records = openDeviceRecords(file, log);
  expect(records.of('reader')).toEqual(unusedDevice);
  expect(lines).toMatchObject([{ event: 'devices.records-failed', what: 'read' }]);
  await records.keep('reader', used);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ reader: used });
});

test('a disk that refuses is told to the log and stops nothing', async () => {
  const { path, file, log, lines } = folder();
  const records = openDeviceRecords(file, log);
  rmSync(path, { recursive: true });
  await records.keep('reader', used);
  expect(records.of('reader')).toEqual(used);
  expect(lines).toMatchObject([{ event: 'devices.records-failed', what: 'write' }]);
});
