// First, since it has to run before the first schema is made.
import '../contract/lean-start.ts';
import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import { keepLogSmall, logFileOptions, olderLog } from '../contract/log-file.ts';
import { createEventLog } from '../contract/log.ts';
import type { EventLog } from '../contract/log.ts';

/** The shell's own log: `shell.log`, and one older file of the same size. */
export function openShellLog(folder: string, strict: boolean): EventLog {
  const path = join(folder, 'shell.log');
  // Once, before anything else runs: there is no page yet to be held up.
  const file = destination({ ...logFileOptions, dest: path });
  keepLogSmall(file, statSync(path).size, () => renameSync(path, olderLog(path)));
  return createEventLog(pino({ base: { pid: process.pid } }, file), { strict });
}
