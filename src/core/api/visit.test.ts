import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  applyForAllowance,
  jpegWith,
  ManualClock,
  removeFolder,
  seniorAllowance,
  signaturePng,
  startCore,
} from '../../../test/fixtures/core-bench.ts';
import { samplePerson } from '../../../test/fixtures/sample-item.ts';
import type { RatingSubmission } from '../../contract/platform-api.ts';
import { RECEIPT_READY_MS } from '../limits.ts';
import { readRecord } from '../sync/outgoing.ts';

type Bench = Awaited<ReturnType<typeof startCore>>;
let bench: Bench;
let clock: ManualClock;
beforeEach(async () => {
  clock = new ManualClock();
  bench = await startCore({ clock });
});
afterEach(() => {
  bench.stop();
  removeFolder(bench.folder);
  expect(bench.bugs).toEqual([]);
});

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const events: T[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

/** The ratings that wait to be sent, in the order in which they were given. */
function keptRatings(): RatingSubmission[] {
  const { seal } = bench.room.service ?? {};
  if (!seal) throw new Error('not in service');
  const database = new Sqlite(join(bench.dataDir, 'kiosk.db'), { readonly: true });
  const rows = database
    .prepare<[], { id: string; payload: Buffer }>(`SELECT id, payload FROM outbox WHERE step = 'rating' ORDER BY rowid`)
    .all();
  database.close();
  return rows.map(({ id, payload }) => {
    const read = readRecord({ id, step: 'rating', payload }, seal);
    if (!read.ok || read.value.step !== 'rating') throw new Error('a rating cannot be read');
    return read.value.content;
  });
}

describe('the steps of a visit', () => {
  it('ask for a visit first, then consent, then a card, then an item', async () => {
    const { core } = bench;
    await expect(core.session.consent()).rejects.toMatchObject({ code: 'SESSION_NEEDED', defined: true });
    await core.session.start({ locale: 'zh-CN' });
    await expect(core.session.watchCard()).rejects.toMatchObject({ code: 'WRONG_STEP' });
    await core.session.consent();
    await expect(core.application.begin({ code: seniorAllowance })).rejects.toMatchObject({ code: 'WRONG_STEP' });
    await expect(core.application.view()).rejects.toMatchObject({ code: 'WRONG_STEP' });
    await expect(core.receipt.print()).rejects.toMatchObject({ code: 'WRONG_STEP' });
    await expect(core.rating.submit({ level: 'satisfied', channel: 'page' })).rejects.toMatchObject({
      code: 'WRONG_STEP',
    });
  });

  it('tell the page of the card only what may be shown', async () => {
    const { core, devices } = bench;
    await core.session.start({ locale: 'zh-CN' });
    await core.session.consent();
    devices.layCard();
    const events = await collect(await core.session.watchCard());
    expect(events).toEqual([
      { kind: 'waiting' },
      { kind: 'reading' },
      { kind: 'identified', person: { name: '欧阳**', idLast4: '0016' }, expired: false },
    ]);
    const view = await core.application.begin({ code: seniorAllowance });
    expect(JSON.stringify(view)).not.toContain('990101194312310016');
    expect(JSON.stringify(view)).not.toContain('欧阳试样');
    expect(view.fields.find(({ field }) => field.name === 'applicantName')).toMatchObject({
      value: '欧阳**',
      masked: true,
      source: 'card',
    });
  });

  it('begin the form with the newest address, which comes after the name and is no longer the page’s business', async () => {
    const { core, devices, room } = bench;
    await core.session.start({ locale: 'zh-CN' });
    await core.session.consent();
    const tell = devices.holdAddresses();
    devices.layCard();
    const leave = new AbortController();
    const events = await core.session.watchCard(undefined, { signal: leave.signal });
    for await (const { kind } of events) if (kind === 'identified') break;
    leave.abort();
    const begun = core.application.begin({ code: seniorAllowance });
    tell('安澜省澄江市望岭县新河路120号');
    const address = (await begun).fields.find(({ field }) => field.name === 'homeAddress');
    expect(address).toMatchObject({ source: 'card' });
    expect(room.service?.visits.current?.draft?.values['homeAddress']).toEqual({
      value: '安澜省澄江市望岭县新河路120号',
      source: 'card',
    });
  });

  it('give a late address to nobody but the person whose card it was', async () => {
    const { core, devices, room } = bench;
    await core.session.start({ locale: 'zh-CN' });
    await core.session.consent();
    const tellFirst = devices.holdAddresses();
    devices.layCard();
    await collect(await core.session.watchCard());
    const { visits } = room.service ?? expect.unreachable();
    const first = visits.current?.cardTold;
    const tellSecond = devices.holdAddresses();
    devices.layCard({ ...samplePerson, address: '安澜省澄江市望岭县柳荫巷9号' });
    await collect(await core.session.watchCard());
    tellFirst('安澜省澄江市望岭县新河路120号');
    tellSecond(undefined);
    await Promise.all([first, visits.current?.cardTold]);
    expect(visits.current?.person?.address).toBe('安澜省澄江市望岭县柳荫巷9号');
  });

  it('say when a card has run out, and which failures are worth another try', async () => {
    const { core, devices } = bench;
    await core.session.start({ locale: 'en' });
    await core.session.consent();
    devices.layCard({ ...samplePerson, validTo: '2026-11-21' });
    expect((await collect(await core.session.watchCard())).at(-1)).toMatchObject({ kind: 'identified', expired: true });
    devices.failCard('card-removed');
    expect((await collect(await core.session.watchCard())).at(-1)).toMatchObject({
      reason: 'card-removed',
      again: true,
    });
    devices.failCard('reader-silent');
    expect((await collect(await core.session.watchCard())).at(-1)).toMatchObject({
      reason: 'reader-silent',
      again: false,
    });
  });

  it('refuse what is not an item, an answer, a field, a material, a picture or a signature, by name', async () => {
    const { core } = bench;
    await applyForAllowance(bench);
    const { application } = core;
    await expect(application.begin({ code: 'nope' })).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
    await expect(application.answerSituation({ question: 'applicant', option: 'x' })).rejects.toMatchObject({
      code: 'UNKNOWN_ANSWER',
    });
    await expect(application.setField({ name: 'nope', value: '1' })).rejects.toMatchObject({ code: 'UNKNOWN_FIELD' });
    await expect(application.setField({ name: 'phone', value: '12' })).rejects.toMatchObject({
      code: 'INVALID',
      data: { rule: 'not-a-phone' },
    });
    await expect(application.addPage({ material: 'M-NONE', image: jpegWith('x') })).rejects.toMatchObject({
      code: 'UNKNOWN_MATERIAL',
    });
    const notJpeg = Buffer.from('GIF89a, a picture').toString('base64');
    await expect(application.addPage({ material: 'M-HOUSEHOLD-BOOK', image: notJpeg })).rejects.toMatchObject({
      code: 'NOT_A_JPEG',
    });
    await expect(application.sign({ image: signaturePng(false) })).rejects.toMatchObject({ code: 'EMPTY_SIGNATURE' });
    await expect(application.sign({ image: notJpeg })).rejects.toMatchObject({ code: 'EMPTY_SIGNATURE' });
    // None of it changed what was there.
    expect(await application.review()).toMatchObject({ missing: [], signed: true });
  });

  it('want a new signature after a change, and say what is missing', async () => {
    const { core } = bench;
    await applyForAllowance(bench);
    await core.application.removePages({ material: 'M-HOUSEHOLD-BOOK' });
    expect(await core.application.review()).toMatchObject({ missing: ['M-HOUSEHOLD-BOOK'], signed: false });
    await expect(core.application.submit()).rejects.toMatchObject({
      code: 'INCOMPLETE',
      data: { missing: ['M-HOUSEHOLD-BOOK', 'signature'] },
    });
  });
});

describe('after handing in', () => {
  it('answers the same again, finds the case by number and code, and prints it masked', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    const answer = await core.application.submit();
    expect(answer).toMatchObject({ handedInAt: '2026-11-22T09:30:00+08:00', itemName: '80周岁以上老年人高龄津贴申领' });
    expect(answer.provisionalNumber).toMatch(/^YS-WL01-261122-0001-/);
    expect(await core.application.submit()).toEqual(answer);
    expect((await core.system.status()).waiting).toBe(2);
    const asTyped = answer.provisionalNumber.toLowerCase().replaceAll('-', ' ');
    for (const number of [answer.provisionalNumber, asTyped, answer.receiptCode, answer.receiptCode.toLowerCase()]) {
      expect(await core.progress.lookup({ number })).toMatchObject({
        stage: 'waiting-to-send',
        itemName: answer.itemName,
      });
    }
    expect(await core.receipt.print()).toEqual({ outcome: 'printed' });
    const paper = JSON.stringify(devices.printed);
    expect(paper).toContain(answer.provisionalNumber);
    expect(paper).toContain(`"content":"${answer.receiptCode}"`);
    expect(paper).not.toContain('欧阳试样');
    expect(paper).not.toContain('990101194312310016');
  });

  it('never calls printed what the printer did not, and lets a person decide about another try', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    await core.application.submit();
    devices.printOutcome = { ok: false, reason: 'paper-out' };
    await expect(core.receipt.print()).rejects.toMatchObject({ code: 'PRINT_FAILED', data: { reason: 'paper-out' } });
    expect(devices.printed).toHaveLength(1);
    devices.printOutcome = { ok: true, value: 'unconfirmed' };
    expect(await core.receipt.print()).toEqual({ outcome: 'unconfirmed' });
  });

  it('readies the printer under the finger, and prints once when that lifts', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    await core.application.submit();
    await core.receipt.ready();
    await core.receipt.ready();
    expect(devices.printed).toEqual([]);
    expect(await core.receipt.print()).toEqual({ outcome: 'printed' });
    expect(devices.printed).toHaveLength(1);
  });

  it('readies anew when the finger lay on the button for long', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    await core.application.submit();
    await core.receipt.ready();
    clock.advance(RECEIPT_READY_MS);
    expect(await core.receipt.print()).toEqual({ outcome: 'printed' });
    expect(devices.printed).toHaveLength(1);
  });

  it('takes one rating, from the page or the pad', async () => {
    const { core, devices } = bench;
    await applyForAllowance(bench);
    await core.application.submit();
    const presses = await core.rating.watchPad();
    devices.press('dissatisfied');
    const pressed = await presses.next();
    expect(pressed.value).toEqual({ level: 'dissatisfied' });
    await presses.return?.();
    await core.rating.submit({ level: 'dissatisfied', channel: 'pad' });
    await expect(core.rating.submit({ level: 'very-satisfied', channel: 'page' })).rejects.toMatchObject({
      code: 'ALREADY_RATED',
    });
  });

  it('keeps a bad level with the reasons that were chosen, and however the visit ends', async () => {
    const { core } = bench;
    const bad = { level: 'dissatisfied', channel: 'page' } as const;
    const handIn = async () => {
      await applyForAllowance(bench);
      await core.application.submit();
    };
    const tagsOf = () => keptRatings().map(({ level, tags }) => [level, tags]);
    await handIn();
    const reasons = await core.rating.askWhy(bad);
    expect(reasons.map(({ code }) => code)).toStrictEqual(expect.arrayContaining(['207', '208']));
    const [one, other] = reasons.map(({ code }) => code);
    await expect(core.rating.submit({ ...bad, tags: ['510'] })).rejects.toMatchObject({ code: 'UNKNOWN_TAG' });
    await core.rating.submit({ ...bad, tags: [one ?? '', other ?? ''] });
    await expect(core.rating.askWhy(bad)).rejects.toMatchObject({ code: 'ALREADY_RATED' });
    await core.session.end({ cause: 'finished' });
    await handIn();
    await core.rating.askWhy(bad);
    await core.rating.askWhy({ ...bad, level: 'very-dissatisfied' });
    await core.session.end({ cause: 'idle' });
    expect(tagsOf()).toStrictEqual([
      ['dissatisfied', { version: 1, codes: [one, other] }],
      ['very-dissatisfied', undefined],
    ]);
    await handIn();
    await core.session.end({ cause: 'finished' });
    expect(tagsOf()).toHaveLength(2);
  });

  it('tells unknown numbers from a platform that is away, without giving a mistyped one to it', async () => {
    const { core } = bench;
    await expect(core.progress.lookup({ number: 'YS-WL01-261122-0001-A' })).rejects.toMatchObject({
      code: 'UNKNOWN_NUMBER',
    });
    await expect(core.progress.lookup({ number: '9901012026112300001' })).rejects.toMatchObject({
      code: 'PLATFORM_UNREACHABLE',
    });
  });
});

