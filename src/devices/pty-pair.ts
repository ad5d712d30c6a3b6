import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { constants, open } from 'node:fs/promises';
import type { Result } from '../domain/result.ts';
import { done, refused } from '../domain/result.ts';
import { SOCAT_START_MS } from './limits.ts';

/** Said on stderr with `-d -d` once both terminals exist and are joined. */
const STARTED = 'starting data transfer loop';

/** Two joined pseudo terminals, made by socat: what is written to one can be read from the other. */
export interface PtyPair {
  readonly hostPath: string;
  readonly devicePath: string;
  /** Takes both terminals away, as when a cable is pulled. */
  close(): Promise<void>;
}

export async function openPtyPair(
  hostPath: string,
  devicePath: string,
): Promise<Result<PtyPair, 'socat-missing' | 'socat-failed'>> {
  const socat = spawn('socat', ['-d', '-d', terminal(hostPath), terminal(devicePath)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const started = await waitForStart(socat);
  if (!started.ok) return started;
  // socat ends when a terminal's last user closes it. Held open here, a program may close it and open it again.
  const held = await open(hostPath, constants.O_RDWR | constants.O_NOCTTY);
  return done({ hostPath, devicePath, close: () => closePair(socat, held) });
}

function terminal(path: string): string {
  return `pty,raw,echo=0,link=${path}`;
}

async function closePair(socat: ChildProcess, held: FileHandle): Promise<void> {
  if (socat.exitCode === null && socat.signalCode === null) {
    const exited = once(socat, 'exit');
    socat.kill();
    await exited;
  }
  await held.close();
}

async function waitForStart(socat: ChildProcess): Promise<Result<undefined, 'socat-missing' | 'socat-failed'>> {
  const outcome = Promise.withResolvers<Result<undefined, 'socat-missing' | 'socat-failed'>>();
  let said = '';
  const late = setTimeout(
    () => outcome.resolve(refused('socat-failed', `not started in time: ${said}`)),
    SOCAT_START_MS,
  );
  socat.stderr?.on('data', (text: Buffer) => {
    said += text.toString();
    if (said.includes(STARTED)) outcome.resolve(done());
  });
  socat.on('error', (error) => outcome.resolve(refused('socat-missing', error.message)));
  socat.on('exit', (code) => outcome.resolve(refused('socat-failed', `ended with ${code}: ${said}`)));
  const result = await outcome.promise;
  clearTimeout(late);
  if (!result.ok) socat.kill();
  return result;
}
