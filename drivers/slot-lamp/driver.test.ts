import { describe, expect, it } from 'vitest';
import { benchOf } from '../../test/fixtures/link-pair.ts';
import type { Bench } from '../../test/fixtures/link-pair.ts';
import { driver } from './index.ts';
import { profileNamed } from './profile.ts';

const NOBODY_COMES_MS = 60_000;
const profile = 'slots-11-15';

async function changesOf(
  bench: Bench<'cue-lamps'>,
  wanted: number,
  act: () => void | Promise<void>,
): Promise<string[]> {
  const stop = new AbortController();
  const changes: string[] = [];
  const acting = bench.clock.delay(10).then(act);
  void bench.clock.delay(NOBODY_COMES_MS, stop.signal).then(
    () => stop.abort(),
    () => undefined,
  );
  for await (const change of bench.device.watch(stop.signal)) {
    changes.push(change);
    if (changes.length === wanted) stop.abort();
  }
  await acting;
  return changes;
}

/** What a person sees: not each message, but lamps that begin or end to blink. */
const seen = (bench: Bench<'cue-lamps'>): Bench<'cue-lamps'>['events'] =>
  bench.events.filter(({ event }) => event !== 'told');
const textsOf = (bench: Bench<'cue-lamps'>): string[] =>
  bench.link.written.map((bytes) => Buffer.from(bytes).toString('latin1'));

describe('cue lamps', () => {
  it('stand at the places of the profile', () => {
    const { device } = benchOf(driver, profile);
    expect(device.slots).toEqual(['slot-11', 'a4-printer', 'social-card', 'booklet', 'document-camera']);
    expect(driver.profiles).toEqual([profile]);
  });

  it('blink, and go dark by themselves', async () => {
    const bench = benchOf(driver, profile);
    expect(await bench.device.light('a4-printer', 'blink')).toEqual({ ok: true, value: undefined });
    expect(textsOf(bench)).toEqual(['O(00,12,2)E']);
    await bench.clock.delay(5_001);
    expect(seen(bench)).toEqual([
      { event: 'blinking', slot: 'a4-printer' },
      { event: 'dark', slot: 'a4-printer' },
    ]);
  });

  it('stay on without a dark moment until they are put out', async () => {
    const bench = benchOf(driver, profile);
    await bench.device.light('document-camera', 'on');
    await bench.device.light('document-camera', 'on');
    await bench.clock.delay(20_000);
    expect(seen(bench)).toEqual([{ event: 'blinking', slot: 'document-camera' }]);
    await bench.device.light('document-camera', 'off');
    const written = bench.link.written.length;
    await bench.clock.delay(20_000);
    expect(seen(bench).at(-1)).toEqual({ event: 'dark', slot: 'document-camera' });
    expect(bench.link.written).toHaveLength(written);
  });

  it('on at the same time are kept on once', async () => {
    const bench = benchOf(driver, profile);
    await Promise.all([bench.device.light('booklet', 'on'), bench.device.light('booklet', 'on')]);
    await bench.clock.delay(9_100);
    expect(textsOf(bench)).toHaveLength(4);
    await bench.device.reset();
  });

  it('are lit one by one', async () => {
    const bench = benchOf(driver, profile);
    await bench.device.light('booklet', 'on');
    await bench.device.light('social-card', 'blink');
    await bench.device.light('social-card', 'off');
    expect(seen(bench)).toEqual([
      { event: 'blinking', slot: 'booklet' },
      { event: 'blinking', slot: 'social-card' },
      { event: 'dark', slot: 'social-card' },
    ]);
  });

  it('are refused where there is none, and when the line is closed', async () => {
    const bench = benchOf(driver, profile);
    expect(await bench.device.light('keyboard', 'on')).toEqual({ ok: false, reason: 'unknown-slot' });
    await bench.device.light('booklet', 'on');
    await bench.link.close();
    expect(await bench.device.light('booklet', 'off')).toEqual({ ok: false, reason: 'no-answer' });
    expect(await bench.device.probe(new AbortController().signal)).toEqual({ ok: false, reason: 'no-answer' });
    await bench.device.reset();
  });

  it('are put out by a reset', async () => {
    const bench = benchOf(driver, profile);
    await bench.device.light('booklet', 'on');
    await bench.device.reset();
    await bench.clock.delay(10_000);
    expect(seen(bench).at(-1)).toEqual({ event: 'dark', slot: 'booklet' });
    expect(textsOf(bench).slice(1)).toEqual([11, 12, 13, 14, 15].map((channel) => `O(00,${channel},0)E`));
  });

  it('that are silent cannot be told from well ones', async () => {
    const bench = benchOf(driver, profile);
    bench.simulator.act({ fault: 'silent' });
    expect(await bench.device.probe(new AbortController().signal)).toEqual({ ok: true, value: undefined });
    expect(await bench.device.light('booklet', 'on')).toEqual({ ok: true, value: undefined });
    bench.simulator.stop();
    await bench.device.reset();
    expect(bench.events).toEqual([]);
  });
});

describe('the presence sensor', () => {
  it.each(['none', 'noise', 'split', 'duplicate', 'stuck'])(
    'tells once who comes and goes, with fault %s',
    async (fault) => {
      const bench = benchOf(driver, profile);
      bench.simulator.act({ fault });
      const changes = await changesOf(bench, 2, async () => {
        bench.simulator.act({ presence: 'present' });
        await bench.clock.delay(3_000);
        bench.simulator.act({ fault: fault === 'stuck' ? 'none' : fault });
        bench.simulator.act({ presence: 'gone' });
      });
      expect(changes).toEqual(['present', 'gone']);
      bench.simulator.stop();
    },
  );

  it.each(['silent', 'wrong-length'])('tells nothing when it fails by: %s', async (fault) => {
    const bench = benchOf(driver, profile);
    bench.simulator.act({ fault });
    expect(await changesOf(bench, 1, () => bench.simulator.act({ presence: 'present' }))).toEqual([]);
  });

  it('is one input of the board: others, other values and commands mean nothing', async () => {
    const bench = benchOf(driver, profile);
    const foreign = Buffer.from('I(00,02,1)E I(00,01,2)E O(00,01,1)E');
    expect(await changesOf(bench, 1, () => bench.link.fromDevice(foreign))).toEqual([]);
    bench.simulator.receive(Buffer.from('I(00,12,2)E O(00,77,2)E'));
    expect(bench.events).toEqual([]);
  });

  it('ends with its line or a reset', async () => {
    const bench = benchOf(driver, profile);
    expect(await changesOf(bench, 1, () => bench.device.reset())).toEqual([]);
    expect(await changesOf(bench, 1, () => void bench.link.close())).toEqual([]);
  });
});

it('a profile that does not exist is an error', () => {
  expect(() => profileNamed('other')).toThrow('no profile other');
});
