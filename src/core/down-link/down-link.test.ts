import { randomBytes, randomUUID } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { ManualClock, RecordedLog } from '../../../test/fixtures/core-bench.ts';
import type { Change, ChangePage } from '../../contract/changes.ts';
import { CHANGES_KEPT_MS } from '../limits.ts';
import { KeyRing } from '../store/key-ring.ts';
import { migrate } from '../store/migrations/index.ts';
import { createTransact } from '../store/transact.ts';
import type { Outcome } from '../sync/outcome.ts';
import { Reachability } from '../sync/reachability.ts';
import { DownLink } from './down-link.ts';
import { IncomingChanges } from './incoming-changes.ts';

const caseId = randomUUID();
const changes: Change[] = [
  { id: randomUUID(), kind: 'case-state', at: '2026-11-22T01:00:00Z', content: { caseId, stage: 'reviewing' } },
  { id: randomUUID(), kind: 'configuration', at: '2026-11-22T01:00:00Z', content: {} },
  { id: randomUUID(), kind: 'case-state', at: '2026-11-22T01:00:00Z', content: { caseId, stage: 'decided' } },
];

const random = { fraction: () => 0.5, bytes: randomBytes };

const everything = { kind: 'done' as const, value: { changes, next: '3-end', more: false } };

/** A kiosk's down-link on a store of its own; the platform answers with all changes, whatever it is asked, unless told otherwise. */
function kiosk() {
  const database = new Sqlite(':memory:');
  migrate(database);
  const clock = new ManualClock();
  const seal = new KeyRing(Buffer.alloc(32, 7), undefined, randomBytes).sealFor('incoming_change');
  const incoming = new IncomingChanges(database, seal);
  const start = (takeConfig: () => void, answer: (after: string) => Outcome<ChangePage> = () => everything) => {
    const stop = new AbortController();
    const events = new RecordedLog();
    const platform = {
      health: async () => ({ kind: 'done' as const, value: { time: clock.now().toISOString() } }),
      changes: async (_kioskId: string, after: string) => answer(after),
    };
    const reachability = new Reachability({ clock, random, platform, log: events.log });
    const downLink = new DownLink({
      clock,
      random,
      log: events.log,
      transact: createTransact(database),
      kioskId: 'WL01',
      platform,
      reachability,
      incoming,
      takeConfig,
      onChange: () => undefined,
    });
    const watching = reachability.run(stop.signal);
    const running = downLink.run(stop.signal);
    const end = (): Promise<void> => {
      stop.abort();
      return watching;
    };
    return { running, events, stop: end };
  };
  return { database, clock, incoming, start };
}

it('a page that breaks off in its middle leaves nothing behind, neither change nor cursor, and comes whole the next time', async () => {
  const { database, incoming, start } = kiosk();
  const cut = start(() => {
    throw new Error('power cut');
  });
  await expect(cut.running).rejects.toThrow('power cut');
  await cut.stop();
  expect(incoming.cursor()).toBe('');
  expect(database.prepare('SELECT count(*) FROM incoming_change').pluck().get()).toBe(0);

  let configs = 0;
  const next = start(() => {
    configs += 1;
  });
  await next.events.until('core.changes-taken', 1, { changes: 3 });
  await next.stop();
  await next.running;
  expect(incoming.cursor()).toBe('3-end');
  expect(incoming.about(caseId).map(({ content }) => content)).toMatchObject([
    { stage: 'reviewing' },
    { stage: 'decided' },
  ]);
  expect(configs).toBe(1);
});

it('what comes again takes no effect again, and what is old is forgotten but not taken anew', async () => {
  const { clock, incoming, start } = kiosk();
  let configs = 0;
  const count = () => {
    configs += 1;
  };
  const first = start(count);
  await first.events.until('core.changes-taken');
  await first.stop();
  clock.advance(CHANGES_KEPT_MS + 1_000);
  const second = start(count);
  await expect.poll(() => incoming.readAt()).toBe('2027-05-21T09:30:01+08:00');
  await second.stop();
  expect(configs).toBe(1);
  expect(second.events.count('core.changes-taken')).toBe(0);
  expect(incoming.about(caseId)).toEqual([]);
});

it('has read the list when it came to its end, not with a page of it nor by beginning anew', async () => {
  const { clock, incoming, start } = kiosk();
  let broken = true;
  const answer = (after: string): Outcome<ChangePage> => {
    if (after === '') return { kind: 'done', value: { changes: changes.slice(0, 1), next: '1-first', more: true } };
    if (after === '3-end') return { kind: 'refused', reason: 'cursor-unknown', detail: '409' };
    return broken ? { kind: 'retry', reason: 'timed-out', detail: 'cut' } : everything;
  };
  const first = start(() => undefined, answer);
  await first.events.until('core.changes-not-read');
  expect([incoming.cursor(), incoming.readAt()]).toEqual(['1-first', undefined]);
  await first.stop();
  broken = false;
  const second = start(() => undefined, answer);
  await expect.poll(() => incoming.cursor()).toBe('3-end');
  const readAt = '2026-11-22T09:30:00+08:00';
  expect(incoming.readAt()).toBe(readAt);
  await second.stop();
  broken = true;
  clock.advance(3_600_000);
  const third = start(() => undefined, answer);
  await third.events.until('core.changes-not-read');
  expect(third.events.count('core.changes-read-anew')).toBe(1);
  expect([incoming.cursor(), incoming.readAt()]).toEqual(['1-first', readAt]);
  await third.stop();
});
