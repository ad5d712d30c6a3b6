import { describe, expect, it } from 'vitest';
import { codesOnceLooking, count, looking, textOf } from '../../test/fixtures/code-reader-bench.ts';
import { benchOf } from '../../test/fixtures/link-pair.ts';
import { REPEAT_MS } from './limits.ts';
import { driver } from './index.ts';

const never = new AbortController().signal;

describe('an SSI scanner', () => {
  it('is started in the order of the public driver, yields a code and acknowledges it', async () => {
    const bench = benchOf(driver, 'imager');
    const codes = await codesOnceLooking(bench, 1, () => bench.simulator.act({ show: 'YS-K001-261122-0001-A' }));
    expect(codes.map((code) => [textOf(code), code.symbology])).toEqual([['YS-K001-261122-0001-A', 'Q1']]);
    const opcodes = bench.link.written.map((bytes) => bytes[1]?.toString(16));
    expect(opcodes.slice(0, 10)).toEqual(['ea', 'd2', 'f7', 'c6', 'c6', 'c6', 'c6', 'e9', 'e4', 'd0']);
    expect(count(bench, 'acknowledged')).toBe(1);
  });

  it('is disabled when nobody watches any more', async () => {
    const bench = benchOf(driver, 'imager');
    await codesOnceLooking(bench, 1, () => bench.simulator.act({ show: 'one' }));
    await bench.clock.delay(100);
    expect(bench.events.at(-1)).toEqual({ event: 'disabled' });
    bench.simulator.act({ show: 'two' });
    expect(bench.events.at(-1)).toEqual({ event: 'unseen' });
  });

  it('without modes is not put into one', async () => {
    const bench = benchOf(driver, 'laser');
    await codesOnceLooking(bench, 1, () => bench.simulator.act({ show: '6901234567892', symbology: 0x0b }));
    expect(bench.link.written.map((bytes) => bytes[1])).not.toContain(0xf7);
  });

  it('goes on when it refuses a step in the words of the interface', async () => {
    const bench = benchOf(driver, 'imager');
    const simulator = driver.simulate('laser', {
      clock: bench.clock,
      send: (bytes) => bench.link.fromDevice(bytes),
      onEvent: (event) => bench.events.push(event),
    });
    bench.link.device = (bytes) => simulator.receive(bytes);
    expect(await codesOnceLooking(bench, 1, () => simulator.act({ show: 'code' }))).toHaveLength(1);
  });

  it('yields a code of 600 bytes that comes in three packets', async () => {
    const bench = benchOf(driver, 'imager');
    const text = 'x'.repeat(600);
    expect((await codesOnceLooking(bench, 1, () => bench.simulator.act({ show: text }))).map(textOf)).toEqual([text]);
    expect(bench.link.written.map((bytes) => bytes[1]).filter((code) => code === 0x74)).toHaveLength(2);
  });

  it('looks for the next code after one, and after a session without one', async () => {
    const bench = benchOf(driver, 'imager');
    const codes = await codesOnceLooking(bench, 2, async () => {
      bench.simulator.act({ show: 'one' });
      await looking(bench, 2);
      bench.simulator.act({ noRead: true });
      await looking(bench, 3);
      bench.simulator.act({ show: 'two' });
    });
    expect(codes.map(textOf)).toEqual(['one', 'two']);
  });

  it('yields the same code once while it stays in view, and again when it is shown again', async () => {
    const bench = benchOf(driver, 'imager');
    bench.simulator.act({ fault: 'stuck' });
    const codes = await codesOnceLooking(bench, 2, async () => {
      bench.simulator.act({ show: 'one' });
      await looking(bench, 12);
      bench.simulator.act({ fault: 'none' });
      await bench.clock.delay(REPEAT_MS + 1_000);
      bench.simulator.act({ show: 'one' });
    });
    expect(codes.map(textOf)).toEqual(['one', 'one']);
    expect(count(bench, 'acknowledged')).toBeGreaterThan(10);
  });

  it('of an unknown kind of code says nothing about the kind', async () => {
    const bench = benchOf(driver, 'imager');
    const codes = await codesOnceLooking(bench, 1, () => bench.simulator.act({ show: 'x', symbology: 0xee }));
    expect(codes).toEqual([{ bytes: Uint8Array.of(0x78) }]);
  });
});

