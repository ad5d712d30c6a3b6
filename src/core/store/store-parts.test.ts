import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  memoryAudit,
  memoryCases,
  memoryOutbox,
  type AuditStore,
  type CaseStore,
  type OutboxStore,
} from '../../../test/fixtures/memory-store.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { CaseRecords } from '../case/case-records.ts';
import { Outbox } from '../outbox/outbox.ts';
import { migrate } from './migrations/index.ts';

interface Parts {
  readonly audit: AuditStore;
  readonly cases: CaseStore;
  readonly outbox: OutboxStore;
}

const now = () => new Date('2026-11-22T01:30:00Z');

function realParts(): Parts {
  const database = new Sqlite(':memory:');
  database.pragma('foreign_keys = ON');
  migrate(database);
  const audit = new AuditTrail(database, now);
  return { audit, cases: new CaseRecords(database), outbox: new Outbox(database, audit) };
}

function memoryParts(): Parts {
  const audit = memoryAudit(now);
  return { audit, cases: memoryCases(), outbox: memoryOutbox(audit) };
}

const record = (n: number) => ({
  id: `case-${n}`,
  provisionalNumber: `YS-${n}`,
  receiptCode: `R-${n}`,
  itemCode: 'code',
  itemVersion: 1,
  itemName: '户口迁移',
  department: '公安局',
  handedInAt: `2026-11-22T09:00:0${n}+08:00`,
});
const steps = ['case', 'scan', 'scan', 'rating'] as const;
const idOf = (n: number, position: number) => (position === 0 ? `case-${n}` : `row-${n}-${position}`);
const row = (n: number, position: number, firstAttemptAt = 100 * n + position, turn = 5_000 - 1_000 * n) => ({
  id: idOf(n, position),
  caseId: `case-${n}`,
  position,
  step: steps[position] ?? 'scan',
  firstAttemptAt,
  turn: position === 3 ? turn + 100_000 : turn,
  createdAt: `2026-11-22T09:0${n}:0${position}+08:00`,
  payload: Buffer.from(`content ${n} ${position}`),
});

