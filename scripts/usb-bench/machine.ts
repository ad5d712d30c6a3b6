import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

import { runMs } from './limits.ts';
import type { Parts } from './parts.ts';

/** What was said over the machine's serial console, and whether it came to its own end. */
export type Session = { readonly console: string; readonly ended: 'by itself' | 'too late' };

/** Runs the machine to its end, or ends it after a limit. Its console goes to a file and, as far as it is about tests, to `onLine`. */
export async function runMachine(
  parts: Parts,
  root: string,
  logFile: string,
  onLine: (line: string) => void,
): Promise<Session> {
  // Software emulation: the hardware's own may be missing or hang inside another virtual machine.
  const options = '-accel tcg -smp 2 -m 1536 -nographic -no-reboot -nic none';
  const boot = ['-kernel', parts.kernel, '-initrd', root, '-append', 'console=ttyS0 quiet loglevel=1 panic=-1'];
  const child = spawn(parts.qemu, [...options.split(' '), ...boot], { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = createWriteStream(logFile);
  let said = '';
  let line = '';
  const hear = (text: string): void => {
    const clean = text.replaceAll('\r', '');
    log.write(clean);
    said += clean;
    line += clean;
    const lines = line.split('\n');
    line = lines.pop() ?? '';
    for (const whole of lines) onLine(whole);
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  let ended: Session['ended'] = 'by itself';
  const limit = setTimeout(() => {
    ended = 'too late';
    child.kill('SIGKILL');
  }, runMs);
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  clearTimeout(limit);
  log.end();
  return { console: said, ended };
}
