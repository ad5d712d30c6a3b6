import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const STRACE = '/usr/bin/strace';

/** Why system calls cannot be tampered with on this machine; undefined when they can. */
export const noStrace = whyNot();

/**
 * The program and arguments that run another one and do something at some of its system calls (`-e inject=` of strace 5.3
 * and later). Calls are counted for each thread and each name by itself; stores are written by the main thread alone.
 */
export function tampering(calls: readonly string[], injection: string): readonly string[] {
  const set = calls.join(',');
  // Faster, but a signal is not delivered at a stop of that kind.
  const quick = injection.startsWith('signal=') ? [] : ['--seccomp-bpf'];
  return [STRACE, '-f', ...quick, '-qq', '-o', '/dev/null', '-e', `trace=${set}`, '-e', `inject=${set}:${injection}`];
}

function whyNot(): string | undefined {
  if (!existsSync(STRACE)) return 'strace is not installed (Debian: apt-get install strace)';
  const [program = '', ...args] = tampering(['fsync'], 'error=EIO:when=1');
  const { status, stderr } = spawnSync(program, [...args, 'true'], { encoding: 'utf8' });
  return status === 0 ? undefined : `strace may not trace here: ${stderr.split('\n')[0]}`;
}
