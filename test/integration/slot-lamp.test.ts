import { afterEach, describe, expect, it } from 'vitest';
import { driver } from '../../drivers/slot-lamp/index.ts';
import { terminalBench } from '../fixtures/terminal-bench.ts';
import type { TerminalBench } from '../fixtures/terminal-bench.ts';

const BAUD_RATE = 9_600;

let bench: TerminalBench<'cue-lamps'> | undefined;
const start = async (): Promise<TerminalBench<'cue-lamps'>> => {
  bench = await terminalBench(driver, 'slots-11-15', BAUD_RATE);
  return bench;
};
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});

describe('cue lamps on a real serial port', () => {
  it('are lit and put out', async () => {
    const { device, event } = await start();
    expect(await device.light('a4-printer', 'blink')).toEqual({ ok: true, value: undefined });
    expect(await event('blinking')).toMatchObject({ slot: 'a4-printer' });
    await device.light('a4-printer', 'off');
    expect(await event('dark')).toMatchObject({ slot: 'a4-printer' });
  });

  it.each(['none', 'noise', 'split'])('tell who comes and goes, with fault %s', async (fault) => {
    const { act, device } = await start();
    const stop = new AbortController();
    const watching = device.watch(stop.signal);
    const first = watching.next();
    await act({ fault });
    await act({ presence: 'present' });
    expect((await first).value).toBe('present');
    const second = watching.next();
    await act({ presence: 'gone' });
    expect((await second).value).toBe('gone');
    stop.abort();
    expect(await watching.next()).toEqual({ done: true, value: undefined });
  });

  it('end the watch when the board is unplugged', async () => {
    const { act, device } = await start();
    const first = device.watch(new AbortController().signal).next();
    await act({ unplug: true });
    expect(await first).toEqual({ done: true, value: undefined });
  });
});
