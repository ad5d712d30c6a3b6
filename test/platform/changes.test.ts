import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changePage } from '../../src/contract/changes.ts';
import { caseReceipt } from '../../src/contract/platform-api.ts';
import { caseExample } from '../../src/contract/platform-examples.ts';
import { publishChange, readChanges } from '../../src/platform/changes.ts';
import { CHANGES_PER_PAGE } from '../../src/platform/limits.ts';
import { createPlatform } from '../../src/platform/server.ts';
import type { SqlDatabase } from '../../src/platform/sql.ts';
import { createPlatformStore } from '../../src/platform/store.ts';
import { closeEngines, platformEngines, type StoredPlatform } from '../fixtures/platform-engines.ts';

const at = new Date('2026-11-22T01:00:00Z');
/** Making a server's folder takes long on a machine that does other things too. */
const SERVER_START_MS = 60_000;
const announcement = {
  announcement: randomUUID(),
  title: '停电',
  text: '请改日来',
  from: '2026-11-22T10:00:00+08:00',
  until: '2026-11-22T12:00:00+08:00',
};
const secret = {
  number: '安保审〔2026〕91号',
  office: '安澜县政务服务管理局',
  reviewedOn: '2026-11-20',
  verdict: 'classified',
};
const news = (id: string, kiosks = ['KSK1']) => ({ id, kind: 'opinion-poll', content: { question: '您好' }, kiosks });

afterAll(closeEngines, SERVER_START_MS);

describe.each(platformEngines)('changes on $name', ({ missing, start }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }
  let stored: StoredPlatform;
  let database: SqlDatabase;
  beforeEach(async () => {
    stored = await start();
    ({ database } = stored);
  }, SERVER_START_MS);
  afterEach(() => stored.close());

  const publish = (what: Parameters<typeof publishChange>[1]) =>
    database.transaction((transaction) => publishChange(transaction, what, at));
  async function readAll(kioskId: string, from = ''): Promise<string[]> {
    const page = await readChanges(database, kioskId, from);
    if (!page.ok) throw new Error(page.reason);
    const ids = page.value.changes.map(({ id }) => id);
    return page.value.more ? [...ids, ...(await readAll(kioskId, page.value.next))] : ids;
  }

  it('come in pages, in the order in which they were published, and once for an id', async () => {
    const ids = Array.from({ length: CHANGES_PER_PAGE + 5 }, () => randomUUID());
    for (const id of [...ids, ...ids.slice(0, 3)]) expect(await publish(news(id))).toEqual({ ok: true, value: 1 });
    expect(await readAll('KSK1')).toEqual(ids);
    expect(await readAll('KSK2')).toEqual([]);
    const first = await readChanges(database, 'KSK1', '');
    expect(first).toMatchObject({ ok: true, value: { more: true } });
    expect(await publish(news(randomUUID(), ['KSK2', 'KSK3', 'KSK2']))).toEqual({ ok: true, value: 2 });
    expect(await readChanges(database, 'KSK1', '7-not-that-one')).toEqual({ ok: false, reason: 'cursor-unknown' });
  });

  it('are never passed over by who reads while others publish', async () => {
    const ids = Array.from({ length: 60 }, () => randomUUID());
    const published = Promise.all(ids.map((id) => publish(news(id))));
    const seen: string[] = [];
    let cursor = '';
    while (seen.length < ids.length) {
      const page = await readChanges(database, 'KSK1', cursor);
      if (!page.ok) throw new Error(page.reason);
      seen.push(...page.value.changes.map(({ id }) => id));
      cursor = page.value.next;
    }
    await published;
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it('of a case are for the kiosk that owns it, whoever else is named', async () => {
    const store = createPlatformStore(database);
    const submission = { ...caseExample, materials: [] };
    const request = { key: submission.id, operation: 'case', content: submission };
    await store.takeIn(
      request,
      async () => undefined,
      caseReceipt,
      (records) => records.addCase(submission, at),
    );
    const id = randomUUID();
    const content = { caseId: submission.id, stage: 'decided' };
    expect(await publish({ id, kind: 'case-state', content, kiosks: ['KSK2'] })).toEqual({ ok: true, value: 1 });
    expect([await readAll('KSK1'), await readAll('KSK2')]).toEqual([[id], []]);
    expect(await store.progress(submission.receiptCode, at)).toMatchObject({ ok: true, value: { stage: 'decided' } });
  });

  it.each([
    ['unknown-case', { kind: 'case-state', content: { caseId: randomUUID(), stage: 'decided' } }],
    ['content-invalid', { kind: 'case-state', content: { caseId: caseExample.id, stage: 'archived' } }],
    ['content-invalid', { kind: 'supplement', content: { caseId: caseExample.id, defects: [] } }],
    ['kiosks-missing', { kind: 'opinion-poll', content: {} }],
    ['unstamped', { kind: 'announcement', content: announcement, kiosks: ['KSK1'] }],
    ['classified', { kind: 'announcement', content: { ...announcement, review: secret }, kiosks: ['KSK1'] }],
  ])('are refused: %s', async (reason, what) => {
    expect(await publish({ id: randomUUID(), ...what })).toEqual({ ok: false, reason });
  });
});

it('can be published through the admin call', async () => {
  const platform = await createPlatform({ clock: { now: () => at }, log: () => undefined, admin: true });
  const post = (body: unknown) =>
    fetch(`${platform.url}/admin/changes`, { method: 'POST', body: JSON.stringify(body) });
  const answer = await post(news(randomUUID(), ['KSK1', 'KSK2']));
  expect([answer.status, await answer.json()]).toEqual([200, { kiosks: 2 }]);
  // In capitals the same id; a cursor that ends with it is understood.
  expect((await post(news(randomUUID().toUpperCase()))).status).toBe(200);
  const read = async (after: string) => {
    const response = await fetch(`${platform.url}/changes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kioskId: 'KSK1', after }),
    });
    return changePage.parse(await response.json());
  };
  const page = await read('');
  expect(page.changes).toHaveLength(2);
  expect(await read(page.next)).toEqual({ changes: [], next: page.next, more: false });
  expect((await post({ kind: 'opinion-poll' })).status).toBe(400);
  expect((await post({ id: randomUUID(), kind: 'opinion-poll', content: {} })).status).toBe(400);
  await platform.close();
});
