import { describe, expect, it } from 'vitest';
import { ManualClock, RecordedLog } from '../../../test/fixtures/core-bench.ts';
import { BREAKER_FAILURES, RESUME_WINDOW_MS, RETRY_CAP_MS } from '../limits.ts';
import type { Outcome } from './outcome.ts';
import { Reachability } from './reachability.ts';

type Health = Outcome<{ readonly time: string }>;
const there: Health = { kind: 'done', value: { time: '2026-11-22T01:30:00Z' } };
const away: Health = { kind: 'retry', reason: 'no-answer', detail: 'ECONNREFUSED' };
const failing: Health = { kind: 'retry', reason: 'failing', detail: 'status 500' };

/** A repeatable sequence, evenly spread (Weyl, golden ratio). */
function spread(seed: number): () => number {
  let at = seed;
  return () => {
    at = (at + 0.618_033_988_75) % 1;
    return at;
  };
}

function makeKiosk(clock: ManualClock, fraction: () => number, health: () => Health) {
  const log = new RecordedLog();
  let asked = 0;
  const platform = {
    health: async () => {
      asked += 1;
      return health();
    },
  };
  const random = { fraction, bytes: (count: number) => Buffer.alloc(count) };
  const reachability = new Reachability({ clock, random, log: log.log, platform });
  const stop = new AbortController();
  const ran = reachability.run(stop.signal);
  const state = (wanted: string, times = 1) => log.until('core.platform-changed', times, { state: wanted });
  const end = async () => {
    stop.abort();
    await ran;
  };
  return { reachability, state, end, log, asked: () => asked };
}

describe('the breaker', () => {
  const through = (kiosk: ReturnType<typeof makeKiosk>, answer: Health) =>
    kiosk.reachability.through(() => Promise.resolve(answer));

  it('opens when several calls in a row fail although the platform says it is well, and asks that before it closes', async () => {
    const clock = new ManualClock();
    let health: Health = there;
    const kiosk = makeKiosk(
      clock,
      () => 0.5,
      () => health,
    );
    await kiosk.state('reachable');
    for (let n = 1; n < BREAKER_FAILURES; n += 1) await through(kiosk, failing);
    expect(kiosk.reachability.state).toBe('reachable');
    // One of another word in between does not count as a row.
    await through(kiosk, { kind: 'retry', reason: 'in-progress', detail: '409' });
    for (let n = 1; n < BREAKER_FAILURES; n += 1) await through(kiosk, failing);
    expect(kiosk.reachability.state).toBe('reachable');
    await through(kiosk, failing);
    expect(kiosk.reachability.state).toBe('unreachable');
    const before = kiosk.asked();
    health = away;
    await expect
      .poll(() => {
        clock.advance(1_000);
        return kiosk.asked();
      })
      .toBeGreaterThan(before);
    expect(kiosk.reachability.state).toBe('unreachable');
    health = there;
    const back = kiosk.state('reachable', 2);
    await expect
      .poll(() => {
        clock.advance(1_000);
        return kiosk.log.count('core.platform-changed', { state: 'reachable' });
      })
      .toBe(2);
    await back;
    await kiosk.end();
  });

  it('stays open longer each time until a record arrives', async () => {
    const clock = new ManualClock();
    const kiosk = makeKiosk(
      clock,
      () => 0,
      () => there,
    );
    await kiosk.state('reachable');
    const rests: number[] = [];
    for (let trip = 1; trip <= 4; trip += 1) {
      for (let n = 0; n < BREAKER_FAILURES; n += 1) await through(kiosk, failing);
      const from = clock.now().getTime();
      await expect
        .poll(
          () => {
            clock.advance(500);
            return kiosk.reachability.state;
          },
          { interval: 1 },
        )
        .toBe('reachable');
      rests.push(clock.now().getTime() - from);
      if (trip === 3) await through(kiosk, there);
    }
    const [first = 0, second = 0, third = 0, fourth = 0] = rests;
    expect([second > first, third > second, fourth < second]).toEqual([true, true, true]);
    expect(third).toBeLessThan(RETRY_CAP_MS);
    await kiosk.end();
  });
});

describe('after an outage', () => {
  it('a hundred kiosks begin to send spread over the window, and not in one second', async () => {
    const clock = new ManualClock();
    let health: Health = there;
    const kiosks = Array.from({ length: 100 }, (_, n) => makeKiosk(clock, spread(n / 100), () => health));
    await Promise.all(kiosks.map((kiosk) => kiosk.state('reachable')));
    health = away;
    clock.advance(60_000);
    await Promise.all(kiosks.map((kiosk) => kiosk.state('unreachable')));
    clock.advance(72 * 3_600_000);
    const starts: number[] = [];
    for (const { reachability } of kiosks)
      reachability.onChange(() => starts.push(clock.now().getTime() + (reachability.sendsIn ?? Number.NaN)));
    const from = clock.now().getTime();
    health = there;
    await Promise.all(kiosks.map((kiosk) => kiosk.state('reachable', 1)));
    for (let n = 0; n < 10; n += 1) {
      clock.advance(1_000);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    await Promise.all(kiosks.map((kiosk) => kiosk.state('reachable', 2)));
    const seconds = new Map<number, number>();
    for (const at of starts) seconds.set(Math.floor(at / 1_000), (seconds.get(Math.floor(at / 1_000)) ?? 0) + 1);
    expect(Math.max(...seconds.values())).toBeLessThanOrEqual(5);
    expect(Math.max(...starts) - Math.min(...starts)).toBeGreaterThan(RESUME_WINDOW_MS / 2);
    expect(Math.max(...starts) - from).toBeLessThanOrEqual(RESUME_WINDOW_MS + 10_000);
    expect(starts).toHaveLength(100);
    for (const kiosk of kiosks) await kiosk.end();
  });

  it('nobody waits for years because the clock was set back', async () => {
    const clock = new ManualClock();
    let health: Health = away;
    const kiosk = makeKiosk(
      clock,
      () => 0,
      () => health,
    );
    await kiosk.state('unreachable');
    health = there;
    clock.advance(60_000);
    await kiosk.state('reachable');
    expect(kiosk.reachability.sendsIn).toBe(60_000);
    clock.advance(-365 * 24 * 3_600_000);
    expect(kiosk.reachability.sendsIn).toBe(0);
    await kiosk.end();
  });

  it('of a moment nobody waits long', async () => {
    const clock = new ManualClock();
    let health: Health = away;
    const kiosk = makeKiosk(
      clock,
      () => 0,
      () => health,
    );
    await kiosk.state('unreachable');
    health = there;
    clock.advance(5_000);
    await kiosk.state('reachable');
    expect(kiosk.reachability.sendsIn).toBe(5_000);
    clock.advance(5_000);
    expect(kiosk.reachability.sendsIn).toBe(0);
    await kiosk.end();
  });
});
