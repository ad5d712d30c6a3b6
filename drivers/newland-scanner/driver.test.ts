import { describe, expect, it } from 'vitest';
import { codesOnceLooking, count, looking, textOf } from '../../test/fixtures/code-reader-bench.ts';
import { benchOf } from '../../test/fixtures/link-pair.ts';
import { REPEAT_MS } from './limits.ts';
import { driver } from './index.ts';

const never = new AbortController().signal;

describe.each([
  ['frames', undefined],
  ['text', undefined],
  ['text-cr-aim', 'Q1'],
])('a Newland scanner with profile %s', (profile, symbology) => {
  it('is there when it answers in its framing, also by a refusal', async () => {
    const bench = benchOf(driver, profile);
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
    bench.simulator.act({ fault: 'refuse' });
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
    bench.simulator.act({ fault: 'wrong-checksum' });
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason: 'wrong-device' });
    bench.simulator.act({ fault: 'silent' });
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
  });

  it('is triggered, yields a code, and is released when nobody watches any more', async () => {
    const bench = benchOf(driver, profile);
    const codes = await codesOnceLooking(bench, 1, () => bench.simulator.act({ show: '预约 0001' }));
    expect(codes.map((code) => [textOf(code), code.symbology])).toEqual([['预约 0001', symbology]]);
    await bench.clock.delay(100);
    expect(bench.events.at(-1)).toEqual({ event: 'released' });
    bench.simulator.act({ show: 'two' });
    expect(bench.events.at(-1)).toEqual({ event: 'unseen' });
  });

  it('is triggered again after a code, and after a while without one', async () => {
    const bench = benchOf(driver, profile);
    const codes = await codesOnceLooking(bench, 2, async () => {
      bench.simulator.act({ show: 'one' });
      await looking(bench, 5);
      bench.simulator.act({ show: 'two' });
    });
    expect(codes.map(textOf)).toEqual(['one', 'two']);
  });

  it('yields the same code once while it stays in view, and again when it is shown again', async () => {
    const bench = benchOf(driver, profile);
    bench.simulator.act({ fault: 'stuck' });
    const codes = await codesOnceLooking(bench, 2, async () => {
      bench.simulator.act({ show: 'one' });
      await looking(bench, 12);
      bench.simulator.act({ fault: 'none' });
      await bench.clock.delay(REPEAT_MS + 1_000);
      await looking(bench, count(bench, 'looking') + 1);
      bench.simulator.act({ show: 'one' });
    });
    expect(codes.map(textOf)).toEqual(['one', 'one']);
    expect(count(bench, 'shown')).toBeGreaterThan(10);
  });

  it.each(['noise', 'split', 'duplicate', 'nak', 'refuse'])('yields a code once in spite of: %s', async (fault) => {
    const bench = benchOf(driver, profile);
    bench.simulator.act({ fault });
    const codes = await codesOnceLooking(bench, 2, () => bench.simulator.act({ show: 'code' }));
    expect(codes.map(textOf)).toEqual(['code']);
    expect(bench.conditions).toEqual([]);
  });

  it('that cuts everything off yields nothing, and the next code alone when it is well again', async () => {
    const bench = benchOf(driver, profile);
    const codes = await codesOnceLooking(bench, 1, async () => {
      bench.simulator.act({ fault: 'wrong-length' });
      bench.simulator.act({ show: 'one' });
      await bench.clock.delay(20_000);
      bench.simulator.act({ fault: 'none' });
      await looking(bench, count(bench, 'looking') + 1);
      bench.simulator.act({ show: 'two' });
    });
    expect(codes.map(textOf)).toEqual(['two']);
    expect(bench.conditions).toEqual(['no-answer', undefined]);
  });

  it('that falls silent is reported, and is fine again when it answers', async () => {
    const bench = benchOf(driver, profile);
    bench.simulator.act({ fault: 'silent' });
    const stop = new AbortController();
    const first = bench.device.watch(stop.signal).next();
    await bench.clock.delay(10_000);
    expect(bench.conditions).toEqual(['no-answer']);
    bench.simulator.act({ fault: 'none' });
    await looking(bench, count(bench, 'looking') + 1);
    bench.simulator.act({ show: 'code' });
    expect((await first).done).toBe(false);
    expect(bench.conditions).toEqual(['no-answer', undefined]);
    stop.abort();
  });

  it('ends the watch when the line closes or the scanner is reset', async () => {
    const closed = benchOf(driver, profile);
    expect(await codesOnceLooking(closed, 1, () => void closed.link.close())).toEqual([]);
    expect(await closed.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
    expect(await closed.device.watch(never).next()).toEqual({ done: true, value: undefined });
    const reset = benchOf(driver, profile);
    expect(await codesOnceLooking(reset, 1, () => void reset.device.reset())).toEqual([]);
    expect(await codesOnceLooking(reset, 1, () => reset.simulator.act({ show: 'code' }))).toHaveLength(1);
  });
});

it('knows no profile but its own', () => {
  const bench = benchOf(driver, 'text');
  expect(() => driver.create('other', { ...bench, onCondition: () => undefined, onSupplies: () => undefined })).toThrow(
    'no profile other',
  );
});
