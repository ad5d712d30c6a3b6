import { afterEach, describe, expect, it } from 'vitest';
import { driver } from '../../drivers/table-pad/index.ts';
import { terminalBench } from '../fixtures/terminal-bench.ts';
import type { TerminalBench } from '../fixtures/terminal-bench.ts';

const BAUD_RATE = 9_600;

let bench: TerminalBench<'rating-pad'> | undefined;
const start = async (profile: string): Promise<TerminalBench<'rating-pad'>> => {
  bench = await terminalBench(driver, profile, BAUD_RATE);
  return bench;
};
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

describe('a rating pad on a real serial port', () => {
  it.each([
    ['four-key-ff68', 0, 'dissatisfied'],
    ['four-key-ff68', 3, 'very-satisfied'],
    ['five-key-ff68', 0, 'very-dissatisfied'],
    ['five-key-ff68', 4, 'very-satisfied'],
    ['five-key-aa55', 0x31, 'very-dissatisfied'],
  ])('%s: key %i means %s, and the pad hears that it was taken', async (profile, press, level) => {
    const { act, device, event } = await start(profile);
    const stop = new AbortController();
    expect(await device.probe(stop.signal)).toEqual({ ok: true, value: undefined });
    const watching = device.watch(stop.signal);
    const first = watching.next();
    await event('start');
    await act({ press });
    expect(await first).toEqual({ done: false, value: { key: expect.any(String), level } });
    await event('acknowledged');
    stop.abort();
    expect(await watching.next()).toEqual({ done: true, value: undefined });
  });

  it('finds the press behind noise and one with a wrong checksum', async () => {
    const { act, device, event } = await start('four-key-ff68');
    const watching = device.watch(new AbortController().signal);
    const first = watching.next();
    await event('start');
    await act({ fault: 'wrong-checksum' });
    await act({ press: 0 });
    await event('given-up');
    await act({ fault: 'noise' });
    await act({ press: 2 });
    expect(await first).toEqual({ done: false, value: { key: '02', level: 'satisfied' } });
    await watching.return();
  });

  it('takes no press of another pad on the same line', async () => {
    const { act, device, event } = await start('five-key-ff68');
    const watching = device.watch(new AbortController().signal);
    const first = watching.next();
    await event('start');
    await act({ press: 0, address: 0x82 });
    await act({ press: 4 });
    expect(await first).toEqual({ done: false, value: { key: '04', level: 'very-satisfied' } });
    await watching.return();
  });

  it('ends the watch when the pad is unplugged', async () => {
    const { act, device, event } = await start('four-key-ff68');
    const watching = device.watch(new AbortController().signal);
    const first = watching.next();
    await event('start');
    await act({ unplug: true });
    expect(await first).toEqual({ done: true, value: undefined });
  });
});
