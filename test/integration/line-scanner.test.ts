import { afterEach, describe, expect, it } from 'vitest';
import { driver } from '../../drivers/line-scanner/index.ts';
import { terminalBench } from '../fixtures/terminal-bench.ts';
import type { TerminalBench } from '../fixtures/terminal-bench.ts';

const BAUD_RATE = 9_600;

let bench: TerminalBench<'code-reader'> | undefined;
const start = async (): Promise<TerminalBench<'code-reader'>> => {
  bench = await terminalBench(driver, 'crlf', BAUD_RATE);
  return bench;
};
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

describe('a line scanner on a real serial port', () => {
  it.each([
    ['none', 'YS-K001-261122-0001-A'],
    ['split', 'x'.repeat(300)],
    ['noise', '预约码 0001'],
    ['duplicate', 'https://hall.example/a/1'],
  ])('yields a code with fault %s', async (fault, text) => {
    const { act, device, event } = await start();
    const stop = new AbortController();
    expect(await device.probe(stop.signal)).toEqual({ ok: true, value: undefined });
    const watching = device.watch(stop.signal);
    const first = watching.next();
    await act({ fault });
    await act({ show: text });
    expect((await first).value).toEqual({ bytes: new TextEncoder().encode(text) });
    await event('shown');
    stop.abort();
    expect(await watching.next()).toEqual({ done: true, value: undefined });
  });

  it('ends the watch when the scanner is unplugged', async () => {
    const { act, device } = await start();
    const first = device.watch(new AbortController().signal).next();
    await act({ unplug: true });
    expect(await first).toEqual({ done: true, value: undefined });
  });
});
