import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SelfTestWish } from './self-tests.ts';
import { ManualClock } from '../../../test/fixtures/core-bench.ts';
import { DailySelfTest, isDue } from './daily.ts';

const at = '08:30';
const due = Date.parse('2026-11-22T08:30:00+08:00');
const after = (milliseconds: number) => new Date(due + milliseconds);
const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

it('is due from the time of the hall on, once a day', () => {
  expect(isDue(after(-1), at, undefined)).toBe(false);
  expect(isDue(after(0), at, undefined)).toBe(true);
  // A test before the time, as after a restart at night, is not today's.
  expect(isDue(after(1), at, after(-1))).toBe(true);
  expect(isDue(after(5_000), at, after(2_000))).toBe(false);
  expect(isDue(after(DAY_MS - 1), at, after(2_000))).toBe(false);
  expect(isDue(after(DAY_MS), at, after(2_000))).toBe(true);
});

it('is due although the last one seems to be in the future: the clock was wrong then', () => {
  expect(isDue(after(5_000), at, after(1_000 * DAY_MS))).toBe(true);
});

let stopped: AbortController;
beforeEach(() => {
  stopped = new AbortController();
});
afterEach(() => stopped.abort());

/** A kiosk at half past nine, an hour after its test was due. */
function daily(told: boolean, lastOpening?: Date) {
  const clock = new ManualClock();
  const wishes: SelfTestWish[] = [];
  const state = { busy: false };
  let tell = (): void => undefined;
  const onChange = (listener: () => void) => {
    tell = listener;
    return () => undefined;
  };
  const devices = { isTold: told, onChange };
  const test = new DailySelfTest({
    clock,
    at,
    selfTests: {
      isRunning: false,
      async *run(wish) {
        wishes.push(wish);
        yield* [];
      },
    },
    records: { lastOpening: () => lastOpening?.toISOString() },
    devices,
    isBusy: () => state.busy,
  });
  const running = test.run(stopped.signal);
  /** Lets so much time pass, and everything happen that waits for it. */
  const pass = async (milliseconds: number) => {
    for (let left = milliseconds; left > 0; left -= MINUTE_MS) {
      clock.advance(Math.min(left, MINUTE_MS));
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  };
  return { clock, wishes, state, running, pass, tell: () => tell() };
}

it('is made up for when the kiosk starts late, unattended, and again the next morning', async () => {
  const { wishes, pass, running } = daily(true);
  await pass(MINUTE_MS);
  expect(wishes).toEqual([{ cause: 'opening', attended: false }]);
  await pass(22 * 3_600_000);
  expect(wishes).toHaveLength(1);
  await pass(2 * 3_600_000);
  expect(wishes).toHaveLength(2);
  stopped.abort();
  await running;
});

it('is not repeated after a restart on the same day', async () => {
  const { wishes, pass } = daily(true, after(10_000));
  await pass(3_600_000);
  expect(wishes).toEqual([]);
});

it('waits until nobody is being served', async () => {
  const { wishes, pass, state } = daily(false);
  state.busy = true;
  await pass(10 * MINUTE_MS);
  expect(wishes).toEqual([]);
  state.busy = false;
  await pass(MINUTE_MS);
  expect(wishes).toHaveLength(1);
});

it('waits for the device process, and not for ever', async () => {
  const late = daily(false);
  await late.pass(1_000);
  expect(late.wishes).toEqual([]);
  late.tell();
  await late.pass(1);
  expect(late.wishes).toHaveLength(1);
  const never = daily(false);
  await never.pass(MINUTE_MS);
  expect(never.wishes).toHaveLength(1);
});
