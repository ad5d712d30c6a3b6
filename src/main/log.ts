import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { createEventLog } from '../contract/log.ts';
import type { EventLog } from '../contract/log.ts';

/** The shell's own log file. Written at once, since the last line before a crash is the one that matters. */
export function openShellLog(logDir: string, strict: boolean): EventLog {
  // Once, before anything else runs: there is no page yet to be held up.
  mkdirSync(logDir, { recursive: true });
  return createEventLog(pino({ name: 'shell' }, pino.destination({ dest: join(logDir, 'shell.log'), sync: true })), {
    strict,
  });
}