it('after the last number of a day no case is handed in or begun, everybody is told why, and the next day goes on', async () => {
  const { core, room } = bench;
  const { service } = room;
  const left = (count: number) => service?.cases.skipSerials('2026-11-22', 9_999 - count);
  left(1);
  await applyForAllowance(bench);
  const { provisionalNumber } = await core.application.submit();
  expect(provisionalNumber).toMatch(/^YS-WL01-261122-9999-/);
  await core.session.end({ cause: 'finished' });
  await expect(applyForAllowance(bench)).rejects.toMatchObject({ code: 'NUMBERS_USED_UP', defined: true });
  await core.session.end({ cause: 'left' });
  const { services, notices } = await core.system.status();
  expect(services).toContainEqual({ service: 'apply', available: false, why: 'numbers' });
  expect(notices).toContainEqual({ kind: 'case-numbers-out', detail: '2026-11-22' });

  clock.advance(24 * 3_600_000);
  await applyForAllowance(bench);
  // As when a store was restored in the middle of a visit.
  service?.cases.skipSerials('2026-11-23', 9_999);
  await expect(core.application.submit()).rejects.toMatchObject({ code: 'NUMBERS_USED_UP', defined: true });
  expect(room.service?.outbox.counts().waiting).toBe(2);
  await core.session.end({ cause: 'left' });
  clock.advance(24 * 3_600_000);
  await applyForAllowance(bench);
  expect((await core.application.submit()).provisionalNumber).toMatch(/^YS-WL01-261124-0001-/);
});
