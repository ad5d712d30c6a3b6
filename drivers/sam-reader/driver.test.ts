import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import type { ReaderEvent } from '../../src/devices/driver.ts';
import type { LineTime } from '../../src/devices/pacing.ts';
import { linkInProcess } from '../../src/devices/transports/in-process.ts';
import { driver } from './index.ts';
import { FIND_POLL_MS, SHORT_ANSWER_MS, SILENT_FINDS, WAIT_FOR_CARD_MS } from './limits.ts';

/** Timers are turned by hand: a minute of waiting takes no time. */
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const fakeTime: LineTime = {
  now: () => Date.now(),
  until: (milliseconds) => systemClock.delay(Math.max(0, Math.ceil(milliseconds - Date.now()))),
};

function reader(profile = 'serial-115200', baudRate = 115_200) {
  const heard = new EventEmitter();
  const { link, simulator } = linkInProcess({
    simulate: (context) => driver.simulate(profile, context),
    baudRate,
    clock: systemClock,
    time: fakeTime,
    onEvent: ({ event }) => heard.emit(String(event)),
  });
  const device = driver.create(profile, {
    clock: systemClock,
    link,
    onCondition: () => undefined,
    onSupplies: () => undefined,
  });
  return { link, simulator, device, heard };
}

/** Lets time run until the call has ended. */
async function finish<T>(call: Promise<T>): Promise<T> {
  const state = { ended: false };
  const end = () => {
    state.ended = true;
  };
  call.then(end, end);
  while (!state.ended) await vi.advanceTimersByTimeAsync(10);
  return call;
}

async function collect(events: AsyncIterable<ReaderEvent>): Promise<ReaderEvent[]> {
  const all: ReaderEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function readAll(device: ReturnType<typeof reader>['device'], signal = new AbortController().signal) {
  return finish(collect(device.read(signal)));
}
const outcome = (events: readonly ReaderEvent[]): unknown => {
  const last = events.at(-1);
  return last?.kind === 'failed' ? last.reason : last?.kind === 'read' ? last.person.name : last?.kind;
};

describe('reading', () => {
  test('waits, then reads the card', async () => {
    const { device, simulator } = reader();
    simulator.act({ presentAfterPolls: 3, card: 'li' });
    const events = await readAll(device);
    expect(events.map(({ kind }) => kind)).toEqual(['waiting', 'reading', 'read']);
    expect(outcome(events)).toBe('李秀兰');
  });

  test.each(['noise', 'false-preamble', 'split'])('[M-08] reads through %s', async (fault) => {
    const { device, simulator } = reader();
    simulator.act({ card: 'zhang', fault });
    expect(outcome(await readAll(device))).toBe('张宁');
  });

  test('reads at 9600 baud, where the text takes 1.3 s', async () => {
    const { device, simulator } = reader('serial-115200', 9_600);
    simulator.act({ card: 'zhang' });
    expect(outcome(await readAll(device))).toBe('张宁');
  });

  test.each([
    ['wrong-checksum', 'card-unreadable'],
    ['wrong-length', 'card-unreadable'],
    ['length-too-large', 'card-unreadable'],
    ['read-failed', 'card-unreadable'],
    ['removed-while-reading', 'card-removed'],
    ['silent', 'reader-silent'],
    ['garbage', 'reader-silent'],
  ])('with fault %s ends as %s', async (fault, reason) => {
    const { device, simulator } = reader();
    simulator.act({ card: 'zhang', fault });
    expect(outcome(await readAll(device))).toBe(reason);
  });

  test('an answer lost on the line is asked for once more, though the reader does not find the card again', async () => {
    const { device, simulator, heard } = reader();
    simulator.act({ card: 'zhang', fault: 'wrong-checksum' });
    heard.on('card-read', () => simulator.act({ fault: 'none' }));
    expect(outcome(await readAll(device))).toBe('张宁');
  });

  // A minute of looking for a card, some hundred times a second.
  const slow = { timeout: 60_000 };

  test('a card is not read twice without being lifted', slow, async () => {
    const { device, simulator } = reader();
    simulator.act({ card: 'zhang' });
    expect(outcome(await readAll(device))).toBe('张宁');
    expect(outcome(await readAll(device))).toBe('timed-out');
    simulator.act({ card: null });
    simulator.act({ card: 'zhang' });
    expect(outcome(await readAll(device))).toBe('张宁');
  });

  test('gives up when nobody comes', slow, async () => {
    const { device } = reader();
    const before = Date.now();
    expect(outcome(await readAll(device))).toBe('timed-out');
    expect(Date.now() - before).toBeGreaterThanOrEqual(WAIT_FOR_CARD_MS);
  });

  test('a silent reader is told within a few polls', async () => {
    const { device, simulator } = reader();
    simulator.act({ fault: 'silent' });
    const before = Date.now();
    expect(outcome(await readAll(device))).toBe('reader-silent');
    expect(Date.now() - before).toBeLessThan(SILENT_FINDS * (SHORT_ANSWER_MS + FIND_POLL_MS) + 100);
  });

  test('an unplugged reader is absent', async () => {
    const { device, link } = reader();
    const reading = readAll(device);
    await link.close();
    expect(outcome(await reading)).toBe('reader-absent');
  });

  test('leaving ends it without an outcome', async () => {
    const { device } = reader();
    const leave = new AbortController();
    const reading = readAll(device, leave.signal);
    leave.abort();
    expect(await reading).toEqual([{ kind: 'waiting' }]);
  });
});

describe('probing', () => {
  const signal = new AbortController().signal;

  test('a well reader', async () => expect(await finish(reader().device.probe(signal))).toMatchObject({ ok: true }));

  test.each([
    ['silent', 'no-answer'],
    ['garbage', 'wrong-device'],
    ['self-test-failed', 'self-test-failed'],
  ])('with fault %s: %s', async (fault, reason) => {
    const { device, simulator } = reader();
    simulator.act({ fault });
    expect(await finish(device.probe(signal))).toMatchObject({ ok: false, reason });
  });

  test('the profile for any speed tries one after the other', async () => {
    const { link, simulator } = reader();
    const tried: number[] = [];
    simulator.act({ fault: 'silent' });
    const device = driver.create('serial-any', {
      clock: systemClock,
      onCondition: () => undefined,
      onSupplies: () => undefined,
      link: {
        write: (bytes) => link.write(bytes),
        onBytes: (listener) => link.onBytes(listener),
        onClose: (listener) => link.onClose(listener),
        close: () => link.close(),
        async setBaudRate(baudRate) {
          tried.push(baudRate);
          if (baudRate === 38_400) simulator.act({ fault: 'none' });
        },
      },
    });
    expect(await finish(device.probe(signal))).toMatchObject({ ok: true });
    expect(tried).toEqual([57_600, 38_400]);
  });
});

test.each([{ card: 'nobody' }, { fault: 'fire' }, { door: 'open' }])('the simulator refuses %o', (action) => {
  expect(() => reader().simulator.act(action)).toThrow();
});
