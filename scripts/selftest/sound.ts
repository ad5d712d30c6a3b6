import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';

const RATE = 16_000;
const TONE_HZ = 660;
const SECONDS = 1.5;

/** A sine as a WAV file (RIFF, PCM, 16 bits, mono). */
function tone(): Buffer {
  const samples = Buffer.alloc(2 * Math.round(RATE * SECONDS));
  for (let at = 0; at < samples.length; at += 2) {
    samples.writeInt16LE(Math.round(12_000 * Math.sin((Math.PI * TONE_HZ * at) / RATE)), at);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(2 * RATE, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** Plays a sound by ALSA's own player and asks whether it was heard. */
export async function askHeard(say: (line: string) => void): Promise<boolean> {
  const player = spawn('aplay', ['-q', '-'], { stdio: ['pipe', 'ignore', 'ignore'] });
  player.stdin.on('error', () => say('speaker    The sound could not be played.'));
  player.stdin.end(tone());
  await Promise.race([once(player, 'exit'), once(player, 'error')]).catch(() =>
    say('speaker    There is no aplay here.'),
  );
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^\s*y/i.test(await terminal.question('> '));
  } finally {
    terminal.close();
  }
}
