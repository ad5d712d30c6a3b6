import { setImmediate } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { ManualClock, RecordedLog } from '../../../test/fixtures/core-bench.ts';
import type { Clock } from '../../contract/clock.ts';
import { Deliveries, type DeliveryRow } from '../outbox/deliveries.ts';
import { migrate } from '../store/migrations/index.ts';
import { Reachability } from './reachability.ts';
import { Sync } from './sync.ts';

/** A clock that goes on by a millisecond whenever it is asked, as a real one may. */
class GoingClock implements Clock {
  readonly #clock: ManualClock;
  constructor(clock: ManualClock) {
    this.#clock = clock;
  }
  now(): Date {
    this.#clock.advance(1);
    return this.#clock.now();
  }
  delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#clock.delay(milliseconds, signal);
  }
}

const row: DeliveryRow = { id: 'record', step: 'case', attempts: 0, createdAt: '2026-11-22T09:00:00+08:00' };

/** A record that falls due right after the next look at what is due, once it is there. */
class DueInBetween extends Deliveries<DeliveryRow> {
  isThere = false;
  #dueAt: number | undefined;

  override nextDue(now: number): DeliveryRow | undefined {
    if (!this.isThere) return undefined;
    this.#dueAt ??= now + 1;
    return this.#dueAt <= now ? row : undefined;
  }
  override nextAttemptAt(after: number): number | undefined {
    return this.#dueAt !== undefined && this.#dueAt > after ? this.#dueAt : undefined;
  }
  override laneOf(): string {
    return 'lane';
  }
  override markDone(): void {
    this.isThere = false;
  }
}

it('a record that falls due while it is looked what is due is sent', async () => {
  const manual = new ManualClock();
  const clock = new GoingClock(manual);
  const log = new RecordedLog();
  const random = { fraction: () => 0, bytes: (count: number) => Buffer.alloc(count) };
  const time = manual.now().toISOString();
  const reachability = new Reachability({
    clock,
    random,
    platform: { health: async () => ({ kind: 'done', value: { time } }) },
    log: log.log,
  });
  const leaving = new AbortController();
  let isSent = false;
  const database = new Sqlite(':memory:');
  migrate(database);
  const outbox = new DueInBetween(database, 'kiosk_outbox');
  const sync = new Sync({
    clock,
    random,
    log: log.log,
    transact: (write) => ({ ok: true, value: write() }),
    outbox,
    courier: {
      async send() {
        isSent = true;
        return { kind: 'done', value: null };
      },
      arrived: () => leaving.abort(),
    },
    reachability,
    onChange: () => undefined,
  });
  void reachability.run(leaving.signal);
  await expect.poll(() => reachability.state).toBe('reachable');
  const run = sync.run(leaving.signal);
  await setImmediate();
  outbox.isThere = true;
  sync.wake();
  await expect
    .poll(() => {
      manual.advance(10);
      return isSent;
    })
    .toBe(true);
  leaving.abort();
  await run;
});
