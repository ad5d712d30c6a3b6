/** A log file is begun anew above this size. */
const LOG_FILE_BYTES = 10_000_000;
/** So much is kept in memory while the disk takes nothing. */
const LOG_BUFFER_BYTES = 1_000_000;

/** A destination of pino, as far as it is used here. */
export interface LogFile {
  on(event: 'write', listener: (bytes: number) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  reopen(): void;
}

/** What a log file is opened with: written at once, since the last line before a crash is the one that matters. */
export const logFileOptions = { mkdir: true, sync: true, maxLength: LOG_BUFFER_BYTES } as const;

/** The name under which the older half of a log is kept. */
export function olderLog(path: string): string {
  return path.replace(/\.log$/, '.old.log');
}

/**
 * Keeps a log to its newest lines: the file and one older of the same size. `setAside` renames the file; it enters, as
 * the file does, because this room also runs where there is no disk.
 *
 * @param size bytes in the file already
 */
export function keepLogSmall(file: LogFile, size: number, setAside: () => void): void {
  let written = size;
  file.on('write', (bytes) => {
    written += bytes;
    if (written < LOG_FILE_BYTES) return;
    written = 0;
    setAside();
    file.reopen();
  });
  // A full disk must not end the process for want of a log line: it is kept and written with a later one.
  file.on('error', () => undefined);
}
