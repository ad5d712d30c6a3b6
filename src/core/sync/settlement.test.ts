import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ManualClock, RecordedLog } from '../../../test/fixtures/core-bench.ts';
import { AuditTrail } from '../audit/audit-trail.ts';
import { CaseRecords } from '../case/case-records.ts';
import { GIVE_UP_AGE_MS, GIVE_UP_ATTEMPTS, OTHERS_TAKEN_MS, SETTLE_BATCH } from '../limits.ts';
import { Outbox, type OutboxRow } from '../outbox/outbox.ts';
import { migrate } from '../store/migrations/index.ts';
import { createTransact } from '../store/transact.ts';
import type { Failure } from './outcome.ts';
import { Settlement } from './settlement.ts';

const failing: Failure = { kind: 'retry', reason: 'failing', detail: 'status 500' };
const taken = { kind: 'done', value: null } as const;
const createdAt = '2026-11-22T09:00:00+08:00';

function makeBench(cases: number) {
  const database = new Sqlite(':memory:');
  migrate(database);
  const clock = new ManualClock();
  const log = new RecordedLog();
  const outbox = new Outbox(database, new AuditTrail(database, () => clock.now()));
  const records = new CaseRecords(database);
  let commits = 0;
  let full = false;
  const transact = createTransact(database, () => {
    commits += 1;
  });
  for (let n = 0; n < cases; n += 1) {
    const item = { itemCode: 'code', itemVersion: 1, itemName: '户口迁移', department: '公安局' };
    records.add({ id: `case-${n}`, provisionalNumber: `P${n}`, receiptCode: `R${n}`, handedInAt: createdAt, ...item });
    const at = { position: 0, step: 'case', createdAt, firstAttemptAt: 0, turn: n } as const;
    outbox.add({ ...at, id: `case-${n}`, caseId: `case-${n}`, payload: Buffer.from('x') });
  }
  const settlement = new Settlement<OutboxRow, null>({
    clock,
    random: { fraction: () => 0, bytes: (count) => Buffer.alloc(count) },
    log: log.log,
    transact: (write) => (full ? { ok: false, reason: 'disk-full' } : transact(write)),
    outbox,
    courier: { arrived: () => undefined },
  });
  const rowOf = (n: number): OutboxRow => {
    const row = outbox.nextDue(Number.MAX_SAFE_INTEGER, new Set(Array.from({ length: n }, (_, m) => `case-${m}`)));
    if (!row) throw new Error(`no row ${n}`);
    return row;
  };
  const { signal } = new AbortController();
  /** As the only one. */
  const settle = (row: OutboxRow, outcome: Failure | typeof taken) => {
    const settled = settlement.settle({ row, outcome }, signal);
    settlement.hurry();
    return settled;
  };
  const fill = (now: boolean) => {
    full = now;
  };
  return { clock, log, outbox, settlement, rowOf, signal, settle, fill, commits: () => commits };
}

describe('what became of tries', () => {
  it('is written down in few commits when many end at once, and told only afterwards', async () => {
    const { settlement, rowOf, signal, log, outbox, commits } = makeBench(SETTLE_BATCH);
    const rows = Array.from({ length: SETTLE_BATCH }, (_, n) => rowOf(n));
    const settled = rows.map((row) => settlement.settle({ row, outcome: taken }, signal));
    expect(log.count('core.delivered')).toBe(0);
    expect(outbox.counts().waiting).toBe(SETTLE_BATCH);
    expect(new Set(await Promise.all(settled))).toEqual(new Set([true]));
    expect(commits()).toBe(1);
    expect(log.count('core.delivered')).toBe(SETTLE_BATCH);
    expect(outbox.counts()).toEqual({ waiting: 0, needsStaff: 0 });
  });

  it('waits for others no longer than a moment', async () => {
    const { settlement, rowOf, signal, clock } = makeBench(1);
    const settled = settlement.settle({ row: rowOf(0), outcome: taken }, signal);
    clock.advance(1_000);
    expect(await settled).toBe(true);
  });

  it('leaves every record as it was when the disk takes nothing', async () => {
    const { rowOf, settle, outbox, fill, log } = makeBench(2);
    fill(true);
    expect(await Promise.all([settle(rowOf(0), taken), settle(rowOf(1), failing)])).toEqual([false, false]);
    expect(outbox.counts()).toEqual({ waiting: 2, needsStaff: 0 });
    expect(log.count('core.delivered')).toBe(0);
    fill(false);
    expect(await settle(rowOf(0), taken)).toBe(true);
    expect(outbox.counts().waiting).toBe(1);
  });

  it.each([
    [{ kind: 'refused', reason: 'already-rated', detail: '' }, 'refused'],
    [{ kind: 'conflict', reason: 'content-differs', detail: '' }, 'conflict'],
    [{ kind: 'needs-staff', reason: 'too-large', detail: '' }, 'needs-staff'],
  ] as const)('is kept for staff with its name and reason: %o', async (outcome, name) => {
    const { rowOf, settle, outbox, log } = makeBench(1);
    await settle(rowOf(0), outcome);
    expect(outbox.counts()).toEqual({ waiting: 0, needsStaff: 1 });
    expect(log.count('core.delivery-parked', { outcome: name, reason: outcome.reason })).toBe(1);
  });
});

describe('a record that fails again and again', () => {
  const often = (row: OutboxRow) => ({ ...row, attempts: GIVE_UP_ATTEMPTS - 1 });

  it('is for staff when the platform takes others', async () => {
    const { rowOf, settle, outbox, log } = makeBench(2);
    await settle(rowOf(1), taken);
    await settle({ ...rowOf(0), attempts: GIVE_UP_ATTEMPTS - 2 }, failing);
    expect(outbox.counts()).toEqual({ waiting: 1, needsStaff: 0 });
    await settle(often({ ...rowOf(0) }), failing);
    expect(outbox.counts()).toEqual({ waiting: 0, needsStaff: 1 });
    expect(log.count('core.delivery-parked', { reason: 'gave-up:failing', outcome: 'needs-staff' })).toBe(1);
  });

  it('is not given up because the platform takes nothing at all', async () => {
    const { rowOf, settle, outbox, clock } = makeBench(2);
    await settle(rowOf(1), taken);
    clock.advance(OTHERS_TAKEN_MS);
    await settle(often(rowOf(0)), failing);
    expect(outbox.counts()).toEqual({ waiting: 1, needsStaff: 0 });
  });

  it('is for staff after so long in any case', async () => {
    const { rowOf, settle, outbox, clock } = makeBench(1);
    clock.advance(GIVE_UP_AGE_MS);
    await settle(often(rowOf(0)), failing);
    expect(outbox.counts()).toEqual({ waiting: 0, needsStaff: 1 });
  });
});
