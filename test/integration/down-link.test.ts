import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import { STATUS_LOOK_MS } from '../../src/core/limits.ts';
import { createPlatform } from '../../src/platform/server.ts';
import { adapters } from '../fixtures/adapters.ts';
import { SERVER_START_MS } from '../fixtures/case-bench.ts';
import {
  applyForAllowance,
  ManualClock,
  removeFolder,
  startCore,
  type CoreBenchOptions,
} from '../fixtures/core-bench.ts';
import { type Hall, hallOf, type Kiosk } from '../fixtures/hall.ts';
import { closeEngines, type StoredPlatform } from '../fixtures/platform-engines.ts';
import { platformsAndAdapters } from '../fixtures/platforms-and-adapters.ts';

const defects = [
  { material: '户口簿', what: '缺少户主页', how: '补扫户主页' },
  { material: '近期免冠照片', what: '背景不是白色' },
  { what: '联系电话少一位' },
];

afterAll(closeEngines, SERVER_START_MS);

describe.each(platformsAndAdapters)(
  'the down-link, with a platform on $name, over $over',
  ({ missing, start: startPlatform, adapter }) => {
    if (missing !== undefined) {
      it.skip(missing);
      return;
    }
    let stored: StoredPlatform;
    let hall: Hall;
    beforeEach(async () => {
      stored = await startPlatform();
      hall = hallOf(stored, adapter, systemClock);
    }, SERVER_START_MS);
    afterEach(() => hall.close());

    async function handIn(on: Kiosk) {
      const before = on.log.count('core.delivered');
      await applyForAllowance(on);
      const answer = await on.core.application.submit();
      await on.core.session.end({ cause: 'finished' });
      await on.log.until('core.delivered', before + 2);
      const { cases } = await stored.platform.received();
      const arrived = cases.find(({ provisionalNumber }) => provisionalNumber === answer.provisionalNumber);
      if (!arrived) throw new Error('the case did not arrive');
      return { ...answer, caseId: arrived.id };
    }
    async function publish(kind: string, content: Record<string, unknown>, kiosks?: string[]) {
      const id = randomUUID();
      const published = await stored.platform.publish({ id, kind, content, ...(kiosks && { kiosks }) });
      expect(published).toEqual({ ok: true, value: kiosks?.length ?? 1 });
      return id;
    }
    /** Asks now and not in half a minute, until so many changes came in all. */
    async function pull(on: Kiosk, changes: number, options: Partial<CoreBenchOptions> = {}) {
      on.stop();
      const next = await hall.start(options);
      await expect.poll(() => takenBy(next).length).toBe(changes);
      return next;
    }

    it('tells where a case stands although the platform is away: stage, result, all defects at once, appointment', async () => {
      const first = await hall.start();
      const { caseId, provisionalNumber } = await handIn(first);
      await publish('case-state', { caseId, stage: 'reviewing' });
      await publish('supplement', { caseId, defects, dueDay: '2026-12-01' });
      await publish('appointment', { caseId, startsAt: '2099-12-03T10:00:00+08:00', place: '3 号窗口' });
      const next = await pull(first, 3);
      const told = {
        stage: 'reviewing',
        supplement: { defects, dueDay: '2026-12-01' },
        appointment: { startsAt: '2099-12-03T10:00:00+08:00', place: '3 号窗口' },
      };
      const online = await next.core.progress.lookup({ number: provisionalNumber });
      expect(online).toMatchObject(told);
      expect(online.asOf).toBeUndefined();

      await stored.platform.setFault({ kind: 'down' });
      const away = await next.core.progress.lookup({ number: provisionalNumber });
      expect(away).toMatchObject({ ...told, asOf: expect.stringMatching(/^20\d\d-.*\+08:00$/) });
      const { asOf: _asOf, ...same } = away;
      expect({ ...same, receivedAt: undefined }).toEqual({ ...online, receivedAt: undefined });

      await stored.platform.setFault({ kind: 'none' });
      await publish('case-state', { caseId, stage: 'decided', result: { outcome: 'granted', text: '准予发证' } });
      await publish('appointment', {
        caseId,
        startsAt: '2099-12-03T10:00:00+08:00',
        place: '3 号窗口',
        cancelled: true,
      });
      const last = await pull(next, 5);
      await stored.platform.setFault({ kind: 'down' });
      const decided = await last.core.progress.lookup({ number: provisionalNumber });
      expect(decided).toMatchObject({ stage: 'decided', result: { outcome: 'granted', text: '准予发证' } });
      // The case went on, so nothing is missing any more.
      expect(decided).not.toHaveProperty('supplement');
      expect(decided).not.toHaveProperty('appointment');
    });

    it('keeps what came so that the file of the store says nothing of it', async () => {
      const first = await hall.start();
      const { caseId } = await handIn(first);
      await publish('supplement', { caseId, defects });
      const next = await pull(first, 1);
      next.stop();
      const store = new Sqlite(join(next.dataDir, 'kiosk.db'), { readonly: true });
      const bytes = Buffer.concat(store.prepare<[], Buffer>('SELECT payload FROM incoming_change').pluck().all());
      store.close();
      expect(bytes.length).toBeGreaterThan(100);
      expect(bytes.includes('户主页')).toBe(false);
    });

    it('shows no announcement without an open stamp, whoever sent it', async () => {
      const { review, ...unstamped } = announce('无章');
      const classified = { ...announce('涉密'), review: { ...review, verdict: 'classified' } };
      const open = announce('公开');
      /** As a platform would tell it that does not look at stamps; ours publishes only the open one. */
      const tell = async (content: Record<string, unknown>) => {
        const id = await publish('announcement', open, ['WL01']);
        const told = [JSON.stringify(content), id];
        await stored.database.run('UPDATE kiosk_change SET content = $1 WHERE id = $2', told);
      };
      for (const content of [unstamped, classified, open]) await tell(content);
      // The kiosk is off meanwhile, so that it reads what is told in the end.
      const first = await hall.start();
      await expect.poll(() => takenBy(first).length).toBe(3);
      expect((await first.core.system.status()).announcements?.map(({ title }) => title)).toEqual(['公开']);
      first.stop();
      // Nor does one hide behind the id of another that was shown.
      const { review: _stamp, ...changed } = { ...open, title: '改过' };
      await tell(changed);
      const next = await hall.start();
      await expect.poll(() => takenBy(next).length).toBe(4);
      expect((await next.core.system.status()).announcements).toBeUndefined();
    });

    it('brings changes of a case to the kiosk that owns it and to no other', async () => {
      const own = await hall.start();
      const { caseId } = await handIn(own);
      await publish('case-state', { caseId, stage: 'reviewing' });
      const otherFolder = hall.folderOf('WL02');
      const other = await hall.start({ folder: otherFolder, config: { kioskId: 'WL02' } });
      await publish('announcement', announce('本厅周六不开放'), ['WL02']);
      await pull(own, 1);
      const again = await pull(other, 1, { folder: otherFolder, config: { kioskId: 'WL02' } });
      expect((await again.core.system.status()).announcements).toEqual([{ title: '本厅周六不开放', text: '请改日来' }]);
      expect(
        await stored.platform.publish({
          id: randomUUID(),
          kind: 'case-state',
          content: { caseId: randomUUID(), stage: 'decided' },
        }),
      ).toMatchObject({ ok: false, reason: 'unknown-case' });
    });

    it('keeps what only a newer version understands, says so, and goes on with the rest', async () => {
      const first = await hall.start();
      const { caseId, provisionalNumber } = await handIn(first);
      const poll = await publish('opinion-poll', { caseId, question: '您满意吗' });
      // A stage of a later version: this platform would not publish it, so it is planted.
      const odd = await publish('case-state', { caseId, stage: 'reviewing' });
      await stored.database.run('UPDATE kiosk_change SET content = $1 WHERE id = $2', [
        JSON.stringify({ caseId, stage: 'archived' }),
        odd,
      ]);
      await publish('case-state', { caseId, stage: 'decided' });
      const next = await pull(first, 3);
      const kept = [first, next].flatMap(({ log }) => log.events.filter(({ event }) => event === 'core.change-kept'));
      expect(kept.map(({ fields }) => fields)).toEqual([
        { kind: 'opinion-poll', change: poll, why: 'unknown-kind' },
        { kind: 'case-state', change: odd, why: 'unknown-content' },
      ]);
      await stored.platform.setFault({ kind: 'down' });
      expect(await next.core.progress.lookup({ number: provisionalNumber })).toMatchObject({ stage: 'decided' });
      const store = new Sqlite(join(next.dataDir, 'kiosk.db'), { readonly: true });
      expect(
        store
          .prepare('SELECT id FROM incoming_change WHERE payload IS NOT NULL ORDER BY position')
          .pluck()
          .all()
          .slice(0, 2),
      ).toEqual([poll, odd]);
      store.close();
    });

    it('reads its list anew when the platform went back to an earlier state, and takes nothing twice', async () => {
      const first = await hall.start();
      await publish('announcement', announce('一'), ['WL01']);
      await publish('announcement', announce('二'), ['WL01']);
      const next = await pull(first, 2);
      // As from a backup that has the first one only; another one came since then.
      await stored.database.run(`DELETE FROM kiosk_change WHERE sequence = 2`);
      await stored.database.run(`UPDATE serial SET last = 1 WHERE scope = 'changes WL01'`);
      await publish('announcement', announce('三'), ['WL01']);
      const last = await pull(next, 3);
      expect(last.log.count('core.changes-read-anew')).toBe(1);
      expect((await last.core.system.status()).announcements?.map(({ title }) => title)).toEqual(['三', '二', '一']);
    });

    it('takes each change once and in order although it is killed in between and answers are lost', async () => {
      // The same calls whatever the adapter, so that a shorter life is enough for another one.
      const [most, lives] = adapter === adapters[0] ? [900, [1, 2, 3, 2]] : [500, [2]];
      const wanted: string[] = [];
      for (let n = 0; n < most; n += 1) wanted.push(await publish('announcement', announce(`${n}`), ['WL01']));
      await stored.platform.setFault({ kind: 'lose-answers', share: 0.2 });
      let seen = 0;
      for (const lines of lives) {
        const script = join(import.meta.dirname, '../fixtures/reading-child.ts');
        const child = spawn(process.execPath, [script, hall.folder, JSON.stringify(await hall.entry())], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let output = '';
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          if (output.split('\n').length > lines) child.kill('SIGKILL');
        });
        await once(child, 'close');
        const store = new Sqlite(join(hall.folder, 'data', 'kiosk.db'), { readonly: true });
        const taken = store.prepare<[], string>('SELECT id FROM incoming_change ORDER BY position').pluck().all();
        const [, place = '0'] =
          /^(\d+)-/.exec(store.prepare<[], string>('SELECT cursor FROM down_link').pluck().get() ?? '') ?? [];
        store.close();
        expect(taken).toEqual(wanted.slice(0, taken.length));
        expect(Number(place)).toBe(taken.length);
        expect(taken.length).toBeGreaterThanOrEqual(seen);
        seen = taken.length;
      }
      // It really was killed in between.
      expect(seen).toBeGreaterThan(0);
      expect(seen).toBeLessThan(wanted.length);
      await stored.platform.setFault({ kind: 'none' });
      const last = await hall.start();
      await expect.poll(() => takenBy(last)).toEqual(wanted);
    });
  },
);

