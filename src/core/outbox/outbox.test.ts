import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditTrail } from '../audit/audit-trail.ts';
import { migrate } from '../store/migrations/index.ts';
import { Outbox } from './outbox.ts';
import { turnOfCase, turnOfRating } from './turn.ts';

/** What ran, with its values. */
let ran: string[];
let database: Sqlite.Database;
let outbox: Outbox;
beforeEach(() => {
  ran = [];
  database = new Sqlite(':memory:', { verbose: (sql) => ran.push(String(sql)) });
  migrate(database);
  outbox = new Outbox(database, new AuditTrail(database, () => new Date('2026-11-22T01:30:00Z')));
});
afterEach(() => database.close());

/** Rows as a version before writes them: case, page and rating, all waiting. */
function oldCase(n: number): void {
  database.exec(
    `INSERT INTO case_record VALUES ('c${n}', 'P${n}', 'R${n}', NULL, 'code', 1, '户口迁移', '公安局', '2026-11-22T09:00:00+08:00', NULL)`,
  );
  for (const [position, step] of ['case', 'scan', 'rating'].entries()) {
    const id = position === 0 ? `c${n}` : `c${n}-${position}`;
    database.exec(
      `INSERT INTO outbox (id, case_id, position, step, state, next_attempt_at, created_at, payload)
       VALUES ('${id}', 'c${n}', ${position}, '${step}', 'waiting', ${n}, '2026-11-22T09:00:00+08:00', x'00')`,
    );
  }
}

describe('the outbox', () => {
  it('finds and counts by its indexes alone, and sorts nothing', () => {
    for (let n = 0; n < 3; n += 1) oldCase(n);
    outbox.lookAnew('stale');
    ran = [];
    outbox.nextDue(9);
    outbox.nextDue(9, new Set(['c0']), 'longest-due');
    outbox.nextAttemptAt(1);
    outbox.bringForward(1);
    outbox.counts();
    outbox.backlog();
    outbox.lookAnew('stale');
    outbox.correctArrivals('2026-11-22T09:00:00+08:00');
    outbox.erasable('2026-11-22T09:00:00+08:00', 1);
    for (const _id of outbox.pageIds()) break;
    const seen = [...ran];
    expect(seen.length).toBeGreaterThan(10);
    for (const sql of seen) {
      const plan = database
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail);
      for (const line of plan) {
        expect([sql, line]).toEqual([sql, expect.not.stringContaining('TEMP B-TREE')]);
        expect([sql, line]).toEqual([sql, expect.not.stringMatching(/^SCAN outbox$/)]);
      }
    }
  });

  it('puts right what a version before this one wrote, and then each case goes in its order', () => {
    for (let n = 0; n < 3; n += 1) oldCase(n);
    expect(outbox.nextDue(9)).toBeUndefined();
    outbox.lookAnew('stale');
    expect(outbox.nextDue(9)).toMatchObject({ id: 'c0' });
    // The version before sends a case: it knows nothing of what may go next.
    database.exec(`UPDATE outbox SET state = 'done', done_at = '2026-11-22T09:01:00+08:00' WHERE id = 'c0'`);
    outbox.lookAnew('stale');
    expect(outbox.nextDue(9)).toMatchObject({ id: 'c0-1' });
    outbox.markDone('c0-1', '2026-11-22T09:02:00+08:00');
    // Its rating comes after the other cases.
    expect(outbox.nextDue(9)).toMatchObject({ id: 'c1' });
    ran = [];
    outbox.lookAnew('stale');
    expect(ran.filter((sql) => sql.startsWith('UPDATE'))).toEqual([]);
  });
});

describe('the turn of a record', () => {
  const day = new Date('2026-11-22T01:00:00Z');
  it('is its deadline: the nearer one goes first, whenever it was handed in', () => {
    const later = new Date('2026-11-25T01:00:00Z');
    expect(turnOfCase(day, 0)).toBeLessThan(turnOfCase(day, 1));
    expect(turnOfCase(later, 3)).toBeLessThan(turnOfCase(day, 20));
    expect(turnOfCase(day, 5)).toBe(Date.parse('2026-11-29T01:00:00Z'));
  });

  it('of a rating is after that of every case', () => {
    expect(turnOfRating(day)).toBeGreaterThan(turnOfCase(new Date('2031-01-01T00:00:00Z'), 1_000));
  });
});
