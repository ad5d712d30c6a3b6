import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditTrail } from '../audit/audit-trail.ts';
import { migrate } from '../store/migrations/index.ts';
import { LibraryDeliveries } from './library-deliveries.ts';
import { Outbox } from './outbox.ts';

interface Store {
  readonly database: Sqlite.Database;
  readonly outbox: Outbox;
  readonly library: LibraryDeliveries;
}

/** What ran, with its values. */
let ran: string[] = [];
let store: Store;
beforeEach(() => {
  store = open();
});
afterEach(() => store.database.close());

function open(): Store {
  const database = new Sqlite(':memory:', { verbose: (sql) => ran.push(String(sql)) });
  migrate(database);
  const audit = new AuditTrail(database, () => new Date('2026-11-22T01:30:00Z'));
  const library = new LibraryDeliveries(database, audit);
  for (const n of [1, 2, 3])
    database.exec(
      `INSERT INTO case_record VALUES ('${idOf(n, 0)}', 'P${n}', 'R${n}', NULL, 'code', 1, '户口迁移', '公安局', '2026-11-22T09:00:00+08:00', NULL)`,
    );
  return { database, outbox: new Outbox(database, audit, library), library };
}

const steps = ['case', 'scan', 'scan', 'rating'] as const;
const idOf = (n: number, position: number) => `019ab4c0-5a00-7000-8000-00000000${n}${n}0${position}`;
const row = (n: number, position: number, at = 100 * n + position, turn = 5_000 - 1_000 * n) => ({
  id: idOf(n, position),
  caseId: idOf(n, 0),
  position,
  step: steps[position] ?? 'scan',
  firstAttemptAt: at,
  turn: position === 3 ? turn + 100_000 : turn,
  createdAt: `2026-11-22T09:0${n}:0${position}+08:00`,
  payload: Buffer.from(`content ${n} ${position}`),
});
const addCase = ({ outbox }: Pick<Store, 'outbox'>, n: number) => {
  for (const position of [0, 1, 2, 3]) outbox.add(row(n, position));
};

describe('deliveries to the case library', () => {
  it('go in the order that records go to the platform, after any history of either', () => {
    const action = fc.record({
      kind: fc.constantFrom('done', 'postpone', 'park', 'again', 'forward'),
      n: fc.integer({ min: 1, max: 3 }),
      position: fc.integer({ min: 0, max: 3 }),
      time: fc.integer({ min: 0, max: 9 }),
    });
    const look = (one: Outbox | LibraryDeliveries) => ({
      due: [0, 3_000, 6_000, 99_000].map((at) => one.nextDue(at)),
      next: [-1, 3_000, 6_000].map((at) => one.nextAttemptAt(at)),
      free: one.nextDue(99_000, new Set([idOf(1, 0)])),
      longest: one.nextDue(99_000, undefined, 'longest-due'),
      backlog: one.backlog(),
      counts: one.counts(),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (history) => {
        const [here, there] = [open(), open()];
        for (const one of [here, there]) for (const n of [1, 2, 3]) addCase(one, n);
        for (const [turn, { kind, n, position, time }] of history.entries()) {
          const until = 1_000 * time + turn;
          for (const one of [here.outbox, there.library]) {
            if (kind === 'done') one.markDone(idOf(n, position), '2026-11-22T09:30:00+08:00');
            else if (kind === 'postpone') one.postpone(idOf(n, position), until, 'busy');
            else if (kind === 'park') one.park(idOf(n, position), 'refused');
            else if (kind === 'again') one.sendAgain(idOf(n, position), until);
            else one.bringForward(until);
          }
          expect(look(there.library)).toEqual(look(here.outbox));
        }
        for (const { database } of [here, there]) database.close();
      }),
      // A page that staff send again while its case still waits once held the case up for good.
      {
        numRuns: 40,
        examples: [[['park' as const, 'again' as const].map((kind) => ({ kind, n: 1, position: 2, time: 0 }))]],
      },
    );
  });

  it('are found and counted by indexes alone', () => {
    for (const n of [1, 2, 3]) addCase(store, n);
    ran = [];
    const { library, outbox } = store;
    library.nextDue(999);
    library.nextDue(999, new Set([idOf(1, 0)]), 'longest-due');
    library.nextAttemptAt(1);
    library.bringForward(1);
    library.counts();
    library.backlog();
    library.takeUp('newer');
    outbox.erasable('2026-11-22T09:00:00+08:00', 1);
    outbox.correctArrivals('2026-11-22T09:00:00+08:00');
    expect(ran.length).toBeGreaterThan(8);
    const seen = [...ran];
    for (const sql of seen) {
      const plan = store.database.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
      for (const { detail } of plan)
        expect([sql, detail]).toEqual([
          sql,
          expect.not.stringMatching(/TEMP B-TREE|^SCAN (library_delivery|outbox|d|o)$/),
        ]);
    }
  });

  it('are taken up for what a version before wrote, except of cases whose content is gone', () => {
    const { database, library, outbox } = store;
    addCase(store, 1);
    // Written without this class, as by the version before.
    const before = new Outbox(database, new AuditTrail(database, () => new Date()));
    for (const n of [2, 3]) for (const position of [0, 1, 2, 3]) before.add(row(n, position));
    outbox.markDone(idOf(2, 0), '2026-11-22T09:30:00+08:00');
    outbox.erase(idOf(2, 0));
    library.takeUp('newer');
    expect(library.counts()).toEqual({ waiting: 8, needsStaff: 0 });
    expect(library.nextDue(9_999)).toMatchObject({ id: idOf(3, 0), payload: Buffer.from('content 3 0') });
    for (const position of [0, 1, 2, 3]) {
      const next = library.nextDue(9_999, new Set([idOf(1, 0)]));
      expect(next?.id).toBe(idOf(3, position));
      library.markDone(idOf(3, position), '2026-11-22T09:40:00+08:00');
    }
    ran = [];
    library.takeUp('newer');
    expect(ran).toHaveLength(1);
  });

  it('say so when the version before let a record go that only the platform had', () => {
    const { database, library } = store;
    addCase(store, 1);
    library.markDone(idOf(1, 0), '2026-11-22T09:40:00+08:00');
    database.exec(`DELETE FROM outbox WHERE id = '${idOf(1, 1)}'`);
    expect(library.nextDue(9_999)).toMatchObject({ id: idOf(1, 1), payload: null });
  });
});