function takenBy({ dataDir }: Kiosk): string[] {
  const store = new Sqlite(join(dataDir, 'kiosk.db'), { readonly: true });
  const taken = store.prepare<[], string>('SELECT id FROM incoming_change ORDER BY position').pluck().all();
  store.close();
  return taken;
}

const announce = (title: string) => ({
  announcement: randomUUID(),
  title,
  text: '请改日来',
  from: '2026-11-01T00:00:00+08:00',
  until: '2099-01-01T00:00:00+08:00',
  review: { number: '安保审〔2026〕90号', office: '安澜县政务服务管理局', reviewedOn: '2026-11-20', verdict: 'open' },
});

describe('an announcement', () => {
  it('comes and goes by the clock before those who watch', async () => {
    const clock = new ManualClock();
    const platform = await createPlatform({ clock, log: () => undefined });
    const content = { ...announce('停电'), from: '2026-11-22T10:00:00+08:00', until: '2026-11-22T12:00:00+08:00' };
    await platform.publish({ id: randomUUID(), kind: 'announcement', content, kiosks: ['WL01'] });
    const bench = await startCore({ clock, platformUrl: platform.url });
    await bench.log.until('core.changes-taken');
    const stop = new AbortController();
    const views = await bench.core.system.watchStatus(undefined, { signal: stop.signal });
    const seen: (string | undefined)[] = [];
    const watching = (async () => {
      for await (const { announcements } of views) seen.push(announcements?.[0]?.title);
    })();
    await expect.poll(() => seen).toEqual([undefined]);
    const later = () => {
      clock.advance(STATUS_LOOK_MS);
      return seen;
    };
    clock.advance(3_600_000);
    await expect.poll(later).toEqual([undefined, '停电']);
    clock.advance(2 * 3_600_000);
    await expect.poll(later).toEqual([undefined, '停电', undefined]);
    stop.abort();
    await watching;
    bench.stop();
    removeFolder(bench.folder);
    await platform.close();
  });

  it('is shown in its time only, and replaced by a later one with its id', async () => {
    const clock = new ManualClock();
    const platform = await createPlatform({ clock, log: () => undefined });
    const told = { ...announce('停电'), from: '2026-11-22T10:00:00+08:00', until: '2026-11-22T12:00:00+08:00' };
    for (const title of ['停电', '停电推迟'])
      await platform.publish({ id: randomUUID(), kind: 'announcement', content: { ...told, title }, kiosks: ['WL01'] });
    const bench = await startCore({ clock, platformUrl: platform.url });
    await bench.log.until('core.changes-taken');
    const shown = async () => (await bench.core.system.status()).announcements;
    expect(await shown()).toBeUndefined();
    clock.advance(3_600_000);
    expect(await shown()).toEqual([{ title: '停电推迟', text: '请改日来' }]);
    clock.advance(3 * 3_600_000);
    expect(await shown()).toBeUndefined();
    bench.stop();
    removeFolder(bench.folder);
    await platform.close();
  });
});
