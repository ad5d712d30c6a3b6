import { describe, expect, it } from 'vitest';
import type { RatingLevel } from '../../src/domain/rating.ts';
import { benchOf } from '../../test/fixtures/link-pair.ts';
import type { Bench } from '../../test/fixtures/link-pair.ts';
import { driver } from './index.ts';

const never = new AbortController().signal;

/** Watches until so many presses have come, or until the simulated time is up; `act` runs once the pad is lit. */
async function pressesOf(bench: Bench<'rating-pad'>, wanted: number, act: () => void): Promise<RatingLevel[]> {
  const stop = new AbortController();
  const levels: RatingLevel[] = [];
  const lit = bench.clock.delay(10).then(act);
  void bench.clock.delay(60_000, stop.signal).then(
    () => stop.abort(),
    () => undefined,
  );
  for await (const level of bench.device.watch(stop.signal)) {
    levels.push(level);
    if (levels.length === wanted) stop.abort();
  }
  await lit;
  return levels;
}

describe('a rating pad', () => {
  it('is started, yields the level of a press and acknowledges it', async () => {
    const bench = benchOf(driver, 'four-key-ff68');
    expect(await pressesOf(bench, 1, () => bench.simulator.act({ press: 3 }))).toEqual(['very-satisfied']);
    expect(bench.events).toEqual([{ event: 'start' }, { event: 'acknowledged', press: 3 }]);
  });

  it('yields a press once, however often the pad repeats it before the acknowledgement has left', async () => {
    const bench = benchOf(driver, 'four-key-ff68');
    const press = Buffer.from('FF680303680111021416', 'hex');
    const levels = await pressesOf(bench, 2, () => bench.link.fromDevice(Buffer.concat([press, press, press])));
    expect(levels).toEqual(['satisfied']);
    expect(bench.events.filter((event) => event['event'] === 'acknowledged')).toHaveLength(1);
  });

  it('yields the same key again when it is pressed again', async () => {
    const bench = benchOf(driver, 'five-key-aa55');
    const levels = await pressesOf(bench, 2, () => {
      bench.simulator.act({ press: 0x33 });
      void bench.clock.delay(500).then(() => bench.simulator.act({ press: 0x33 }));
    });
    expect(levels).toEqual(['fairly-satisfied', 'fairly-satisfied']);
  });

  it('finds the press in noise', async () => {
    const bench = benchOf(driver, 'four-key-ff68');
    bench.simulator.act({ fault: 'noise' });
    expect(await pressesOf(bench, 1, () => bench.simulator.act({ press: 0 }))).toEqual(['dissatisfied']);
  });

  it.each([
    ['with a wrong checksum', { fault: 'wrong-checksum' }, 2],
    ['of a silent pad', { fault: 'silent' }, 2],
    ['of a key without a level', { fault: 'none' }, 9],
  ])('neither yields nor acknowledges a press %s', async (_, fault, press) => {
    const bench = benchOf(driver, 'four-key-ff68');
    bench.simulator.act(fault);
    expect(await pressesOf(bench, 1, () => bench.simulator.act({ press }))).toEqual([]);
    expect(bench.events.filter((event) => event['event'] === 'acknowledged')).toEqual([]);
  });

  it('does not thank for a press when nobody watches', async () => {
    const bench = benchOf(driver, 'four-key-ff68');
    bench.simulator.act({ press: 3 });
    await bench.device.probe(never);
    expect(bench.link.written).toEqual([]);
    expect(await pressesOf(bench, 1, () => undefined)).toEqual([]);
  });

  it('stops watching when the line closes or the pad is reset', async () => {
    const closed = benchOf(driver, 'four-key-ff68');
    expect(await pressesOf(closed, 1, () => void closed.link.close())).toEqual([]);
    expect(await closed.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
    const reset = benchOf(driver, 'four-key-ff68');
    expect(await pressesOf(reset, 1, () => void reset.device.reset())).toEqual([]);
    expect(await pressesOf(reset, 1, () => reset.simulator.act({ press: 2 }))).toEqual(['satisfied']);
  });
});

describe('the probe of a pad', () => {
  it('asks a pad that answers, and is not satisfied with silence', async () => {
    const bench = benchOf(driver, 'five-key-aa55');
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
    expect(bench.events).toEqual([{ event: 'stars' }]);
    bench.simulator.act({ fault: 'silent' });
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
  });

  it('takes an open line for a pad that answers nothing', async () => {
    const bench = benchOf(driver, 'four-key-ff68');
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
  });
});
