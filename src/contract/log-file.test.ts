import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { destination } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepLogSmall, logFileOptions, olderLog } from './log-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-log-'));
  path = join(folder, 'logs', 'room.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

function open() {
  const file = destination({ ...logFileOptions, dest: path });
  keepLogSmall(file, statSync(path).size, () => renameSync(path, olderLog(path)));
  return file;
}

const line = (mark: string) => `${mark.repeat(999_999)}\n`;

it('begins anew when the file is full and keeps one older file', () => {
  const file = open();
  for (const mark of 'abcdefghijk') file.write(line(mark));
  file.end();
  expect(readdirSync(join(folder, 'logs'))).toEqual(['room.log', 'room.old.log']);
  expect(readFileSync(path, 'utf8')).toBe(line('k'));
  expect(readFileSync(olderLog(path), 'utf8')).toMatch(/^a[^]*j\n$/);
});

it('counts what earlier runs wrote', () => {
  for (const marks of ['abcde', 'fghij', 'k']) {
    const file = open();
    for (const mark of marks) file.write(line(mark));
    file.end();
  }
  expect(readFileSync(path, 'utf8')).toBe(line('k'));
});
