import { randomBytes } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { ManualClock, RecordedLog } from '../../../test/fixtures/core-bench.ts';
import { oneQueue } from '../../../test/fixtures/queue-bench.ts';
import { RETRY_CAP_MS } from '../limits.ts';
import { migrate } from '../store/migrations/index.ts';
import { createTransact } from '../store/transact.ts';
import { Reachability } from '../sync/reachability.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { QueueLeases } from './queue-leases.ts';
import { QueueTickets } from './queue-tickets.ts';

const DAY = 24 * 3_600_000;
const hall = { code: '990101', name: '望岭县政务服务中心', hours: '9:00-17:00', phone: '0990-12345' };

it('asks again although the clock was set back by a day while a request rested', async () => {
  const database = new Sqlite(':memory:');
  migrate(database);
  const clock = new ManualClock();
  const random = { fraction: () => 0, bytes: randomBytes };
  const events = new RecordedLog();
  const { log } = events;
  const asked: string[] = [];
  const platform = {
    health: async () => ({ kind: 'done' as const, value: { time: clock.now().toISOString() } }),
    leaseQueueNumbers: async (id: string) => {
      asked.push(id);
      return asked.length === 1
        ? ({ kind: 'retry', reason: 'busy', detail: '503', afterMs: RETRY_CAP_MS } as const)
        : ({ kind: 'done', value: { first: 1, last: 120 } } as const);
    },
  };
  const stop = new AbortController();
  const reachability = new Reachability({ clock, random, platform, log });
  const keeper = new LeaseKeeper({
    clock,
    random,
    log,
    config: { kioskId: 'WL01', hall, queues: [...oneQueue] },
    transact: createTransact(database),
    leases: new QueueLeases(database),
    tickets: new QueueTickets(database),
    platform,
    reachability,
    onChange: () => undefined,
  });
  const running = [reachability.run(stop.signal), keeper.run(stop.signal)];
  await expect.poll(() => asked.length).toBe(1);
  clock.advance(-DAY);
  keeper.wake();
  await events.until('core.queue-leased', 2);
  stop.abort();
  await Promise.all(running);
});
