import { describe, expect, it } from 'vitest';
import type { PadPress } from '../../src/devices/driver.ts';
import { benchOf } from '../../test/fixtures/link-pair.ts';
import type { Bench } from '../../test/fixtures/link-pair.ts';
import { driver } from './index.ts';

const never = new AbortController().signal;

/** Watches until so many presses have come, or until the simulated time is up; `act` runs once the pad is lit. */
async function pressesOf(bench: Bench<'rating-pad'>, wanted: number, act: () => void): Promise<PadPress[]> {
  const stop = new AbortController();
  const presses: PadPress[] = [];
  const lit = bench.clock.delay(10).then(act);
  void bench.clock.delay(60_000, stop.signal).then(
    () => stop.abort(),
    () => undefined,
  );
  for await (const press of bench.device.watch(stop.signal)) {
    presses.push(press);
    if (presses.length === wanted) stop.abort();
  }
  await lit;
  return presses;
}

const eventsNamed = ({ events }: Bench<'rating-pad'>, name: string) => events.filter(({ event }) => event === name);

describe('a rating pad', () => {
  it('is started, yields the level of a press and acknowledges it', async () => {
    const bench = benchOf(driver, 'four-key-ff68');
    expect(await pressesOf(bench, 1, () => bench.simulator.act({ press: 3 }))).toEqual([
      { key: '03', level: 'very-satisfied' },
    ]);
    expect(bench.events).toEqual([{ event: 'start' }, { event: 'acknowledged', press: 3 }]);
  });

  it('gives each of five keys its level, and each press its acknowledgement', async () => {
    const bench = benchOf(driver, 'five-key-ff68');
    const presses = await pressesOf(bench, 5, () => {
      for (const press of [0, 1, 2, 3, 4])
        void bench.clock.delay(500 * press).then(() => bench.simulator.act({ press }));
    });
    expect(presses.map(({ level }) => level)).toEqual(bench.device.levels);
    expect(eventsNamed(bench, 'acknowledged')).toHaveLength(5);
    expect(eventsNamed(bench, 'given-up')).toEqual([]);
  });

  it('yields a press once, however often it comes, and acknowledges it each time', async () => {
    const bench = benchOf(driver, 'four-key-ff68');
    const press = Buffer.from('FF680303680111021416', 'hex');
    const presses = await pressesOf(bench, 2, () => bench.link.fromDevice(Buffer.concat([press, press, press])));
    expect(presses).toEqual([{ key: '02', level: 'satisfied' }]);
    expect(eventsNamed(bench, 'acknowledged')).toHaveLength(3);
  });

  it('yields a press once that a pad which hears no acknowledgement sends until it gives up', async () => {
    const bench = benchOf(driver, 'five-key-ff68');
    bench.simulator.act({ fault: 'deaf' });
    const sent = bench.link.written.length;
    expect(await pressesOf(bench, 2, () => bench.simulator.act({ press: 4 }))).toHaveLength(1);
    // The start, and an acknowledgement for the press and each of its three repeats.
    expect(bench.link.written).toHaveLength(sent + 5);
    expect(eventsNamed(bench, 'given-up')).toEqual([{ event: 'given-up', press: 4 }]);
  });

  it('yields a key once that hangs', async () => {
    const bench = benchOf(driver, 'five-key-aa55');
    bench.simulator.act({ fault: 'stuck' });
    void bench.clock.delay(5_000).then(() => bench.simulator.act({ fault: 'none' }));
    expect(await pressesOf(bench, 2, () => bench.simulator.act({ press: 0x31 }))).toEqual([
      { key: '31', level: 'very-dissatisfied' },
    ]);
    expect(eventsNamed(bench, 'acknowledged').length).toBeGreaterThan(40);
  });

  it('yields the same key again when it is pressed again', async () => {
    const bench = benchOf(driver, 'five-key-aa55');
    const presses = await pressesOf(bench, 2, () => {
      bench.simulator.act({ press: 0x33 });
      void bench.clock.delay(500).then(() => bench.simulator.act({ press: 0x33 }));
    });
    expect(presses.map(({ level }) => level)).toEqual(['fairly-satisfied', 'fairly-satisfied']);
  });

  it('finds the press in noise', async () => {
    const bench = benchOf(driver, 'four-key-ff68');
    bench.simulator.act({ fault: 'noise' });
    expect(await pressesOf(bench, 1, () => bench.simulator.act({ press: 0 }))).toMatchObject([
      { level: 'dissatisfied' },
    ]);
  });

  it.each([
    ['with a wrong checksum', { fault: 'wrong-checksum' }],
    ['of a silent pad', { fault: 'silent' }],
  ])('neither yields nor acknowledges a press %s', async (_, fault) => {
    const bench = benchOf(driver, 'four-key-ff68');
    bench.simulator.act(fault);
    expect(await pressesOf(bench, 1, () => bench.simulator.act({ press: 2 }))).toEqual([]);
    expect(eventsNamed(bench, 'acknowledged')).toEqual([]);
  });

  it('names a key that stands for no level, and does not acknowledge it', async () => {
    const bench = benchOf(driver, 'four-key-ff68');
    expect(await pressesOf(bench, 2, () => bench.simulator.act({ press: 9 }))).toEqual([{ key: '09' }]);
    expect(eventsNamed(bench, 'acknowledged')).toEqual([]);
    expect(eventsNamed(bench, 'given-up')).toHaveLength(1);
  });

  it('does not thank for a press when nobody watches', async () => {
    const bench = benchOf(driver, 'four-key-ff68');
    bench.simulator.act({ press: 3 });
    await bench.clock.delay(10_000);
    expect(bench.link.written).toEqual([]);
    expect(await pressesOf(bench, 1, () => undefined)).toEqual([]);
  });

  it('stops watching when the line closes or the pad is reset', async () => {
    const closed = benchOf(driver, 'four-key-ff68');
    expect(await pressesOf(closed, 1, () => void closed.link.close())).toEqual([]);
    expect(await closed.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
    expect(await pressesOf(closed, 1, () => undefined)).toEqual([]);
    const reset = benchOf(driver, 'four-key-ff68');
    expect(await pressesOf(reset, 1, () => void reset.device.reset())).toEqual([]);
  });
});

describe('a pad on a line with others', () => {
  it('is the one that the configuration names', async () => {
    const bench = benchOf(driver, 'five-key-ff68', 0x83);
    expect(await pressesOf(bench, 1, () => bench.simulator.act({ press: 0 }))).toHaveLength(1);
    expect(bench.link.written.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual([
      'ff6803036883010b8f16',
      '6802026883018416',
    ]);
  });

  it('is not moved by what the others say', async () => {
    const bench = benchOf(driver, 'five-key-ff68');
    const presses = await pressesOf(bench, 2, () => {
      bench.simulator.act({ press: 0, address: 0x82 });
      bench.simulator.act({ press: 4 });
    });
    expect(presses).toEqual([{ key: '04', level: 'very-satisfied' }]);
    expect(eventsNamed(bench, 'acknowledged')).toHaveLength(1);
  });
});

describe('the signals of a pad', () => {
  it.each([
    ['four-key-ff68', ['stars', 'number', 'beep']],
    ['five-key-ff68', ['stars']],
  ])('are those of its table: %s', (profile, signals) => {
    expect(benchOf(driver, profile).device.signals).toEqual(signals);
  });

  it.each(['four-key-ff68', 'five-key-aa55'])('arrive: %s', async (profile) => {
    const bench = benchOf(driver, profile);
    expect(await bench.device.signal('stars', 3)).toEqual({ ok: true, value: undefined });
    expect(await bench.device.signal('number', 123)).toEqual({ ok: true, value: undefined });
    expect(await bench.device.signal('beep')).toEqual({ ok: true, value: undefined });
    expect(bench.events).toEqual([{ event: 'stars', value: 3 }, { event: 'number', value: 123 }, { event: 'beep' }]);
  });

  it('are refused where the pad has none, its line is gone or it does not answer', async () => {
    expect(await benchOf(driver, 'five-key-ff68').device.signal('beep')).toMatchObject({ reason: 'unknown-signal' });
    const gone = benchOf(driver, 'four-key-ff68');
    await gone.link.close();
    expect(await gone.device.signal('beep')).toMatchObject({ reason: 'no-answer' });
    const silent = benchOf(driver, 'five-key-aa55');
    silent.simulator.act({ fault: 'silent' });
    expect(await silent.device.signal('beep')).toMatchObject({ reason: 'no-answer' });
  });
});

describe('a pad that answers', () => {
  it('is asked, and silence is told from an answer after as many tries as its table says', async () => {
    const bench = benchOf(driver, 'five-key-aa55');
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
    expect(bench.events).toEqual([{ event: 'stars', value: 5 }]);
    bench.simulator.act({ fault: 'silent' });
    expect(await bench.device.probe(never)).toEqual({ ok: false, reason: 'no-answer' });
    expect(bench.link.written).toHaveLength(4);
  });

  it('gets a lost command again', async () => {
    const bench = benchOf(driver, 'five-key-aa55');
    bench.simulator.act({ fault: 'silent' });
    void bench.clock.delay(400).then(() => bench.simulator.act({ fault: 'none' }));
    expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
    expect(bench.link.written).toHaveLength(3);
  });

  it('is told as out of order when it does not start, and its presses count all the same', async () => {
    const bench = benchOf(driver, 'five-key-aa55');
    bench.simulator.act({ fault: 'silent' });
    const presses = await pressesOf(bench, 1, () => {
      void bench.clock.delay(5_000).then(() => {
        bench.simulator.act({ fault: 'none' });
        bench.simulator.act({ press: 0x35 });
      });
    });
    expect(presses).toMatchObject([{ level: 'very-satisfied' }]);
    expect(bench.conditions).toEqual(['no-answer']);
  });
});

it('an open line is all that can be known of a pad that answers nothing', async () => {
  const bench = benchOf(driver, 'four-key-ff68');
  expect(await bench.device.probe(never)).toEqual({ ok: true, value: undefined });
});
