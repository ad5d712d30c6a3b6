import { afterEach, describe, expect, it } from 'vitest';
import { driver } from '../../drivers/newland-scanner/index.ts';
import { terminalBench } from '../fixtures/terminal-bench.ts';
import type { TerminalBench } from '../fixtures/terminal-bench.ts';

const BAUD_RATE = 9_600;

let bench: TerminalBench<'code-reader'> | undefined;
const start = async (profile: string): Promise<TerminalBench<'code-reader'>> => {
  bench = await terminalBench(driver, profile, BAUD_RATE);
  return bench;
};
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

describe('a Newland scanner on a real serial port', () => {
  it.each([
    ['frames', 'none', 'YS-K001-261122-0001-A'],
    ['frames', 'split', 'x'.repeat(300)],
    ['frames', 'nak', '预约码 0001'],
    ['text', 'noise', 'YS-K001-261122-0001-A'],
    ['text', 'refuse', '预约码 0001'],
  ])('%s: yields a code with fault %s, and is released afterwards', async (profile, fault, text) => {
    const { act, device, event } = await start(profile);
    const stop = new AbortController();
    expect(await device.probe(stop.signal)).toEqual({ ok: true, value: undefined });
    await act({ fault });
    const watching = device.watch(stop.signal);
    const first = watching.next();
    await event('looking');
    await act({ show: text });
    expect((await first).value).toEqual({ bytes: new TextEncoder().encode(text) });
    stop.abort();
    expect(await watching.next()).toEqual({ done: true, value: undefined });
    await event('released');
  });

  it('ends the watch when the scanner is unplugged', async () => {
    const { act, device, event } = await start('text');
    const first = device.watch(new AbortController().signal).next();
    await event('looking');
    await act({ unplug: true });
    expect(await first).toEqual({ done: true, value: undefined });
  });
});
