import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseExample } from '../../src/contract/platform-examples.ts';
import { applyForAllowance, makeFolder, ManualClock, removeFolder, startCore } from '../fixtures/core-bench.ts';
import { closeEngines, platformEngines, type StoredPlatform } from '../fixtures/platform-engines.ts';

type Bench = Awaited<ReturnType<typeof startCore>>;
const DAY = 24 * 3_600_000;
const TODAY = '2026-11-22';
/** Making a server's folder takes long on a machine that does other things too. */
const SERVER_START_MS = 60_000;

afterAll(closeEngines, SERVER_START_MS);

describe.each(platformEngines)('the daily comparison with a platform on $name', ({ missing, start: startPlatform }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }
  let clock: ManualClock;
  let stored: StoredPlatform;
  let folder: string;
  let current: Bench | undefined;
  beforeEach(async () => {
    clock = new ManualClock();
    folder = makeFolder();
    stored = await startPlatform(clock);
  }, SERVER_START_MS);
  afterEach(async () => {
    current?.stop();
    expect(current?.bugs ?? []).toEqual([]);
    current = undefined;
    removeFolder(folder);
    await stored.close();
  });

  async function start(): Promise<Bench> {
    current?.stop();
    current = await startCore({ clock, platformUrl: stored.platform.url, folder });
    return current;
  }
  /** Hands in and rates so many cases. Answers their ids, in order. */
  async function serve(on: Bench, visits: number): Promise<string[]> {
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
  async function nextDay(): Promise<Bench> {
    current?.stop();
    clock.advance(DAY);
    return start();
  }
  const differences = (on: Bench) =>
    on.log.events.filter(({ event }) => event === 'core.records-differ').map(({ fields }) => fields);
  const notices = async (on: Bench) =>
    (await on.core.system.status()).notices.filter(({ kind }) => kind === 'records-differ');
  async function removeCase(id: string): Promise<void> {
    for (const table of ['page', 'rating', 'case_number', 'part', 'kiosk_change'])
      await stored.database.run(`DELETE FROM ${table} WHERE case_id = $1`, [id]);
    await stored.database.run('DELETE FROM case_record WHERE id = $1', [id]);
  }

  it('finds nothing where both have the same, and forgets what it compared by', async () => {
    await serve(await start(), 2);
    const on = await nextDay();
    await on.log.until('core.reconciled', 1, { day: TODAY });
    expect(on.log.count('core.reconciled', { day: TODAY, records: 4 })).toBe(1);
    expect(await notices(on)).toEqual([]);
    expect(on.room.service?.audit.last('records-compared')).toMatchObject({ target: TODAY, outcome: 'same' });
    // Once a day.
    const again = await start();
    clock.advance(60_000);
    await again.log.until('core.platform-changed', 1, { state: 'reachable' });
    expect(again.log.count('core.reconciled')).toBe(0);
  });

  it('[P-22] finds a case that the platform lost, tells staff, and is content when it is there again', async () => {
    const [first = '', second = ''] = await serve(await start(), 2);
    const row = await stored.database.get<Record<string, string>>('SELECT * FROM case_record WHERE id = $1', [second]);
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
    const [first = ''] = await serve(await start(), 1);
    const strange = { ...caseExample, id: randomUUID(), kioskId: 'WL01', provisionalNumber: 'YS-X', receiptCode: 'RX' };
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

  it('takes what is not sent yet, or was not acknowledged, for no difference', async () => {
    const on = await start();
    await on.log.until('core.platform-changed', 1, { state: 'reachable' });
    await stored.platform.setFault({ kind: 'lose-answers', share: 1 });
    await applyForAllowance(on);
    await on.core.application.submit();
    await on.core.session.end({ cause: 'finished' });
    await expect.poll(async () => (await stored.platform.received()).cases.length).toBe(1);
    on.stop();
    await stored.platform.setFault({ kind: 'down' });
    const away = await start();
    await applyForAllowance(away);
    await away.core.application.submit();
    away.stop();
    current = undefined;
    clock.advance(DAY);
    // Reads are answered, and what the kiosk sends is not taken.
    await stored.platform.setFault({ kind: 'none' });
    const refusing: typeof fetch = (input, init) => {
      const request = new Request(input, init);
      return request.url.endsWith('/cases') ? Promise.reject(new TypeError('cut')) : fetch(request);
    };
    current = await startCore({ clock, platformUrl: stored.platform.url, folder, fetch: refusing });
    await current.log.until('core.reconciled', 1, { day: TODAY });
    expect(differences(current)).toEqual([]);
    expect(await notices(current)).toEqual([]);
  });

  it('catches up on days without the platform, and begins with the day on which the kiosk learnt to', async () => {
    const on = await start();
    await serve(on, 1);
    await stored.platform.setFault({ kind: 'down' });
    await nextDay();
    await nextDay();
    await stored.platform.setFault({ kind: 'none' });
    const back = await nextDay();
    await back.log.until('core.reconciled', 3);
    const days = back.log.events.filter(({ event }) => event === 'core.reconciled').map(({ fields }) => fields['day']);
    expect(days).toEqual([TODAY, '2026-11-23', '2026-11-24']);
  });

  it('leaves out the day that began with a version that did not remember what arrived', async () => {
    const first = await start();
    await serve(first, 1);
    first.stop();
    const store = new Sqlite(join(first.dataDir, 'kiosk.db'));
    store.exec('DELETE FROM handed_over; DELETE FROM reconciliation');
    store.close();
    const updated = await start();
    await updated.log.until('core.platform-changed', 1, { state: 'reachable' });
    await serve(updated, 1);
    clock.advance(60_000);
    await nextDay();
    const on = await nextDay();
    await on.log.until('core.reconciled', 1, { day: '2026-11-23' });
    expect(on.room.service?.audit.last('records-compared')).toMatchObject({ target: '2026-11-23', outcome: 'same' });
    expect(await notices(on)).toEqual([]);
  });

  it('goes on although the clock ran ahead when the kiosk learnt to, and was set back', async () => {
    clock.advance(3 * DAY);
    await (await start()).log.until('core.platform-changed', 1, { state: 'reachable' });
    current?.stop();
    clock.advance(-3 * DAY);
    await serve(await start(), 1);
    const on = await nextDay();
    await on.log.until('core.reconciled', 1, { day: TODAY, records: 2 });
  });

  it('tells staff of a case that has had no official number for a day', async () => {
    await stored.platform.setFault({ kind: 'down' });
    const on = await start();
    await applyForAllowance(on);
    await on.core.application.submit();
    await on.core.session.end({ cause: 'finished' });
    const kinds = async (of: Bench) => (await of.core.system.status()).notices.map(({ kind }) => kind);
    expect(await kinds(await start())).not.toContain('cases-unregistered');
    const next = await nextDay();
    clock.advance(60_000);
    await next.log.until('core.cases-unregistered', 1, { cases: 1 });
    expect(await kinds(next)).toContain('cases-unregistered');
  });
});
