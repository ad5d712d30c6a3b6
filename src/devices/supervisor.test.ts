import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../contract/clock.ts';
import type { DeviceConfig } from '../contract/config.ts';
import { createEventLog } from '../contract/log.ts';
import type { Result } from '../domain/result.ts';
import { done, refused } from '../domain/result.ts';
import type { ByteLink, DriverContext, DriverOf, OpenFailure, ProbeFailure, ReaderEvent } from './driver.ts';
import { IDLE_PROBE_MS, LET_GO_MS, PROBE_LIMIT_MS, RETRY_CAP_MS } from './limits.ts';
import { memoryRecords } from '../../test/fixtures/memory-records.ts';
import { Supervisor } from './supervisor.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class TestLink implements ByteLink {
  readonly #closing: (() => void)[] = [];
  write = () => Promise.resolve();
  onBytes = () => () => undefined;
  setBaudRate = () => Promise.resolve();
  onClose(listener: () => void): () => void {
    this.#closing.push(listener);
    return () => undefined;
  }
  async close(): Promise<void> {
    for (const listener of this.#closing.splice(0)) listener();
  }
}

/** A reader whose answers the test decides. */
function testReader(name: string) {
  const state = {
    link: undefined as TestLink | undefined,
    context: undefined as DriverContext | undefined,
    opened: 0,
    probed: 0,
    resets: 0,
    openFailure: undefined as OpenFailure | undefined,
    probe: (): Promise<Result<undefined, ProbeFailure>> => Promise.resolve(done()),
  };
  const driver: DriverOf<'id-reader'> = {
    name,
    class: 'id-reader',
    profiles: ['only'],
    create: (_, context) => {
      state.context = context;
      return {
        probe: () => {
          state.probed += 1;
          return state.probe();
        },
        reset: async () => {
          state.resets += 1;
        },
        async *read(): AsyncGenerator<ReaderEvent, void, undefined> {
          yield { kind: 'waiting' };
        },
        photo: () => undefined,
        async *watchCard() {},
        serialNumber: () => Promise.resolve(undefined),
      };
    },
    simulate: () => expect.unreachable(),
    redact: { received: (bytes) => bytes, sent: (bytes) => bytes },
  };
  const open = async (): Promise<Result<ByteLink, OpenFailure>> => {
    state.opened += 1;
    if (state.openFailure) return refused(state.openFailure);
    state.link = new TestLink();
    return done(state.link);
  };
  return { state, driver, open };
}

