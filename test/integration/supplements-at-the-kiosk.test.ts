import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NoticeDefect } from '../../src/contract/office/cases.ts';
import { ERASE_GRACE_MS } from '../../src/core/limits.ts';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { adapters } from '../fixtures/adapters.ts';
import {
  applyForAllowance,
  jpegWith,
  makeFolder,
  ManualClock,
  removeFolder,
  seniorAllowance,
  signIn,
  startCore,
} from '../fixtures/core-bench.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { samplePerson } from '../fixtures/sample-item.ts';

type Bench = Awaited<ReturnType<typeof startCore>>;

const office = seniorAllowance.slice(0, 18);
const book = 'M-HOUSEHOLD-BOOK';
const bookMissing = { rule: 'office.blurred@1', on: [book], what: '缺少户主页', how: '补扫户主页' };
const phoneShort = { rule: 'office.phone@1', on: ['phone'], what: '电话少一位' };
const phone = '13800009999';
const stranger = { ...samplePerson, name: '试样甲', idNumber: '990101195003070024' };

describe.each(adapters)('core over $name', (adapter) => {
  let over: ReturnType<typeof adapter.open>;
  let clock: ManualClock;
  let platform: Platform;
  let bench: Bench;
  let folders: string[];
  const open: Bench[] = [];
  beforeEach(async () => {
    over = adapter.open();
    clock = new ManualClock();
    platform = await createPlatform({ clock, log: () => undefined });
    folders = [];
    bench = await start();
  });
  afterEach(async () => {
    for (const one of open.splice(0)) {
      one.stop();
      expect(one.bugs).toEqual([]);
    }
    for (const folder of folders) removeFolder(folder);
    await over.close();
    await platform.close();
  });

  async function start(folder = makeFolder(), kioskId = 'WL01'): Promise<Bench> {
    if (!folders.includes(folder)) folders.push(folder);
    const started = await startCore({ clock, platform: await over.at(platform.url), folder, config: { kioskId } });
    open.push(started);
    return started;
  }
  /** The kiosk breaks down, and comes up again with what it had. */
  async function again(): Promise<void> {
    bench.stop();
    bench = await start(bench.folder);
  }
  const cases = () => officeClient(platform.url).cases;
  const read = (caseId: string) => cases().read({ office, caseId });
  async function ask(caseId: string, defects: NoticeDefect[], dueDay?: string): Promise<void> {
    await cases().move({
      headers: { 'idempotency-key': randomUUID() },
      body: {
        officer: { office, id: '7' },
        caseId,
        move: { event: 'ask-supplement', defects, ...(dueDay !== undefined && { dueDay }) },
      },
    });
    clock.advance(1_000);
  }
  /** A case that is asked about, and the kiosk has heard of it. */
  async function asked(defects: NoticeDefect[], dueDay?: string) {
    await applyForAllowance(bench);
    const { provisionalNumber: number } = await bench.core.application.submit();
    await bench.core.session.end({ cause: 'finished' });
    await bench.log.until('core.delivered', 2);
    const [handedIn] = (await platform.received()).cases;
    if (!handedIn) throw new Error('the case arrived');
    await ask(handedIn.id, defects, dueDay);
    await again();
    await bench.log.until('core.changes-taken');
    return { number, caseId: handedIn.id };
  }
  async function cutOff(): Promise<void> {
    await bench.log.until('core.platform-changed', 1, { state: 'reachable' });
    await platform.setFault({ kind: 'status', status: 503 });
  }
  const files = () =>
    readdirSync(bench.dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const everyByte = () => Buffer.concat(files().map((entry) => readFileSync(join(entry.parentPath, entry.name))));
  async function answer({ core }: Bench, number: string) {
    await core.supplement.begin({ number });
    await core.application.setField({ name: 'phone', value: phone });
    await core.application.addPage({ material: book, image: jpegWith('户口簿 户主页') });
    return core.supplement.handIn();
  }

  it('a case in 补正 asks for exactly what is missing, without the platform, and the answer arrives once', async () => {
    const { number, caseId } = await asked([bookMissing, phoneShort], '2026-12-01');
    await cutOff();
    const { core } = bench;
    await signIn(bench);
    const view = await core.supplement.begin({ number });
    expect(view).toMatchObject({
      provisionalNumber: number,
      dueDay: '2026-12-01',
      isLate: false,
      asked: [
        { kind: 'field', id: 'phone', grounds: [{ rule: 'office.phone@1', what: '电话少一位' }] },
        { kind: 'material', id: book, grounds: [{ what: '缺少户主页', how: '补扫户主页' }] },
      ],
      open: [],
      elsewhere: [],
      missing: ['phone', book],
    });
    expect(view.application.situations).toEqual([]);
    expect(view.application.fields.map(({ field }) => field.name)).toEqual(['phone']);
    expect(view.application.materials.map(({ id, pages }) => [id, pages])).toEqual([[book, 0]]);
    // Nothing else is taken, and it is no new application.
    await expect(core.application.setField({ name: 'livesAlone', value: 'no' })).rejects.toMatchObject({
      code: 'UNKNOWN_FIELD',
    });
    await expect(core.application.addPage({ material: 'M-ID-CARD', image: jpegWith('证') })).rejects.toMatchObject({
      code: 'UNKNOWN_MATERIAL',
    });
    await expect(core.application.submit()).rejects.toMatchObject({ code: 'WRONG_STEP' });
    await expect(core.supplement.handIn()).rejects.toMatchObject({
      code: 'INCOMPLETE',
      data: { missing: ['phone', book] },
    });
    await core.application.setField({ name: 'phone', value: phone });
    await core.application.addPage({ material: book, image: jpegWith('户口簿 户主页') });
    expect(await core.supplement.view()).toMatchObject({ missing: [] });
    const handedIn = await core.supplement.handIn();
    expect(handedIn).toMatchObject({ provisionalNumber: number, hasReceipt: true });
    // Pressed again, it is the same one; begun again, it was handed in.
    expect(await core.supplement.handIn()).toEqual(handedIn);
    expect(await core.receipt.print()).toEqual({ outcome: 'printed' });
    expect(await core.system.status()).toMatchObject({ waiting: 1 });
    await expect(core.supplement.begin({ number })).rejects.toMatchObject({
      code: 'ALREADY_HANDED_IN',
      data: { at: handedIn.handedInAt },
    });
    for (const part of [phone, '户主页']) expect(everyByte().includes(part)).toBe(false);
    await core.session.end({ cause: 'finished' });

    // What it had goes when the platform is back.
    await bench.log.until('core.delivery-postponed', 1, { step: 'supplement' });
    await platform.setFault({ kind: 'none' });
    await again();
    await bench.log.until('core.delivered', 1, { step: 'supplement' });
    const { trail, state, content, pagesMissing } = await read(caseId);
    expect(trail.map(({ event }) => event)).toEqual(['ask-supplement', 'supply']);
    expect([state, pagesMissing, content.fields['phone']]).toEqual(['handed-in', 0, phone]);
    expect(await bench.core.system.status()).toMatchObject({ waiting: 0, needsStaff: 0 });

    // The same ground once more is another notice.
    await ask(caseId, [bookMissing]);
    await again();
    await bench.log.until('core.changes-taken');
    await signIn(bench);
    expect(await bench.core.supplement.begin({ number })).toMatchObject({ missing: [book] });
    await bench.core.session.end({ cause: 'left' });
    // Some time after the platform has it, nothing of it is on this disk.
    clock.advance(2 * ERASE_GRACE_MS);
    await expect.poll(() => readdirSync(join(bench.dataDir, 'scans'))).toEqual([]);
  });

  it('an answer of the platform that is lost makes no second one, also when the kiosk breaks down meanwhile', async () => {
    const { number, caseId } = await asked([bookMissing, phoneShort]);
    await cutOff();
    await signIn(bench);
    await platform.setFault({ kind: 'lose-answers', share: 1 });
    await answer(bench, number);
    await bench.log.until('core.delivery-postponed', 1, { step: 'supplement' });
    await platform.setFault({ kind: 'none' });
    expect(await read(caseId)).toMatchObject({ state: 'handed-in', pagesMissing: 1 });
    const { replays } = await platform.received();
    await again();
    await bench.log.until('core.delivered', 1, { step: 'supplement' });
    expect((await platform.received()).replays).toBe(replays + 1);
    const { trail, pagesMissing } = await read(caseId);
    expect([trail.length, pagesMissing]).toEqual([2, 0]);
  });

  it('is the applicant’s own, and says when there is nothing to answer or the last day is over', async () => {
    const { number, caseId } = await asked([phoneShort], '2026-11-20');
    await cutOff();
    await signIn(bench, stranger);
    const { core } = bench;
    await expect(core.supplement.begin({ number })).rejects.toMatchObject({ code: 'NOT_THE_APPLICANT' });
    await expect(core.supplement.view()).rejects.toMatchObject({ code: 'WRONG_STEP' });
    await expect(core.supplement.begin({ number: 'YS-NOBODY' })).rejects.toMatchObject({
      code: 'PLATFORM_UNREACHABLE',
    });
    await platform.setFault({ kind: 'none' });
    await signIn(bench);
    expect(await core.supplement.begin({ number })).toMatchObject({ isLate: true });
    // Who begins an application puts it away.
    await core.application.begin({ code: seniorAllowance });
    await expect(core.supplement.handIn()).rejects.toMatchObject({ code: 'WRONG_STEP' });
    await core.supplement.begin({ number });
    await core.application.setField({ name: 'phone', value: phone });
    await core.supplement.handIn();
    await bench.log.until('core.delivered', 1, { step: 'supplement' });
    await again();
    await bench.log.until('core.changes-taken');
    await signIn(bench);
    await expect(bench.core.supplement.begin({ number })).rejects.toMatchObject({ code: 'NOTHING_ASKED' });
    expect(await read(caseId)).toMatchObject({ state: 'handed-in' });
  });

  it('goes to staff when another notice was given meanwhile, and what it says stays', async () => {
    const { number, caseId } = await asked([bookMissing, phoneShort]);
    await cutOff();
    await signIn(bench);
    await answer(bench, number);
    await bench.core.session.end({ cause: 'finished' });
    await bench.log.until('core.delivery-postponed', 1, { step: 'supplement' });
    bench.stop();
    await platform.setFault({ kind: 'none' });
    const supplied = { situations: {}, fields: { phone: '13800001111' }, materials: [] };
    const other = await start(makeFolder(), 'WL02');
    await other.log.until('core.platform-changed', 1, { state: 'reachable' });
    const own = { kioskId: 'WL02', number, idNumber: samplePerson.idNumber };
    const client = other.room.service?.platform;
    expect(await client?.supplyCase(randomUUID(), { ...own, ...supplied })).toMatchObject({ kind: 'done' });
    await ask(caseId, [bookMissing]);
    bench = await start(bench.folder);
    await bench.log.until('core.delivery-parked', 1, { step: 'supplement', reason: 'not-from-here' });
    expect(await bench.core.system.status()).toMatchObject({ needsStaff: 1 });
    expect((await read(caseId)).content.fields['phone']).toBe('13800001111');
  });

  if (adapter.has('course-of-a-case'))
    it('at another kiosk of the hall, as long as the platform is there', async () => {
      const { number, caseId } = await asked([bookMissing, phoneShort]);
      const other = await start(makeFolder(), 'WL02');
      await other.log.until('core.platform-changed', 1, { state: 'reachable' });
      await signIn(other);
      expect(await answer(other, number)).toMatchObject({ provisionalNumber: number, hasReceipt: false });
      await other.log.until('core.delivered', 1, { step: 'supplement' });
      expect(await read(caseId)).toMatchObject({ state: 'handed-in', pagesMissing: 0, content: { fields: { phone } } });
    });
});