describe.each([
  ['SQLite', realParts],
  ['memory', memoryParts],
])('the parts of the store in %s', (_kind, make) => {
  it('audit: counts from one, chains each row to the one before, finds the newest of a kind', () => {
    const { audit } = make();
    expect(audit.head()).toEqual({ sequence: 0, hash: Buffer.alloc(32) });
    expect(audit.latestAt()).toBeUndefined();
    for (const target of ['one', 'two']) audit.append({ who: 'staff:007', what: 'backed-up', target, outcome: 'done' });
    expect(audit.head().hash.toString('hex')).toBe('262b8fea8a1d4e6e4289344c5e7b83bf35523eb39f3a0ed12b95f6908e6a836e');
    const at = '2026-11-22T09:30:00+08:00';
    const newest = { sequence: 2, at, who: 'staff:007', what: 'backed-up', target: 'two', outcome: 'done' };
    expect(audit.last('backed-up')).toEqual(newest);
    expect(audit.last('restored')).toBeUndefined();
    expect(audit.latestAt()).toBe(at);
  });

  it('cases: gives serials without gaps, keeps numbers unique, finds by each of the three', () => {
    const { cases } = make();
    expect([cases.takeSerial('d1'), cases.takeSerial('d1'), cases.takeSerial('d2')]).toEqual([1, 2, 1]);
    cases.skipSerials('d1', 10);
    expect(cases.takeSerial('d1')).toBe(13);
    expect([cases.serialsLeft('d1'), cases.serialsLeft('d3')]).toEqual([9_986, 9_999]);
    cases.skipSerials('d1', 10_000);
    expect(cases.serialsLeft('d1')).toBe(0);
    cases.add(record(1));
    expect(() => cases.add({ ...record(1), id: 'other' })).toThrow(/unique/i);
    cases.bind('case-1', 'OFFICIAL', '2026-11-22T10:00:00+08:00');
    const bound = { ...record(1), officialNumber: 'OFFICIAL', receivedAt: '2026-11-22T10:00:00+08:00' };
    for (const number of ['YS-1', 'R-1', 'OFFICIAL']) expect(cases.find(number)).toEqual(bound);
    expect(cases.find('YS-2')).toBeUndefined();
  });

  it('cases: counts those that have no official number for long', () => {
    const { cases } = make();
    for (const n of [1, 2, 3]) cases.add(record(n));
    cases.bind('case-1', 'OFFICIAL', '2026-11-22T10:00:00+08:00');
    expect(cases.unregisteredSince('2026-11-22T09:00:03+08:00')).toBe(1);
    expect(cases.unregisteredSince('2026-11-22T09:00:04+08:00')).toBe(2);
    expect(cases.unregisteredSince('2026-11-22T09:00:01+08:00')).toBe(0);
  });

  it('outbox: the case first, then its steps in order; what needs staff holds nothing up', () => {
    const { cases, outbox, audit } = make();
    cases.add(record(1));
    for (const position of [3, 2, 1, 0]) outbox.add(row(1, position));
    expect(() => outbox.add(row(1, 2))).toThrow(/unique/i);
    expect(outbox.nextDue(99)).toBeUndefined();
    expect(outbox.nextDue(1_000)).toMatchObject({ id: 'case-1', step: 'case', attempts: 0 });
    outbox.postpone('case-1', 5_000, 'busy');
    expect(outbox.nextDue(1_000)).toBeUndefined();
    expect(outbox.nextAttemptAt(1_000)).toBe(5_000);
    expect(outbox.nextAttemptAt(5_000)).toBeUndefined();
    outbox.bringForward(1_000);
    expect(outbox.nextDue(1_000)).toMatchObject({ id: 'case-1', attempts: 1 });
    outbox.markDone('case-1', '2026-11-22T09:10:00+08:00');
    expect(outbox.nextDue(1_000)).toMatchObject({ id: 'row-1-1' });
    outbox.park('row-1-1', 'too-large');
    expect(outbox.nextDue(1_000)).toMatchObject({ id: 'row-1-2' });
    expect(outbox.counts()).toEqual({ waiting: 2, needsStaff: 1 });
    expect(audit.last('record-parked')).toMatchObject({ target: 'row-1-1', outcome: 'too-large' });
  });

  it('outbox: the nearest deadline first or the longest due, lanes that are busy left out, ratings after all cases', () => {
    const { cases, outbox } = make();
    for (const n of [1, 2, 3]) {
      cases.add(record(n));
      for (const position of [0, 3]) outbox.add(row(n, position));
    }
    expect(outbox.backlog()).toEqual({ cases: 3, oldest: row(1, 0).createdAt });
    expect(outbox.nextDue(1_000)).toMatchObject({ id: 'case-3' });
    expect(outbox.nextDue(1_000, new Set(['case-3']))).toMatchObject({ id: 'case-2' });
    expect(outbox.nextDue(1_000, new Set(), 'longest-due')).toMatchObject({ id: 'case-1' });
    outbox.markDone('case-3', '2026-11-22T09:10:00+08:00');
    expect(outbox.nextDue(1_000)).toMatchObject({ id: 'case-2' });
    for (const id of ['case-2', 'case-1']) outbox.markDone(id, '2026-11-22T09:10:00+08:00');
    expect(outbox.nextDue(1_000)).toMatchObject({ id: 'row-3-3', step: 'rating' });
    expect(outbox.backlog()).toEqual({ cases: 0, oldest: undefined });
  });

  it('outbox: where the upload of a page was begun is known until it arrived', () => {
    const { cases, outbox } = make();
    cases.add(record(1));
    for (const position of [0, 1]) outbox.add(row(1, position));
    outbox.markDone('case-1', '2026-11-22T09:10:00+08:00');
    outbox.keepUpload('row-1-1', 'https://platform.invalid/uploads/1');
    expect(outbox.nextDue(1_000)).toMatchObject({ upload: 'https://platform.invalid/uploads/1' });
  });

  it('outbox: content goes only of what arrived long ago, and a case is still known afterwards', () => {
    const { cases, outbox } = make();
    cases.add(record(1));
    for (const position of [0, 1, 2]) outbox.add(row(1, position));
    outbox.markDone('case-1', '2026-11-22T09:10:00+08:00');
    outbox.markDone('row-1-1', '2031-01-01T00:00:00+08:00');
    expect(outbox.erasable('2026-11-22T09:11:00+08:00', 9)).toEqual([{ id: 'case-1', step: 'case' }]);
    outbox.correctArrivals('2026-11-22T09:10:30+08:00');
    expect(outbox.erasable('2026-11-22T09:11:00+08:00', 9).map(({ id }) => id)).toEqual(['case-1', 'row-1-1']);
    for (const { id } of outbox.erasable('2026-11-22T09:11:00+08:00', 9)) outbox.erase(id);
    outbox.erase('row-1-2');
    expect(outbox.erasable('2026-11-22T09:11:00+08:00', 9)).toEqual([]);
    expect([...outbox.pageIds()]).toEqual(['row-1-2']);
    expect(outbox.caseState('case-1')).toBe('done');
    expect([outbox.has('case-1', 1), outbox.has('case-1', 2), outbox.isUnsent('row-1-2')]).toEqual([false, true, true]);
  });
});