function supervise(readers: ReadonlyMap<string, ReturnType<typeof testReader>>, extra: readonly DeviceConfig[] = []) {
  const transitions: unknown[] = [];
  const crashes: unknown[] = [];
  const note = (fields: Readonly<Record<string, unknown>>): void => {
    const { event, from, to, reason } = fields;
    if (event === 'devices.driver-crashed') crashes.push(fields);
    if (event === 'devices.state-changed')
      transitions.push([`${asText(from)}>${asText(to)}`, asText(reason)].filter(Boolean).join(':'));
  };
  const configs = [...readers].map(([id, { driver }]): DeviceConfig => ({
    id,
    class: 'id-reader',
    driver: driver.name,
    profile: 'only',
    link: { kind: 'simulated' },
  }));
  const supervisor = new Supervisor({
    devices: [...configs, ...extra],
    drivers: [...readers.values()].map(({ driver }) => driver),
    open: ({ id }) => readers.get(id)?.open() ?? expect.unreachable(),
    records: memoryRecords(),
    clock: systemClock,
    log: createEventLog({ debug: note, info: note, warn: note, error: note, fatal: note }, { strict: true }),
  });
  const running = supervisor.run();
  const stop = async () => {
    supervisor.stop();
    await running;
  };
  return {
    supervisor,
    transitions,
    crashes,
    stop,
    state: (id: string) => supervisor.list().find((view) => view.id === id)?.state,
  };
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

function granted<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const signal = new AbortController().signal;
const soon = () => vi.advanceTimersByTimeAsync(1);

describe('one device', () => {
  test('opens, is probed, gets ready', async () => {
    const reader = testReader('a');
    const { transitions, stop } = supervise(new Map([['a', reader]]));
    await soon();
    expect(transitions).toEqual(['opening>probing', 'probing>ready']);
    await stop();
    expect(reader.state.opened).toBe(1);
  });

  test('a missing port is tried again, ever more slowly up to a cap', async () => {
    const reader = testReader('a');
    reader.state.openFailure = 'port-missing';
    const { transitions, stop } = supervise(new Map([['a', reader]]));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(transitions).toEqual(['opening>absent:port-missing']);
    expect(reader.state.opened).toBeGreaterThanOrEqual(60_000 / RETRY_CAP_MS);
    expect(reader.state.opened).toBeLessThan(60_000 / RETRY_CAP_MS + 5);
    reader.state.openFailure = undefined;
    await vi.advanceTimersByTimeAsync(RETRY_CAP_MS);
    expect(transitions.slice(1)).toEqual(['absent>probing', 'probing>ready']);
    await stop();
  });

  test('unplugged it is absent, and comes back by itself', async () => {
    const reader = testReader('a');
    const { transitions, stop } = supervise(new Map([['a', reader]]));
    await soon();
    await reader.state.link?.close();
    await soon();
    expect(transitions.slice(2)).toEqual(['ready>absent:unplugged']);
    await vi.advanceTimersByTimeAsync(RETRY_CAP_MS);
    expect(transitions.slice(3)).toEqual(['absent>probing', 'probing>ready']);
    await stop();
  });

  test('is asked now and then while idle; a failure makes it faulty until it answers again', async () => {
    const reader = testReader('a');
    const { transitions, stop } = supervise(new Map([['a', reader]]));
    await soon();
    reader.state.probe = () => Promise.resolve(refused('paper-out'));
    await vi.advanceTimersByTimeAsync(IDLE_PROBE_MS);
    expect(transitions.at(-1)).toBe('ready>faulty:paper-out');
    reader.state.probe = () => Promise.resolve(done());
    await vi.advanceTimersByTimeAsync(RETRY_CAP_MS);
    expect(transitions.at(-1)).toBe('faulty>ready');
    await stop();
  });

  test('what the device reports by itself counts at once', async () => {
    const reader = testReader('a');
    const { transitions, stop } = supervise(new Map([['a', reader]]));
    await soon();
    reader.state.context?.onCondition('cover-open');
    expect(transitions.at(-1)).toBe('ready>faulty:cover-open');
    reader.state.context?.onCondition(undefined);
    expect(transitions.at(-1)).toBe('faulty>ready');
    await stop();
  });

  test('a driver that never answers a probe is given up on', async () => {
    const reader = testReader('a');
    reader.state.probe = () => new Promise(() => undefined);
    const { transitions, stop } = supervise(new Map([['a', reader]]));
    await vi.advanceTimersByTimeAsync(PROBE_LIMIT_MS + LET_GO_MS);
    expect(transitions.at(-1)).toBe('probing>faulty:driver-stuck');
    await stop();
  });
});

test('a slow device delays no other', async () => {
  const slow = testReader('slow');
  slow.state.probe = () => new Promise(() => undefined);
  const { state, stop } = supervise(
    new Map([
      ['slow', slow],
      ['quick', testReader('quick')],
    ]),
  );
  await soon();
  expect([state('slow'), state('quick')]).toEqual(['probing', 'ready']);
  const stopping = stop();
  await vi.advanceTimersByTimeAsync(LET_GO_MS);
  await stopping;
});

test('a device with an unknown driver is shown as faulty and holds up nothing', async () => {
  const stray: DeviceConfig = {
    id: 'stray',
    class: 'rating-pad',
    driver: 'nobody',
    profile: 'x',
    link: { kind: 'simulated' },
  };
  const { supervisor, stop } = supervise(new Map([['a', testReader('a')]]), [stray]);
  await soon();
  expect(supervisor.list().map(({ state, reason }) => [state, reason])).toEqual([
    ['ready', undefined],
    ['faulty', 'driver-unknown'],
  ]);
  await stop();
});

describe('lending', () => {
  test('one borrower at a time; its buffers are cleared afterwards', async () => {
    const reader = testReader('a');
    const { supervisor, state, stop } = supervise(new Map([['a', reader]]));
    const first = granted(await supervisor.borrow('id-reader', signal, 'refuse'));
    expect(state('a')).toBe('busy');
    expect(await supervisor.borrow('id-reader', signal, 'refuse')).toMatchObject({ ok: false, reason: 'busy' });
    await first.release({ use: 'unused' });
    expect([state('a'), reader.state.resets]).toEqual(['ready', 1]);
    await stop();
  });

  test('taking over tells the borrower, and waits until it has let go', async () => {
    const { supervisor, stop } = supervise(new Map([['a', testReader('a')]]));
    const first = granted(await supervisor.borrow('id-reader', signal, 'take-over'));
    const second = supervisor.borrow('id-reader', signal, 'take-over');
    expect(first.signal.aborted).toBe(true);
    await first.release({ use: 'unused' });
    expect(await second).toMatchObject({ ok: true });
    await stop();
  });

  test('of two that wait, the one that asked last gets it', async () => {
    const { supervisor, stop } = supervise(new Map([['a', testReader('a')]]));
    const first = granted(await supervisor.borrow('id-reader', signal, 'take-over'));
    const second = supervisor.borrow('id-reader', signal, 'take-over');
    const third = supervisor.borrow('id-reader', signal, 'take-over');
    await first.release({ use: 'unused' });
    expect(await second).toMatchObject({ ok: false, reason: 'busy' });
    expect(await third).toMatchObject({ ok: true });
    await stop();
  });

  test('a faulty device is asked anew, so that a repair counts at once', async () => {
    const reader = testReader('a');
    reader.state.probe = () => Promise.resolve(refused('no-answer'));
    const { supervisor, stop } = supervise(new Map([['a', reader]]));
    await soon();
    expect(await supervisor.borrow('id-reader', signal, 'take-over')).toMatchObject({
      ok: false,
      reason: 'faulty',
      detail: 'no-answer',
    });
    reader.state.probe = () => Promise.resolve(done());
    expect(await supervisor.borrow('id-reader', signal, 'take-over')).toMatchObject({ ok: true });
    await stop();
  });

  test('an absent device is refused', async () => {
    const reader = testReader('a');
    reader.state.openFailure = 'port-missing';
    const { supervisor, stop } = supervise(new Map([['a', reader]]));
    expect(await supervisor.borrow('id-reader', signal, 'take-over')).toMatchObject({ ok: false, reason: 'absent' });
    expect(await supervisor.borrow('ticket-printer', signal, 'refuse')).toMatchObject({ ok: false, reason: 'absent' });
    await stop();
  });
});

describe('a driver with a bug', () => {
  test('is begun anew, said once in the log, and disturbs no other device', async () => {
    const bad = testReader('bad');
    bad.state.probe = () => Promise.reject(new TypeError('a bug'));
    const { supervisor, transitions, stop, state, crashes } = supervise(
      new Map([
        ['bad', bad],
        ['good', testReader('good')],
      ]),
    );
    await vi.advanceTimersByTimeAsync(60_000);
    expect([state('bad'), state('good')]).toEqual(['faulty', 'ready']);
    expect(supervisor.list()[0]).toMatchObject({ reason: 'driver-crashed' });
    expect(bad.state.opened).toBeGreaterThanOrEqual(60_000 / RETRY_CAP_MS);
    expect(crashes).toEqual([expect.objectContaining({ device: 'bad', name: 'TypeError' })]);
    bad.state.probe = () => Promise.resolve(done());
    await vi.advanceTimersByTimeAsync(RETRY_CAP_MS);
    expect(transitions.at(-1)).toBe('faulty>ready');
    await stop();
  });
});
