import { describe, expect, it } from 'vitest';
import type { ByteLink } from '../driver.ts';
import { LineTaps } from './line-taps.ts';
import { Recorder, unchanged } from './recorder.ts';

/** A line whose other end says back what it is told. */
function echo(): ByteLink {
  const listeners = new Set<(bytes: Uint8Array) => void>();
  return {
    write: (bytes) => {
      for (const listener of listeners) listener(bytes);
      return Promise.resolve();
    },
    onBytes: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onClose: () => () => undefined,
    setBaudRate: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

describe('a tapped line', () => {
  it('is heard both ways while somebody listens, and not before or after', async () => {
    const taps = new LineTaps();
    const line = taps.on('reader', echo());
    if ('request' in line) throw new Error('a line became a service');
    const heard: string[] = [];
    await line.write(Buffer.of(1));
    const stop = taps.listen('reader', (to, bytes) => heard.push(`${to} ${Buffer.from(bytes).toString('hex')}`));
    await line.write(Buffer.of(2));
    stop();
    await line.write(Buffer.of(3));
    expect(heard).toEqual(['device 02', 'host 02']);
  });

  it('is heard by the newest listener, whose end the one before does not bring', async () => {
    const taps = new LineTaps();
    const line = taps.on('reader', echo());
    if ('request' in line) throw new Error('a line became a service');
    const heard: string[] = [];
    const first = taps.listen('reader', () => heard.push('first'));
    taps.listen('reader', (to) => heard.push(to));
    first();
    await line.write(Buffer.of(1));
    expect(heard).toEqual(['device', 'host']);
  });
});

describe('a recorder', () => {
  it('keeps what passed on the line it listens to, and nothing of the line before', async () => {
    let now = 1_000;
    const recorder = new Recorder(unchanged, () => now);
    await recorder.listen(echo()).write(Buffer.of(1));
    const line = recorder.listen(echo());
    now += 20;
    await line.write(Buffer.of(2, 3));
    await line.setBaudRate(9_600);
    await line.close();
    expect(recorder.traffic()).toEqual([
      { ms: 20, to: 'device', hex: '0203' },
      { ms: 20, to: 'host', hex: '0203' },
    ]);
  });
});