describe('both kinds', () => {
  const which = { n: fc.integer({ min: 1, max: 3 }), position: fc.integer({ min: 0, max: 3 }) };
  const time = fc.integer({ min: 0, max: 9 });
  const action = fc.oneof(
    fc.record({ kind: fc.constantFrom('add', 'done', 'postpone', 'park', 'again', 'erase'), ...which, time }),
    fc.record({ kind: fc.constantFrom('forward', 'correct'), time, n: fc.constant(1), position: fc.constant(0) }),
  );
  const apply = ({ outbox }: Parts, one: { kind: string; n: number; position: number; time: number }, turn: number) => {
    const id = idOf(one.n, one.position);
    // Each time is another one, so that no order depends on which of two equal ones comes first.
    const until = 1_000 * one.time + turn;
    const at = `2026-11-2${one.time}T09:00:00.${String(turn).padStart(3, '0')}+08:00`;
    if (one.kind === 'add' && !outbox.has(`case-${one.n}`, one.position))
      outbox.add(row(one.n, one.position, until, 10_000 - until));
    else if (one.kind === 'done') outbox.markDone(id, at);
    else if (one.kind === 'postpone') outbox.postpone(id, until, 'busy');
    else if (one.kind === 'park') outbox.park(id, 'refused');
    else if (one.kind === 'again') outbox.sendAgain(id, until);
    else if (one.kind === 'erase') outbox.erase(id);
    else if (one.kind === 'forward') outbox.bringForward(until);
    else if (one.kind === 'correct') outbox.correctArrivals(at);
  };
  const ids = [1, 2, 3].flatMap((n) => [0, 1, 2, 3].map((position) => idOf(n, position)));
  const look = ({ outbox, audit }: Parts) => ({
    due: [0, 3_000, 6_000, 99_000].map((at) => outbox.nextDue(at)),
    next: [-1, 3_000, 6_000].map((at) => outbox.nextAttemptAt(at)),
    free: outbox.nextDue(99_000, new Set(['case-1'])),
    longest: outbox.nextDue(99_000, undefined, 'longest-due'),
    backlog: outbox.backlog(),
    counts: outbox.counts(),
    states: [1, 2, 3].map((n) => outbox.caseState(`case-${n}`)),
    unsent: ids.map((id) => outbox.isUnsent(id)),
    pages: [...outbox.pageIds()].toSorted(),
    erasable: outbox
      .erasable('2026-11-25T00:00:00+08:00', 20)
      .map(({ id }) => id)
      .toSorted(),
    head: audit.head().hash.toString('hex'),
  });

  it('answer alike after any history of the outbox', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), (history) => {
        const [real, twin] = [realParts(), memoryParts()];
        for (const parts of [real, twin]) for (const n of [1, 2, 3]) parts.cases.add(record(n));
        for (const [turn, one] of history.entries()) {
          apply(real, one, turn);
          apply(twin, one, turn);
          expect(look(twin)).toEqual(look(real));
        }
      }),
      { numRuns: 60 },
    );
  });
});
