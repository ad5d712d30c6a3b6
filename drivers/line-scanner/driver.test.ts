import { describe, expect, it } from 'vitest';
import { codesWhileWatched } from '../../test/fixtures/code-reader-bench.ts';
import { benchOf } from '../../test/fixtures/link-pair.ts';
import { CODE_IDLE_MS, REPEAT_MS } from './limits.ts';
import { driver } from './index.ts';

const never = new AbortController().signal;

describe('a line scanner', () => {
  it.each([
    ['crlf', undefined],
    ['cr', undefined],
    ['crlf-aim', 'Q1'],
  ])('with profile %s yields a code', async (profile, symbology) => {
    const bench = benchOf(driver, profile);
    expect(await codesWhileWatched(bench, 1, () => bench.simulator.act({ show: '预约 0001' }))).toEqual([
      ['预约 0001', symbology],
    ]);
  });

  it('yields the same code once while it stays in view, and again when it is shown again', async () => {
    const bench = benchOf(driver, 'crlf-aim');
    bench.simulator.act({ fault: 'stuck' });
    const codes = await codesWhileWatched(bench, 3, async () => {
      bench.simulator.act({ show: 'one', symbology: 'C0' });
      await bench.clock.delay(REPEAT_MS * 3);
      bench.simulator.act({ fault: 'none' });
      await bench.clock.delay(REPEAT_MS + 1_000);
      bench.simulator.act({ show: 'one' });
      bench.simulator.act({ show: 'two' });
    });
    expect(codes).toEqual([
      ['one', 'C0'],
      ['one', 'Q1'],
      ['two', 'Q1'],
    ]);
  });

  it.each(['split', 'duplicate', 'noise'])('yields a code once in spite of: %s', async (fault) => {
    const bench = benchOf(driver, 'crlf');
    bench.simulator.act({ fault });
    expect(await codesWhileWatched(bench, 2, () => bench.simulator.act({ show: 'code' }))).toEqual([
      ['code', undefined],
    ]);
  });

  it.each(['silent', 'wrong-length', 'too-long'])('yields nothing when it fails by: %s', async (fault) => {
    const bench = benchOf(driver, 'crlf');
    bench.simulator.act({ fault });
    expect(await codesWhileWatched(bench, 1, () => bench.simulator.act({ show: 'code' }))).toEqual([]);
  });

  it('that lost an end does not add that code to the next one', async () => {
    const bench = benchOf(driver, 'crlf');
    const codes = await codesWhileWatched(bench, 1, async () => {
      bench.simulator.act({ fault: 'wrong-length' });
      bench.simulator.act({ show: 'one' });
      await bench.clock.delay(CODE_IDLE_MS + 1);
      bench.simulator.act({ fault: 'none' });
      bench.simulator.act({ show: 'two' });
    });
    expect(codes).toEqual([['two', undefined]]);
  });

  it('yields nothing that was shown while nobody watched', async () => {
    const bench = benchOf(driver, 'crlf');
    bench.simulator.act({ show: 'early' });
    await bench.clock.delay(10);
    expect(await codesWhileWatched(bench, 1, () => bench.simulator.act({ show: 'late' }))).toEqual([
      ['late', undefined],
    ]);
  });

  it('is thought there while its line is open; a closed line or a reset ends the watch', async () => {
    const bench = benchOf(driver, 'crlf');
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
    expect(await codesWhileWatched(bench, 1, () => void bench.device.reset())).toEqual([]);
    expect(await codesWhileWatched(bench, 1, () => void bench.link.close())).toEqual([]);
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
    expect(await bench.device.watch(never).next()).toEqual({ done: true, value: undefined });
  });

  it('knows no profile but its own', () => {
    const bench = benchOf(driver, 'crlf');
    expect(() =>
      driver.create('other', { ...bench, onCondition: () => undefined, onSupplies: () => undefined }),
    ).toThrow('no profile other');
  });
});