describe('an SSI scanner in trouble', () => {
  it.each(['noise', 'split', 'duplicate', 'nak', 'wrong-checksum-once'])(
    'yields a code once in spite of: %s',
    async (fault) => {
      const bench = benchOf(driver, 'imager');
      bench.simulator.act({ fault });
      expect((await codesOnceLooking(bench, 2, () => bench.simulator.act({ show: 'code' }))).map(textOf)).toEqual([
        'code',
      ]);
      expect(count(bench, 'unacknowledged')).toBe(0);
    },
  );

  it.each(['wrong-checksum', 'wrong-length'])('neither yields nor acknowledges a code with: %s', async (fault) => {
    const bench = benchOf(driver, 'imager');
    bench.simulator.act({ fault });
    expect(await codesOnceLooking(bench, 1, () => bench.simulator.act({ show: 'code' }))).toEqual([]);
    expect(count(bench, 'acknowledged')).toBe(0);
  });

  it('that hangs is started again', async () => {
    const bench = benchOf(driver, 'imager');
    const codes = await codesOnceLooking(bench, 1, async () => {
      bench.simulator.act({ fault: 'hung' });
      bench.simulator.act({ show: 'unseen' });
      await looking(bench, 2);
      bench.simulator.act({ show: 'seen' });
    });
    expect(codes.map(textOf)).toEqual(['seen']);
    expect(count(bench, 'unseen')).toBe(1);
  });

  it('that falls silent is reported, and is fine again when it answers', async () => {
    const bench = benchOf(driver, 'imager');
    bench.simulator.act({ fault: 'silent' });
    const stop = new AbortController();
    const first = bench.device.watch(stop.signal).next();
    await bench.clock.delay(10_000);
    expect(bench.conditions).toEqual(['no-answer']);
    bench.simulator.act({ fault: 'none' });
    await looking(bench, count(bench, 'looking') + 1);
    bench.simulator.act({ show: 'code' });
    expect((await first).value).toMatchObject({ symbology: 'Q1' });
    expect(bench.conditions).toEqual(['no-answer', undefined]);
    stop.abort();
  });

  it('is not thanked for a code when nobody watches', async () => {
    const bench = benchOf(driver, 'imager');
    bench.link.fromDevice(Uint8Array.of(0x06, 0xf3, 0x00, 0x00, 0x1c, 0x41, 0xfe, 0xaa));
    await bench.clock.delay(100);
    expect(bench.link.written).toEqual([]);
  });

  it('ends the watch when the line closes or the scanner is reset', async () => {
    const closed = benchOf(driver, 'imager');
    expect(await codesOnceLooking(closed, 1, () => void closed.link.close())).toEqual([]);
    expect(await closed.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
    expect(await closed.device.watch(never).next()).toEqual({ done: true, value: undefined });
    const reset = benchOf(driver, 'imager');
    expect(await codesOnceLooking(reset, 1, () => void reset.device.reset())).toEqual([]);
    expect(await codesOnceLooking(reset, 1, () => reset.simulator.act({ show: 'code' }))).toHaveLength(1);
  });
});

describe('the probe of an SSI scanner', () => {
  it('is content with the revision', async () => {
    const bench = benchOf(driver, 'imager');
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
    expect(bench.link.written.map((bytes) => bytes[1])).toEqual([0xa3, 0xd0]);
  });

  it('tells silence from another device', async () => {
    const bench = benchOf(driver, 'imager');
    bench.simulator.act({ fault: 'silent' });
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
    bench.link.device = () => bench.link.fromDevice(Buffer.from('\r\nOK\r\n'));
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason: 'wrong-device' });
  });

  it('ends with its caller', async () => {
    const bench = benchOf(driver, 'imager');
    expect(await bench.device.probe(AbortSignal.abort())).toEqual({ ok: false, reason: 'no-answer' });
    expect(bench.link.written).toEqual([]);
  });
});

it('knows no profile but its own', () => {
  const bench = benchOf(driver, 'imager');
  expect(() => driver.create('other', { ...bench, onCondition: () => undefined, onSupplies: () => undefined })).toThrow(
    'no profile other',
  );
});
