import type { ChildProcessByStdio } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Result } from '../domain/result.ts';
import { done, refused } from '../domain/result.ts';
import { SOCAT_START_MS } from './limits.ts';

/** Two joined pseudo terminals, made by socat: what is written to one can be read from the other. */
export interface PtyPair {
  /** Takes both terminals away, as when a cable is pulled. */
  close(): Promise<void>;
}

/** The shell between ends socat as soon as its input ends, so that no terminal outlives this process, however that ends. */
const SCRIPT = 'socat -d -d "$1" "$2" & pair=$!; read -r _; kill "$pair"; wait "$pair"';
/** Said on stderr with `-d -d` once both terminals exist and are joined. */
const STARTED = 'starting data transfer loop';

type Shell = ChildProcessByStdio<Writable, null, Readable>;
type StartFailure = 'socat-missing' | 'socat-failed';

export async function openPtyPair(one: string, other: string): Promise<Result<PtyPair, StartFailure>> {
  const shell = spawn('sh', ['-c', SCRIPT, 'sh', terminal(one), terminal(other)], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const started = await waitForStart(shell);
  if (started.ok) return done({ close: () => end(shell) });
  await end(shell);
  return started;
}

function terminal(path: string): string {
  return `pty,raw,echo=0,link=${path}`;
}

async function end(shell: Shell): Promise<void> {
  if (shell.exitCode !== null || shell.signalCode !== null) return;
  const exited = once(shell, 'exit');
  shell.stdin.end();
  await exited;
}

async function waitForStart(shell: Shell): Promise<Result<undefined, StartFailure>> {
  const outcome = Promise.withResolvers<Result<undefined, StartFailure>>();
  let said = '';
  const late = setTimeout(
    () => outcome.resolve(refused('socat-failed', `not started in time: ${said}`)),
    SOCAT_START_MS,
  );
  shell.stderr.on('data', (text: Buffer) => {
    said += text.toString();
    if (said.includes(STARTED)) outcome.resolve(done());
    else if (said.includes('not found')) outcome.resolve(refused('socat-missing', said));
  });
  shell.on('error', (error) => outcome.resolve(refused('socat-failed', error.message)));
  const result = await outcome.promise;
  clearTimeout(late);
  return result;
}
