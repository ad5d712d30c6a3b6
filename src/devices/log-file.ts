import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import type { EventLog } from '../contract/log.ts';
import { createEventLog } from '../contract/log.ts';
import { LOG_FILE_BYTES } from './limits.ts';

/** The log of this process: `devices.log`, and one older file of the same size. */
export function openLog(folder: string, strict: boolean): EventLog {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'devices.log');
  const file = destination({ dest: path, sync: true });
  let written = 0;
  file.on('write', (bytes: number) => {
    written += bytes;
    if (written < LOG_FILE_BYTES) return;
    written = 0;
    renameSync(path, join(folder, 'devices.old.log'));
    file.reopen();
  });
  // A full disk must not end the process for want of a log line.
  file.on('error', () => undefined);
  return createEventLog(pino({ base: { pid: process.pid } }, file), { strict });
}
