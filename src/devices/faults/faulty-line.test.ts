import { describe, expect, test } from 'vitest';
import { ImpatientClock } from '../../../test/fixtures/link-pair.ts';
import type { Simulator, SimulatorContext } from '../driver.ts';
import { FaultyLine } from './faulty-line.ts';
import { faultScript } from './script.ts';

const never = new AbortController().signal;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Answers every byte it gets with a message of its own: `e0 <byte> 00 01 02 … 09`. */
const echo =
  (head: number) =>
  (context: SimulatorContext): Simulator => ({
    receive(bytes) {
      for (const byte of bytes) context.send(Uint8Array.of(head, byte, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    },
    act: (action) => context.onEvent({ event: 'acted', ...action }),
    stop: () => context.onEvent({ event: 'stopped', head }),
  });

function line() {
  const clock = new ImpatientClock();
  const heard: string[] = [];
  const events: unknown[] = [];
  const plugging: string[] = [];
  const faulty = new FaultyLine({
    simulate: echo(0xe0),
    context: {
      clock,
      send: (bytes) => void heard.push(hex(bytes)),
      onEvent: ({ event, step }) =>
        events.push(step === undefined ? event : `${String(event)} ${JSON.stringify(step)}`),
    },
    unplug: async () => void plugging.push('unplug'),
    plug: async () => void plugging.push('plug'),
    other: (driver) => {
      if (driver !== 'other') throw new Error(`no driver ${driver}`);
      return echo(0x0f);
    },
  });
  const run = (...steps: unknown[]): void => faulty.act({ script: { seed: 3, steps } });
  const ask = (...bytes: number[]): void => faulty.receive(Uint8Array.from(bytes));
  return { clock, faulty, heard, events, plugging, run, ask };
}
const answer = (byte: string): string => `e0${byte}00010203040506070809`;

describe('a line without a script', () => {
  test('changes nothing', () => {
    const { heard, events, faulty, ask } = line();
    ask(1, 2);
    faulty.act({ lamp: 'on' });
    expect(heard).toEqual([answer('01'), answer('02')]);
    expect(events).toEqual(['acted']);
  });
});

describe('what a line can do to messages', () => {
  test('each byte alone, or pieces; never another content', () => {
    const { heard, run, ask } = line();
    run({ do: { cut: 'each-byte' } });
    ask(1);
    expect(heard).toHaveLength(12);
    expect(heard.join('')).toBe(answer('01'));
    heard.length = 0;
    run({ do: { cut: 'anywhere' } });
    ask(...Array.from({ length: 20 }, () => 7));
    expect(heard.length).toBeGreaterThan(20);
    expect(heard.join('')).toBe(answer('07').repeat(20));
  });

  test('a slow line keeps the order, and forgets what it had not sent when it is unplugged', async () => {
    const { heard, run, ask, clock, faulty } = line();
    const start = clock.now().getTime();
    run({ do: { cut: 'each-byte', pauseMs: 10 } });
    ask(1, 2);
    expect(heard).toEqual([]);
    await clock.delay(10 * 24 + 1, never);
    expect(heard.join('')).toBe(answer('01') + answer('02'));
    expect(clock.now().getTime() - start).toBe(241);
    heard.length = 0;
    ask(3);
    run({ do: [{ cut: 'each-byte', pauseMs: 10 }, { unplug: true }, { plug: true }] });
    ask(4);
    await clock.delay(1_000, never);
    expect(heard.join('')).toBe('');
    ask(5);
    faulty.stop();
    await clock.delay(1_000, never);
    expect(heard.join('')).toBe('');
  });

  test.each([
    ['before', /^(?:ff00|ff)e0010001.*09$/u],
    ['inside', /^e0.*ff.*09$/u],
    ['around', /^ff.*ff.*09$/u],
  ])('noise %s a message', (noise, shape) => {
    const { heard, run, ask } = line();
    run({ do: { noise, bytes: ['FF', 'ff00'] } });
    ask(1);
    expect(heard.join('')).toMatch(shape);
    expect(heard.join('').length).toBeGreaterThan(24);
  });

  test('random noise is the same for the same seed', () => {
    const noisy = (seed: number): string => {
      const { heard, faulty, ask } = line();
      faulty.act({ script: { seed, steps: [{ do: [{ noise: 'around' }, { cut: 'anywhere' }] }] } });
      ask(1, 2, 3);
      return heard.join(' ');
    };
    expect(noisy(5)).toBe(noisy(5));
    expect(noisy(5)).not.toBe(noisy(6));
  });

  test('a damaged byte from the start or the end, a lost end, a repeat', () => {
    const { heard, run, ask } = line();
    run({ do: { damage: 1 } });
    ask(0x77);
    expect(heard[0]).toMatch(/^e0(?!77)..00010203040506070809$/u);
    run({ do: { damage: -1 } });
    ask(0x77);
    expect(heard[1]).toMatch(/^e07700010203040506070[0-8]|e077000102030405060708(?!09)..$/u);
    run({ do: { damage: 40 } });
    ask(0x77);
    expect(heard[2]).toBe(answer('77'));
    run({ do: { shorten: 10 } });
    ask(0x77);
    expect(heard[3]).toBe('e077');
    run({ do: { repeat: 2 } });
    ask(0x78);
    expect(heard.slice(4)).toEqual([answer('78'), answer('78'), answer('78')]);
  });

  test('each fault can be set off again, and all of them at once', () => {
    const { heard, run, ask } = line();
    const all = [{ damage: 1 }, { shorten: 1 }, { repeat: 1 }, { noise: 'before' }, { cut: 'each-byte' }];
    run({
      do: [...all, { damage: 'off' }, { shorten: 'off' }, { repeat: 'off' }, { noise: 'off' }, { cut: 'off' }],
    });
    ask(1);
    run({ do: [...all, { mute: 'both' }, { clear: true }] });
    ask(2);
    expect(heard).toEqual([answer('01'), answer('02')]);
  });

  test('answers that get lost, and a port behind which nobody is', () => {
    const { heard, events, run, ask } = line();
    run({ do: { mute: 'answers' } });
    ask(1);
    expect(heard).toEqual([]);
    run({ do: [{ mute: 'both' }, { act: { key: 1 } }] });
    ask(2);
    expect(heard).toEqual([]);
    expect(events).toContain('acted');
    run({ do: { mute: 'off' } });
    ask(3);
    expect(heard).toEqual([answer('03')]);
  });

  test('another device in its place, and the right one again', () => {
    const { heard, events, run, ask } = line();
    run({ do: { otherDevice: { driver: 'other', profile: 'p' } } });
    ask(1);
    expect(heard).toEqual(['0f0100010203040506070809']);
    run({ do: { otherDevice: 'off' } });
    ask(2);
    expect(heard[1]).toBe(answer('02'));
    expect(events).toContain('stopped');
    expect(() => run({ do: { otherDevice: { driver: 'none', profile: 'p' } } })).toThrow('no driver none');
  });

  test('bytes of its own', () => {
    const { heard, run } = line();
    run({ do: { send: 'AA55' } });
    expect(heard).toEqual(['aa55']);
  });
});

describe('when a step is taken', () => {
  test('one after the other: at a byte, at an event, at a time', async () => {
    const { heard, events, run, ask, faulty, clock } = line();
    run(
      { after: { toHost: 15 }, do: { mute: 'answers' } },
      { after: { event: 'acted' }, do: { clear: true } },
      { after: { toDevice: 2 }, do: { send: 'FF' } },
      { after: { ms: 50 }, do: { send: 'FE' } },
    );
    ask(1, 2, 3);
    expect(heard.join('')).toBe(answer('01') + answer('02'));
    faulty.act({ key: 1 });
    ask(4, 5);
    expect(heard.slice(-1)).toEqual(['ff']);
    expect(events.slice(0, 4)).toEqual(['fault 0', 'acted', 'fault 1', 'fault 2']);
    await clock.delay(51, never);
    expect(heard.at(-1)).toBe('fe');
    expect(events.slice(-2)).toEqual(['fault 3', 'script-ended']);
  });

  test('unplugged within a message: what stands behind that byte never comes', async () => {
    const { heard, plugging, run, ask, clock } = line();
    run({ after: { toHost: 5 }, do: { unplug: true } }, { after: { ms: 100 }, do: { plug: true } });
    ask(1, 2);
    expect(heard).toEqual(['e001000102']);
    ask(3);
    await clock.delay(101, never);
    expect(plugging).toEqual(['unplug', 'plug']);
    ask(4);
    expect(heard).toEqual(['e001000102', answer('04')]);
  });

  test('steps that follow each other within one message are counted from byte to byte', () => {
    const { heard, run, ask } = line();
    run({ after: { toHost: 2 }, do: { send: 'AA' } }, { after: { toHost: 3 }, do: { send: 'BB' } });
    ask(1);
    // What a step sends is not counted: it belongs to that step.
    expect(heard).toEqual(['e001', 'aa', '000102', 'bb', '03040506070809']);
  });

  test('a new script ends the one before, also while that one waits', async () => {
    const { heard, events, run, clock, ask, faulty } = line();
    run({ do: { shorten: 3 } }, { after: { ms: 10 }, do: { send: 'AA' } });
    run({ after: { ms: 20 }, do: { send: 'BB' } });
    ask(1);
    await clock.delay(30, never);
    expect(heard).toEqual([answer('01'), 'bb']);
    run({ after: { ms: 20 }, do: { send: 'CC' } });
    faulty.stop();
    await clock.delay(30, never);
    expect(heard).toHaveLength(2);
    expect(events.at(-1)).toBe('stopped');
  });

  test.each([
    [{ steps: [] }],
    [{ steps: [{ do: { cut: 'sometimes' } }] }],
    [{ steps: [{ do: { noise: 'before', bytes: ['A'] } }] }],
    [{ steps: [{ do: { unplug: true, plug: true } }] }],
    [{ steps: [{ after: { toHost: 1, ms: 3 }, do: { clear: true } }] }],
    [{ step: [] }],
  ])('a script with a mistake is refused: %j', (script) => {
    const { faulty } = line();
    expect(() => faulty.act({ script })).toThrow(/./u);
    expect(faultScript.safeParse(script).success).toBe(false);
  });
});
