import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import { keepLogSmall, logFileOptions, olderLog } from '../contract/log-file.ts';
import { createEventLog, type EventLog } from '../contract/log.ts';

/** The log of this process: `core.log`, and one older file of the same size. */
export function openLog(folder: string): EventLog {
  const path = join(folder, 'core.log');
  const file = destination({ ...logFileOptions, dest: path });
  keepLogSmall(file, statSync(path).size, () => renameSync(path, olderLog(path)));
  return createEventLog(pino({ base: { pid: process.pid } }, file), { strict: false });
}
