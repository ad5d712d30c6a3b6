import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adapters } from '../fixtures/adapters.ts';
import { benchKey, ManualClock } from '../fixtures/core-bench.ts';
import { everyByte } from '../fixtures/every-byte.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { officeClient } from '../fixtures/office-client.ts';

const hallCode = '990101';
const centre = { office: 'CENTRE', id: '7' };
const own = { office: `${hallCode}-W3`, id: '3' };
const headers = () => ({ 'idempotency-key': `"${randomUUID()}"` });
const text = '三号窗口让我补了两次不同的材料，请核查。';
const complaint = { kind: 'complaint' as const, text, contact: { phone: '13800001234' } };

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall<ManualClock>;
  let bench: Kiosk;
  beforeEach(async () => {
    hall = await openHall(adapter, new ManualClock());
    bench = await hall.start();
  });
  afterEach(() => hall.close());

  const all = (officer: typeof own) =>
    officeClient(hall.platform.url)
      .complaints.list({ officer, which: 'all' })
      .then(({ enquiries }) => enquiries);

  it('a complaint is handed in without the platform, arrives once, and is answered; the hall concerned never reads it', async () => {
    const { core, log } = bench;
    await log.until('core.platform-changed', 1, { state: 'reachable' });
    await hall.platform.setFault({ kind: 'status', status: 503 });
    await core.session.start({ locale: 'zh-CN' });
    const { code, submittedAt } = await core.enquiry.handIn(complaint);
    expect(submittedAt).toBe('2026-11-22T09:30:00+08:00');
    // Pressed again, it is the same one.
    expect(await core.enquiry.handIn(complaint)).toEqual({ code, submittedAt });
    expect(await core.system.status()).toMatchObject({ waiting: 1 });
    await expect(core.enquiry.answer({ code })).rejects.toMatchObject({ code: 'PLATFORM_UNREACHABLE' });
    // What was written is sealed while it waits.
    for (const part of [text, complaint.contact.phone, code])
      expect(everyByte(bench.dataDir).includes(part)).toBe(false);
    expect(JSON.stringify(log.events)).not.toMatch(new RegExp(`${text}|${code}|13800001234`));
    await core.session.end({ cause: 'finished' });

    // The kiosk broke down meanwhile; what it had goes when it is back.
    bench.stop();
    await hall.platform.setFault({ kind: 'none' });
    bench = await hall.start();
    await bench.log.until('core.delivered', 1, { step: 'enquiry' });
    expect(await bench.core.system.status()).toMatchObject({ waiting: 0, needsStaff: 0 });

    const [entry, ...others] = await all(centre);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ kind: 'complaint', concerns: hallCode, state: 'open', hasContact: true });
    expect(await all(own)).toEqual([]);
    const id = entry?.id ?? '';
    await expect(officeClient(hall.platform.url).complaints.read({ officer: own, id })).rejects.toMatchObject({
      code: expect.stringMatching('UNKNOWN|NOT_FOUND|REFUSED'),
    });
    expect(await bench.core.enquiry.answer({ code: code.toLowerCase() })).toMatchObject({
      kind: 'complaint',
      state: 'open',
    });
    await officeClient(hall.platform.url).complaints.answer({
      headers: headers(),
      body: { officer: centre, id, text: '已核查，窗口已改正。' },
    });
    const answer = await bench.core.enquiry.answer({ code });
    expect(answer).toMatchObject({ state: 'answered', answer: { text: '已核查，窗口已改正。' } });
    expect(JSON.stringify(answer)).not.toContain(text);
  });

  it('what has arrived is on this disk no longer, and a code that nobody has finds nothing', async () => {
    const { core, log } = bench;
    await core.session.start({ locale: 'zh-CN' });
    await expect(core.enquiry.handIn({ ...complaint, itemCode: 'NONE' })).rejects.toMatchObject({
      code: 'UNKNOWN_ITEM',
    });
    await core.enquiry.handIn({ kind: 'consultation', text: '没有户口簿怎么办？' });
    await log.until('core.delivered', 1, { step: 'enquiry' });
    const kept = bench.room.service?.enquiries;
    const { enquiries } = await officeClient(hall.platform.url).complaints.list({ officer: own, which: 'all' });
    expect(enquiries).toMatchObject([{ kind: 'consultation' }]);
    expect(kept?.read(enquiries[0]?.id ?? '')).toMatchObject({ ok: false, reason: 'payload-missing' });
    for (const code of ['0'.repeat(26), 'NOT A CODE'])
      await expect(core.enquiry.answer({ code })).rejects.toMatchObject({ code: 'UNKNOWN_CODE' });
    await core.session.end({ cause: 'finished' });
    await expect(core.enquiry.handIn(complaint)).rejects.toMatchObject({ code: 'SESSION_NEEDED' });
  });

  it('one that waits is opened with the former key, and after that with the new one alone', async () => {
    const { core } = bench;
    await hall.platform.setFault({ kind: 'status', status: 503 });
    await core.session.start({ locale: 'zh-CN' });
    await core.enquiry.handIn(complaint);
    await core.session.end({ cause: 'finished' });
    bench.stop();
    const deviceKey = Buffer.alloc(32, 8);
    const rotating = await hall.start({ deviceKey, formerDeviceKey: benchKey });
    expect(rotating.formerKeyUnused).toBe(true);
    rotating.stop();
    await hall.platform.setFault({ kind: 'none' });
    bench = await hall.start({ deviceKey });
    await bench.log.until('core.delivered', 1, { step: 'enquiry' });
    expect(await all(centre)).toMatchObject([{ kind: 'complaint' }]);
  });
});
