import { describe, expect, it } from 'vitest';
import { codesWhileWatched } from '../../test/fixtures/code-reader-bench.ts';
import { benchOf } from '../../test/fixtures/link-pair.ts';
import { REPEAT_MS } from './limits.ts';
import { driver } from './index.ts';

const never = new AbortController().signal;

describe.each([
  ['access-is', 'Q1'],
  ['idtech', undefined],
  ['newland-fm30', undefined],
])('a HID scanner with profile %s', (profile, symbology) => {
  it('yields a code, also one of several reports', async () => {
    const bench = benchOf(driver, profile);
    const long = '预约'.repeat(40);
    const codes = await codesWhileWatched(bench, 2, async () => {
      bench.simulator.act({ show: '预约 0001' });
      await bench.clock.delay(100);
      bench.simulator.act({ show: long });
    });
    expect(codes).toEqual([
      ['预约 0001', symbology],
      [long, symbology],
    ]);
  });

  it('yields the same code once while it stays in view, and again when it is shown again', async () => {
    const bench = benchOf(driver, profile);
    bench.simulator.act({ fault: 'stuck' });
    const codes = await codesWhileWatched(bench, 3, async () => {
      bench.simulator.act({ show: 'one' });
      await bench.clock.delay(REPEAT_MS * 3);
      bench.simulator.act({ fault: 'none' });
      await bench.clock.delay(REPEAT_MS + 1_000);
      bench.simulator.act({ show: 'one' });
      await bench.clock.delay(100);
      bench.simulator.act({ show: 'two', symbology: 'Q1' });
    });
    expect(codes.map(([text]) => text)).toEqual(['one', 'one', 'two']);
  });

  it.each(['noise', 'duplicate'])('yields a code once in spite of: %s', async (fault) => {
    const bench = benchOf(driver, profile);
    bench.simulator.act({ fault });
    expect(await codesWhileWatched(bench, 2, () => bench.simulator.act({ show: 'code' }))).toEqual([
      ['code', symbology],
    ]);
  });

  it.each(['silent', 'wrong-length', 'cut', 'split'])('yields nothing when it fails by: %s', async (fault) => {
    const bench = benchOf(driver, profile);
    bench.simulator.act({ fault });
    expect(await codesWhileWatched(bench, 1, () => bench.simulator.act({ show: 'x'.repeat(100) }))).toEqual([]);
  });

  it('that lost the end of a code does not add it to the next one', async () => {
    const bench = benchOf(driver, profile);
    const codes = await codesWhileWatched(bench, 1, async () => {
      bench.simulator.act({ fault: 'cut' });
      bench.simulator.act({ show: 'x'.repeat(100) });
      await bench.clock.delay(10_000);
      bench.simulator.act({ fault: 'none' });
      bench.simulator.act({ show: 'two' });
    });
    expect(codes).toEqual([['two', symbology]]);
  });

  it('ends the watch when the line closes or the scanner is reset', async () => {
    const bench = benchOf(driver, profile);
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
    expect(await codesWhileWatched(bench, 1, () => void bench.device.reset())).toEqual([]);
    expect(await codesWhileWatched(bench, 1, () => void bench.link.close())).toEqual([]);
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
    expect(await bench.device.watch(never).next()).toEqual({ done: true, value: undefined });
  });
});

describe('a HID scanner that must be triggered', () => {
  it('is triggered again after a while without a code, and released when nobody watches any more', async () => {
    const bench = benchOf(driver, 'newland-fm30');
    await codesWhileWatched(bench, 1, async () => {
      await bench.clock.delay(20_000);
      bench.simulator.act({ show: 'code' });
    });
    await bench.clock.delay(10);
    const events = bench.events.map(({ event }) => event);
    expect(events.slice(0, 7)).toEqual([...Array<string>(6).fill('looking'), 'shown']);
    expect(events.at(-1)).toBe('released');
    bench.simulator.act({ show: 'late' });
    expect(bench.events.at(-1)).toEqual({ event: 'unseen' });
  });

  it('that does not answer is not there', async () => {
    const bench = benchOf(driver, 'newland-fm30');
    bench.simulator.act({ fault: 'silent' });
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
  });

  it('obeys nothing but its commands', async () => {
    const bench = benchOf(driver, 'newland-fm30');
    await bench.link.write(Uint8Array.of(4, 1, 0xff));
    await bench.link.write(Uint8Array.of(9, 1, 0xff));
    await bench.clock.delay(10);
    expect(bench.events).toEqual([]);
  });
});
