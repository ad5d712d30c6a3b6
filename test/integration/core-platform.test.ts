import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import type { Fault } from '../../src/platform/faults.ts';
import { adapters } from '../fixtures/adapters.ts';
import { applyForAllowance, ManualClock, pass } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { officeClient } from '../fixtures/office-client.ts';

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
  });
  afterEach(() => hall.close());

  async function visit(on: Kiosk, level?: 'satisfied') {
    await applyForAllowance(on);
    const answer = await on.core.application.submit();
    if (level) await on.core.rating.submit({ level, channel: 'page' });
    await on.core.session.end({ cause: 'finished' });
    return answer;
  }

  const orderOf = (on: Pick<Kiosk, 'log'>) =>
    on.log.events.filter(({ event }) => event === 'core.delivered').map(({ fields }) => fields['step']);

  describe('the way of a case', () => {
    it('[P-29] is case, pages, rating; afterwards the official number is bound', async () => {
      const on = await hall.start();
      const answer = await visit(on, 'satisfied');
      await on.log.until('core.delivered', 3);
      expect(orderOf(on)).toEqual(['case', 'scan', 'rating']);
      const { cases, scans, ratings } = await hall.platform.received();
      expect(cases).toHaveLength(1);
      expect(cases[0]).toMatchObject({ provisionalNumber: answer.provisionalNumber });
      expect(scans).toHaveLength(1);
      expect(ratings).toMatchObject([{ level: 'satisfied' }]);
      const byProvisional = await on.core.progress.lookup({ number: answer.provisionalNumber });
      expect(byProvisional).toMatchObject({ stage: 'accepted', officialNumber: expect.stringMatching(/^990101/) });
      expect(await on.core.progress.lookup({ number: byProvisional.officialNumber ?? '' })).toEqual(byProvisional);
      expect(await on.core.progress.lookup({ number: answer.receiptCode })).toEqual(byProvisional);

      expect(await on.core.system.status()).toMatchObject({ platform: 'reachable', waiting: 0, needsStaff: 0 });
    });

    it('tells its stage by what the department did, and its steps where the system tells them', async () => {
      const on = await hall.start();
      const { provisionalNumber: number } = await visit(on);
      await on.log.until('core.delivered', 2);
      const { cases } = await hall.platform.received();
      const [{ id: caseId, itemCode } = { id: '', itemCode: '' }] = cases;
      const officer = { office: itemCode.slice(0, 18), id: '1' };
      for (const event of ['accept', 'start-review'] as const) {
        const headers = { 'idempotency-key': `"${randomUUID()}"` };
        await officeClient(hall.platform.url).cases.move({ headers, body: { caseId, officer, move: { event } } });
      }
      const found = await on.core.progress.lookup({ number });
      expect(found.stage).toBe('reviewing');
      const told = adapter.has('course-of-a-case') ? ['accept', 'start-review'] : undefined;
      expect(found.trail?.map(({ event }) => event)).toEqual(told);
    });

    it('still finds its own cases when the platform is away again', async () => {
      const clock = new ManualClock();
      const on = await hall.start({ clock });
      const answer = await visit(on);
      await on.log.until('core.delivered', 2);
      await hall.platform.setFault({ kind: 'down' });
      const own = await on.core.progress.lookup({ number: answer.provisionalNumber });
      expect(own).toMatchObject({ stage: 'applied', officialNumber: expect.stringMatching(/^990101/) });
      await expect(on.core.progress.lookup({ number: 'SOMEONE-ELSES' })).rejects.toMatchObject({
        code: 'PLATFORM_UNREACHABLE',
      });
    });
  });

  describe('exactly once', () => {
    it('[P-06] although the platform loses three of ten answers after its commit', async () => {
      const clock = new ManualClock();
      const on = await hall.start({ clock });
      await hall.platform.setFault({ kind: 'lose-answers', share: 0.3 });
      const answers = [];
      for (let n = 0; n < 8; n += 1) {
        answers.push(await visit(on, 'satisfied'));
      }
      await expect
        .poll(() => {
          pass(on, clock, 1_000);
          return on.log.count('core.delivered');
        })
        .toBe(24);
      const { cases, scans, ratings, replays } = await hall.platform.received();
      expect(cases.map(({ provisionalNumber }) => provisionalNumber).toSorted()).toEqual(
        answers.map(({ provisionalNumber }) => provisionalNumber).toSorted(),
      );
      expect(scans).toHaveLength(8);
      expect(ratings).toHaveLength(8);
      // Answers really were lost, and those records really came twice.
      expect(replays).toBeGreaterThan(0);
      expect(on.log.count('core.delivery-postponed', { reason: 'no-answer' })).toBeGreaterThan(0);
    });

    const troubles: { fault: Fault; reason: string }[] = [
      { fault: { kind: 'status', status: 500 }, reason: 'failing' },
      { fault: { kind: 'status', status: 503, retryAfterSeconds: 1 }, reason: 'busy' },
      { fault: { kind: 'html' }, reason: 'not-understood' },
      { fault: { kind: 'down' }, reason: 'no-answer' },
    ];
    it.each(troubles)('although the platform was $reason when it was handed in', async ({ fault, reason }) => {
      const clock = new ManualClock();
      await hall.platform.setFault(fault);
      const on = await hall.start({ clock });
      await on.log.until('core.platform-changed', 1, { state: 'unreachable', reason });
      const answer = await visit(on, 'satisfied');
      expect(await on.core.progress.lookup({ number: answer.provisionalNumber })).toMatchObject({
        stage: 'waiting-to-send',
      });
      expect(await on.core.system.status()).toMatchObject({ platform: 'unreachable', waiting: 3 });
      await hall.platform.setFault({ kind: 'none' });
      clock.advance(5_000);
      await on.log.until('core.platform-changed', 1, { state: 'reachable' });
      clock.advance(2_000);
      await on.log.until('core.delivered', 3);
      expect(await hall.platform.received()).toMatchObject({ cases: [{}], scans: [{}], ratings: [{}] });
    });

    it('when the trouble starts in the middle: 409 is tried again, a silent platform is given up on', async () => {
      const clock = new ManualClock();
      const on = await hall.start({ clock });
      await on.log.until('core.platform-changed', 1, { state: 'reachable' });
      await hall.platform.setFault({ kind: 'status', status: 409 });
      await visit(on);
      await on.log.until('core.delivery-postponed', 1, { reason: 'in-progress' });
      await hall.platform.setFault({ kind: 'hang' });
      clock.advance(3_000);
      await expect
        .poll(() => {
          clock.advance(60_000);
          return on.log.count('core.delivery-postponed', { reason: 'timed-out' });
        })
        .toBeGreaterThan(0);
      await hall.platform.setFault({ kind: 'none' });
      await expect
        .poll(() => {
          clock.advance(5_000);
          return on.log.count('core.delivered');
        })
        .toBe(2);
      expect((await hall.platform.received()).cases).toHaveLength(1);
    });

    it('and does not wait for years after the clock was set back', async () => {
      const clock = new ManualClock();
      const on = await hall.start({ clock });
      await on.log.until('core.platform-changed', 1, { state: 'reachable' });
      await hall.platform.setFault({ kind: 'status', status: 409 });
      await visit(on);
      await on.log.until('core.delivery-postponed', 1, { reason: 'in-progress' });
      const store = new Sqlite(join(on.dataDir, 'kiosk.db'));
      store
        .prepare(`UPDATE outbox SET next_attempt_at = ? WHERE step = 'case'`)
        .run(Date.parse('2031-01-01T00:00:00Z'));
      store.close();
      await hall.platform.setFault({ kind: 'none' });
      await visit(on);
      await expect
        .poll(() => {
          pass(on, clock, 2_000);
          return on.log.count('core.delivered');
        })
        .toBe(4);
    });

    it('and over a restart of the kiosk with everything still unsent', async () => {
      await hall.platform.setFault({ kind: 'down' });
      const first = await hall.start();
      const answers = [await visit(first, 'satisfied'), await visit(first)];
      first.stop();
      await hall.platform.setFault({ kind: 'none' });
      const second = await hall.start();
      await second.log.until('core.delivered', 5);
      expect((await hall.platform.received()).cases.map(({ provisionalNumber }) => provisionalNumber)).toEqual(
        answers.map(({ provisionalNumber }) => provisionalNumber),
      );
    });
  });

  describe('what only staff can solve', () => {
    it('is parked with its reason and kept, and holds up nobody else', async () => {
      await hall.platform.setFault({ kind: 'down' });
      const first = await hall.start();
      const lost = await visit(first);
      first.stop();
      await hall.platform.setFault({ kind: 'none' });
      // Another key: as when a disk is moved to another machine.
      const second = await hall.start({ deviceKey: Buffer.alloc(32, 9) });
      await second.log.until('core.delivery-parked', 1, { reason: 'sealed-broken' });
      const fine = await visit(second);
      await second.log.until('core.delivered', 2);
      expect((await hall.platform.received()).cases).toMatchObject([{ provisionalNumber: fine.provisionalNumber }]);
      expect(await second.core.progress.lookup({ number: lost.provisionalNumber })).toMatchObject({
        stage: 'needs-staff',
      });
      expect(await second.core.system.status()).toMatchObject({ needsStaff: 1, waiting: 1 });
      const store = new Sqlite(join(second.dataDir, 'kiosk.db'), { readonly: true });
      const kept = store
        .prepare(`SELECT reason, length(payload) > 500 AS kept FROM outbox WHERE state = 'needs-staff'`)
        .all();
      expect(kept).toEqual([{ reason: 'sealed-broken', kept: 1 }]);
      store.close();
    });

    it('is sent again when staff say so, once, in their name, and they see nothing of the person', async () => {
      await hall.platform.setFault({ kind: 'down' });
      const first = await hall.start();
      const { provisionalNumber } = await visit(first, 'satisfied');
      first.stop();
      await hall.platform.setFault({ kind: 'none' });
      const second = await hall.start({ deviceKey: Buffer.alloc(32, 9) });
      await second.log.until('core.delivery-parked', 1, { reason: 'sealed-broken' });
      second.stop();

      const { core, log, room } = await hall.start();
      const again = (id: string) => core.staff.sendAgain({ id, target: 'platform' });
      await expect(core.staff.parkedRecords()).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
      await expect(again('any')).rejects.toMatchObject({ code: 'SIGN_IN_NEEDED' });
      await core.staff.signIn({ number: '100001', pin: '246810' });
      const records = await core.staff.parkedRecords();
      const [parked] = records;
      expect(records).toEqual([
        {
          id: expect.any(String),
          target: 'platform',
          kind: 'case',
          number: provisionalNumber,
          reason: 'sealed-broken',
          at: expect.stringMatching(/\+08:00$/),
        },
      ]);
      const id = parked?.id ?? '';
      await again(id);
      await log.until('core.delivered', 3);
      expect(orderOf({ log })).toEqual(['case', 'scan', 'rating']);
      expect(await hall.platform.received()).toMatchObject({
        cases: [{ provisionalNumber }],
        scans: [{}],
        ratings: [{}],
      });
      await expect(again(id)).rejects.toMatchObject({ code: 'UNKNOWN_RECORD' });
      expect(await core.staff.parkedRecords()).toEqual([]);
      expect(await core.system.status()).toMatchObject({ waiting: 0, needsStaff: 0 });
      const told = room.service?.audit.last('staff-record-sent-again');
      expect(told).toMatchObject({ who: 'staff:100001', target: id, outcome: 'platform' });
      expect(log.count('core.staff-acted', { action: 'record-sent-again' })).toBe(1);
    });
  });
});
