import { spawnSync } from 'node:child_process';

/** Whether pairs of pseudo terminals can be had here: not on Windows, and elsewhere only with socat. */
export function terminalsExist(): boolean {
  return process.platform !== 'win32' && spawnSync('socat', ['-V'], { stdio: 'ignore' }).status === 0;
}
