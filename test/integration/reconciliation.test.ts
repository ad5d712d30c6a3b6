import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseExample } from '../../src/contract/platform-examples.ts';
import { SERVER_START_MS } from '../fixtures/case-bench.ts';
import { applyForAllowance, ManualClock } from '../fixtures/core-bench.ts';
import { type Hall, hallOf, type Kiosk } from '../fixtures/hall.ts';
import { oneQueue, takeNumber } from '../fixtures/queue-bench.ts';
import { closeEngines, type StoredPlatform } from '../fixtures/platform-engines.ts';
import { platformsAndAdapters } from '../fixtures/platforms-and-adapters.ts';

const DAY = 24 * 3_600_000;
const TODAY = '2026-11-22';

afterAll(closeEngines, SERVER_START_MS);

describe.each(platformsAndAdapters)(
  'the daily comparison with a platform on $name, over $over',
  ({ missing, start: startPlatform, adapter }) => {
    if (missing !== undefined) {
      it.skip(missing);
      return;
    }
    let stored: StoredPlatform;
    let hall: Hall<ManualClock>;
    beforeEach(async () => {
      const clock = new ManualClock();
      stored = await startPlatform(clock);
      hall = hallOf(stored, adapter, clock);
    }, SERVER_START_MS);
    afterEach(() => hall.close());

    /** Hands in and rates so many cases. Answers their ids, in order. */
    async function serve(on: Kiosk, visits: number): Promise<string[]> {
      const had = (await stored.platform.received()).cases.length;
      for (let n = 1; n <= visits; n += 1) {
        await applyForAllowance(on);
        await on.core.application.submit();
        await on.core.rating.submit({ level: 'satisfied', channel: 'page' });
        await on.core.session.end({ cause: 'finished' });
        await on.log.until('core.delivered', 3 * n);
      }
      return (await stored.platform.received()).cases.slice(had).map(({ id }) => id);
    }
    /** A day later, with a kiosk that was switched off over night. */
    async function nextDay(): Promise<Kiosk> {
      hall.stop();
      hall.clock.advance(DAY);
      return hall.start();
    }
    const differences = (on: Kiosk) =>
      on.log.events.filter(({ event }) => event === 'core.records-differ').map(({ fields }) => fields);
    const notices = async (on: Kiosk) =>
      (await on.core.system.status()).notices.filter(({ kind }) => kind === 'records-differ');
    /** What offices keep of a case. */
    const heldByCase = ['case_step', 'case_round', 'case_fact', 'instant_decision'];
    async function removeCase(id: string): Promise<void> {
      for (const table of [...heldByCase, 'page', 'rating', 'case_number', 'part', 'kiosk_change'])
        await stored.database.run(`DELETE FROM ${table} WHERE case_id = $1`, [id]);
      await stored.database.run('DELETE FROM case_record WHERE id = $1', [id]);
    }

    it('finds nothing where both have the same, and forgets what it compared by', async () => {
      await serve(await hall.start(), 2);
      const on = await nextDay();
      await on.log.until('core.reconciled', 1, { day: TODAY });
      expect(on.log.count('core.reconciled', { day: TODAY, records: 4 })).toBe(1);
      expect(await notices(on)).toEqual([]);
      expect(on.room.service?.audit.last('records-compared')).toMatchObject({ target: TODAY, outcome: 'same' });
      // Once a day.
      const again = await hall.start();
      await again.log.until('core.platform-changed', 1, { state: 'reachable' });
      hall.clock.advance(60_000);
      await again.core.system.status();
      expect(again.log.count('core.reconciled')).toBe(0);
    });

    it('[P-22] finds a case that the platform lost, tells staff, and is content when it is there again', async () => {
      const [first = '', second = ''] = await serve(await hall.start(), 2);
      const row = await stored.database.get<Record<string, string>>('SELECT * FROM case_record WHERE id = $1', [
        second,
      ]);
      await removeCase(second);
      const on = await nextDay();
      await on.log.until('core.records-differ', 2);
      expect(differences(on)).toEqual([
        { day: TODAY, kind: 'case', missing: 1, extra: 0, altered: 0 },
        { day: TODAY, kind: 'rating', missing: 1, extra: 0, altered: 0 },
      ]);
      expect(await notices(on)).toEqual([{ kind: 'records-differ', detail: TODAY }]);
      const told = on.room.service?.audit.last('records-compared')?.outcome;
      expect(told).toContain(`case missing: ${second}`);
      expect(told).not.toContain(first);

      if (!row) throw new Error('the case was there');
      const { rowid: _rowid, ...columns } = row;
      const names = Object.keys(columns);
      await stored.database.run(
        `INSERT INTO case_record (${names.join(', ')}) VALUES (${names.map((_name, index) => `$${index + 1}`).join(', ')})`,
        Object.values(columns),
      );
      const later = await nextDay();
      await later.log.until('core.records-differ', 1, { day: TODAY, kind: 'rating' });
      expect(later.log.count('core.records-differ', { kind: 'case' })).toBe(0);
    });

    it('[P-22] finds a record that no kiosk sent, and one that was altered', async () => {
      const [first = ''] = await serve(await hall.start(), 1);
      const strange = {
        ...caseExample,
        id: randomUUID(),
        kioskId: 'WL01',
        provisionalNumber: 'YS-X',
        receiptCode: 'RX',
      };
      const response = await fetch(`${stored.platform.url}/cases`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': `"${strange.id}"` },
        body: JSON.stringify({ ...strange, materials: [] }),
      });
      expect(response.status).toBe(200);
      await stored.database.run('UPDATE case_record SET content_hash = $1 WHERE id = $2', ['0'.repeat(64), first]);
      const on = await nextDay();
      await on.log.until('core.records-differ');
      expect(differences(on)).toEqual([{ day: TODAY, kind: 'case', missing: 0, extra: 1, altered: 1 }]);
      const told = on.room.service?.audit.last('records-compared')?.outcome;
      expect(told).toBe(`case extra: ${strange.id}; case altered: ${first}`);
    });

    describe('of queue tickets', () => {
      const started = () => hall.start({ config: { queues: oneQueue.map((queue) => ({ ...queue })) } });
      /** Gives so many numbers. Answers the ids of the tickets, in order. */
      async function give(count: number): Promise<string[]> {
        const on = await started();
        await on.log.until('core.queue-leased', 2);
        for (let n = 0; n < count; n += 1) await takeNumber(on);
        await on.log.until('core.delivered', count, { step: 'queue-ticket' });
        return (await stored.platform.received()).queueTickets.map(({ id }) => id);
      }
      const compared = async () => {
        hall.stop();
        hall.clock.advance(DAY);
        const on = await started();
        await on.log.until('core.platform-changed', 1, { state: 'reachable' });
        return on;
      };

      it('finds nothing where both have the same', async () => {
        await give(3);
        const on = await compared();
        await on.log.until('core.reconciled', 1, { day: TODAY, records: 3 });
        expect(on.room.service?.audit.last('records-compared')).toMatchObject({ target: TODAY, outcome: 'same' });
      });

      it('[P-22] finds a ticket that the platform lost, and one that was altered', async () => {
        const [lost = '', altered = ''] = await give(3);
        await stored.database.run('DELETE FROM queue_ticket WHERE id = $1', [lost]);
        await stored.database.run('UPDATE queue_ticket SET content_hash = $1 WHERE id = $2', ['0'.repeat(64), altered]);
        const on = await compared();
        await on.log.until('core.records-differ');
        expect(differences(on)).toEqual([{ day: TODAY, kind: 'queue-ticket', missing: 1, extra: 0, altered: 1 }]);
        expect(await notices(on)).toEqual([{ kind: 'records-differ', detail: TODAY }]);
        expect(on.room.service?.audit.last('records-compared')?.outcome).toBe(
          `queue-ticket missing: ${lost}; queue-ticket altered: ${altered}`,
        );
      });

      it('[P-22] finds a ticket that the kiosk never gave, and takes its own for none of these', async () => {
        const [known = '', forgotten = ''] = await give(2);
        const store = new Sqlite(join(hall.folder, 'data', 'kiosk.db'));
        // As when a version before took it there.
        store.prepare('DELETE FROM handed_over_ticket WHERE id = ?').run(forgotten);
        store.close();
        const strange = randomUUID();
        await stored.database.run('UPDATE queue_ticket SET id = $1, number = number + 50 WHERE id = $2', [
          strange,
          known,
        ]);
        const on = await compared();
        await on.log.until('core.records-differ');
        expect(on.room.service?.audit.last('records-compared')?.outcome).toBe(
          `queue-ticket missing: ${known}; queue-ticket extra: ${strange}`,
        );
      });
    });

    it('takes what is not sent yet, or was not acknowledged, for no difference', async () => {
      const on = await hall.start();
      await on.log.until('core.platform-changed', 1, { state: 'reachable' });
      await stored.platform.setFault({ kind: 'lose-answers', share: 1 });
      await applyForAllowance(on);
      await on.core.application.submit();
      await on.core.session.end({ cause: 'finished' });
      await expect.poll(async () => (await stored.platform.received()).cases.length).toBe(1);
      on.stop();
      await stored.platform.setFault({ kind: 'down' });
      const away = await hall.start();
      await applyForAllowance(away);
      await away.core.application.submit();
      away.stop();
      hall.clock.advance(DAY);
      // Reads are answered, and what the kiosk sends is not taken.
      await stored.platform.setFault({ kind: 'none' });
      const refusing: typeof fetch = (input, init) => {
        const request = new Request(input, init);
        return new URL(request.url).pathname === adapter.paths.submitCase
          ? Promise.reject(new TypeError('cut'))
          : fetch(request);
      };
      const current = await hall.start({ fetch: refusing });
      await current.log.until('core.reconciled', 1, { day: TODAY });
      expect(differences(current)).toEqual([]);
      expect(await notices(current)).toEqual([]);
    });

    it('catches up on days without the platform, and begins with the day on which the kiosk learnt to', async () => {
      const on = await hall.start();
      await serve(on, 1);
      await stored.platform.setFault({ kind: 'down' });
      await nextDay();
      await nextDay();
      await stored.platform.setFault({ kind: 'none' });
      const back = await nextDay();
      await back.log.until('core.reconciled', 3);
      const days = back.log.events
        .filter(({ event }) => event === 'core.reconciled')
        .map(({ fields }) => fields['day']);
      expect(days).toEqual([TODAY, '2026-11-23', '2026-11-24']);
    });

    it('leaves out the day that began with a version that did not remember what arrived', async () => {
      const first = await hall.start();
      await serve(first, 1);
      first.stop();
      const store = new Sqlite(join(first.dataDir, 'kiosk.db'));
      store.exec('DELETE FROM handed_over; DELETE FROM reconciliation');
      store.close();
      const updated = await hall.start();
      await updated.log.until('core.platform-changed', 1, { state: 'reachable' });
      await serve(updated, 1);
      hall.clock.advance(60_000);
      await nextDay();
      const on = await nextDay();
      await on.log.until('core.reconciled', 1, { day: '2026-11-23' });
      expect(on.room.service?.audit.last('records-compared')).toMatchObject({ target: '2026-11-23', outcome: 'same' });
      expect(await notices(on)).toEqual([]);
    });

    it('goes on although the clock ran ahead when the kiosk learnt to, and was set back', async () => {
      hall.clock.advance(3 * DAY);
      await (await hall.start()).log.until('core.platform-changed', 1, { state: 'reachable' });
      hall.stop();
      hall.clock.advance(-3 * DAY);
      await serve(await hall.start(), 1);
      const on = await nextDay();
      await on.log.until('core.reconciled', 1, { day: TODAY, records: 2 });
    });

    it('tells staff of a case that has had no official number for a day', async () => {
      await stored.platform.setFault({ kind: 'down' });
      const on = await hall.start();
      await applyForAllowance(on);
      await on.core.application.submit();
      await on.core.session.end({ cause: 'finished' });
      const kinds = async (of: Kiosk) => (await of.core.system.status()).notices.map(({ kind }) => kind);
      expect(await kinds(await hall.start())).not.toContain('cases-unregistered');
      const next = await nextDay();
      hall.clock.advance(60_000);
      await next.log.until('core.cases-unregistered', 1, { cases: 1 });
      expect(await kinds(next)).toContain('cases-unregistered');
    });
  },
);
