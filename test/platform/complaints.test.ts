import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';
import { afterAll, describe, expect, it } from 'vitest';
import { enquiryCalls } from '../../src/contract/enquiry-calls.ts';
import { enquiryExample } from '../../src/contract/platform-examples.ts';
import { handIn, uuid } from '../fixtures/hand-in.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines } from '../fixtures/platform-engines.ts';

afterAll(closeEngines);

const hall = { office: '990101-D1', id: '0017' };
const otherHall = { office: '990102-D1', id: '0003' };
const centre = { office: '12345', id: '0042' };
/** A code for each number. */
const code = (index: number) => `7ZK3QW9DXN2RMB5TCHP8VYJ${String(index).padStart(3, '0')}`;

describe.each(platformEngines)('complaints and consultations on $name', ({ missing, start }) => {
  /** A platform at 14 September 2026, a Monday, where complaint 1 is about the hall itself. */
  async function open() {
    let now = new Date('2026-09-14T02:00:00Z');
    const stored = await start({ now: () => now });
    const { url } = stored.platform;
    let keys = 0;
    const key = () => uuid(90_000 + (keys += 1));
    const submit = (index: number, change: object = {}) => {
      const body = { ...enquiryExample, id: uuid(index), answerCode: code(index), submittedAt: now.toISOString() };
      return handIn(url, '/enquiries', { ...body, ...change }, key());
    };
    const kiosk: ContractRouterClient<typeof enquiryCalls> = createORPCClient(new OpenAPILink(enquiryCalls, { url }));
    const { complaints } = officeClient(url);
    const headers = () => ({ 'idempotency-key': key() });
    expect(await submit(1)).toMatchObject({ status: 200, answer: { dueDay: '2026-10-10' } });
    return {
      ...stored,
      close: () => stored.close(),
      submit,
      complaints,
      until: (instant: string) => (now = new Date(instant)),
      ask: (index: number) => kiosk.enquiryAnswer({ kioskId: 'KSK1', answerCode: code(index) }),
      answer: (officer: typeof hall, id: string, text: string) =>
        complaints.answer({ headers: headers(), body: { officer, id, text } }),
      extend: (officer: typeof hall, id: string, days: number, reason: string) =>
        complaints.extend({ headers: headers(), body: { officer, id, days, reason } }),
      list: async (officer: typeof hall, which: 'all' | 'open' | 'due-soon' = 'all') =>
        (await complaints.list({ officer, which })).enquiries,
    };
  }
  const refusedFor = (reason: string) => ({ code: 'REFUSED', data: { reason } });
  const unknown = { status: 404, code: 'UNKNOWN_ENQUIRY' };

  it.skipIf(missing)('hide a complaint from every office of the hall that it is about, and from it only', async () => {
    const { submit, list, complaints, answer, extend, database, close } = await open();
    try {
      expect(await submit(2, { concerns: '990102' })).toMatchObject({ status: 200 });
      expect(await submit(3, { kind: 'consultation', text: '几点下班？' })).toMatchObject({
        status: 200,
        answer: { dueDay: '2026-09-20' },
      });
      const ids = async (officer: typeof hall) => (await list(officer)).map(({ id }) => id);
      expect(await ids(hall)).toEqual([uuid(3), uuid(2)]);
      expect(await ids({ office: '990101', id: '0001' })).toEqual([uuid(3), uuid(2)]);
      expect(await ids(otherHall)).toEqual([uuid(3), uuid(1)]);
      expect(await ids(centre)).toEqual([uuid(3), uuid(1), uuid(2)]);
      const one = { officer: hall, id: uuid(1) };
      await expect(complaints.read(one)).rejects.toMatchObject(unknown);
      await expect(complaints.contact(one)).rejects.toMatchObject(unknown);
      await expect(answer(hall, uuid(1), '没有这回事')).rejects.toMatchObject(refusedFor('unknown-enquiry'));
      await expect(extend(hall, uuid(1), 5, '在查')).rejects.toMatchObject(refusedFor('unknown-enquiry'));
      const after = await complaints.list({ officer: hall, which: 'all', after: uuid(1) });
      expect(after.enquiries.map(({ id }) => id)).toEqual([uuid(2)]);
      expect((await complaints.read({ officer: centre, id: uuid(1) })).text).toBe(enquiryExample.text);
      // The list says neither what was written nor who wrote it, and the code is nowhere.
      const said = JSON.stringify(await list(centre));
      expect(said).not.toContain(enquiryExample.text);
      expect(said).not.toContain(enquiryExample.contact.phone);
      const rows = await database.all('SELECT * FROM enquiry');
      expect(JSON.stringify(rows)).not.toContain(code(1));
    } finally {
      await close();
    }
  });

  it.skipIf(missing)('are answered by an officer, and the person reads the answer with the code', async () => {
    const { submit, ask, answer, complaints, until, list, close } = await open();
    try {
      const { contact: _contact, itemCode: _item, ...anonymous } = enquiryExample;
      const second = { ...anonymous, id: uuid(2), answerCode: code(2), submittedAt: '2026-09-14T10:00:00+08:00' };
      expect(await submit(2, { contact: undefined, itemCode: undefined })).toMatchObject({ status: 200 });
      expect(await submit(2, { ...second, text: '另一件事' })).toMatchObject({
        status: 400,
        answer: { data: { reason: 'content-differs' } },
      });
      expect(await submit(3, { answerCode: code(2) })).toMatchObject({
        answer: { data: { reason: 'content-differs' } },
      });
      await expect(ask(9)).rejects.toMatchObject({ code: 'UNKNOWN_CODE' });
      expect(await ask(1)).toEqual({
        kind: 'complaint',
        state: 'open',
        receivedAt: '2026-09-14T02:00:00.000Z',
        dueDay: '2026-10-10',
        overdueDays: 0,
      });

      until('2026-09-17T02:00:00Z');
      expect(await complaints.contact({ officer: centre, id: uuid(1) })).toEqual({ phone: '13900000000' });
      await expect(complaints.contact({ officer: centre, id: uuid(2) })).rejects.toMatchObject({ code: 'NO_CONTACT' });
      await expect(answer(centre, uuid(1), '  ')).rejects.toMatchObject(refusedFor('no-words'));
      until('2026-09-18T02:00:00Z');
      expect(await answer(centre, uuid(1), '已增开一个窗口。')).toMatchObject({ state: 'answered', warning: 'none' });
      await expect(answer(centre, uuid(1), '再答')).rejects.toMatchObject(refusedFor('answered-already'));
      expect(await ask(1)).toMatchObject({
        state: 'answered',
        answer: { text: '已增开一个窗口。', at: '2026-09-18T02:00:00.000Z' },
      });
      expect(JSON.stringify(await ask(1))).not.toContain(enquiryExample.text);
      const read = await complaints.read({ officer: centre, id: uuid(1) });
      expect(read.trail).toEqual([
        { at: '2026-09-17T02:00:00.000Z', officer: centre, act: 'contact-read' },
        { at: '2026-09-18T02:00:00.000Z', officer: centre, act: 'answered' },
      ]);
      expect((await list(centre, 'open')).map(({ id }) => id)).toEqual([uuid(2)]);
    } finally {
      await close();
    }
  });

  it.skipIf(missing)('[P-17] have a deadline, one extension, and overdue days by working days', async () => {
    const { submit, extend, answer, ask, list, until, close } = await open();
    try {
      expect(await submit(2, { concerns: '990102' })).toMatchObject({ status: 200 });
      await expect(extend(centre, uuid(1), 5, '')).rejects.toMatchObject(refusedFor('no-reason'));
      const standing = async (index: number) => {
        const { state, dueDay, overdueDays } = await ask(index);
        return [state, dueDay, overdueDays];
      };
      until('2026-10-09T02:00:00Z');
      expect(await list(centre, 'due-soon')).toHaveLength(2);
      expect(await extend(centre, uuid(1), 5, '要调取录像')).toMatchObject({
        dueDay: '2026-10-16',
        extension: { days: 5, reason: '要调取录像' },
        warning: 'none',
      });
      await expect(extend(centre, uuid(1), 1, '还不够')).rejects.toMatchObject(refusedFor('extended-before'));
      expect(await list(centre, 'due-soon')).toMatchObject([{ id: uuid(2), warning: 'yellow' }]);
      // 10 October is a make-up workday, 11 October a Sunday.
      until('2026-10-11T02:00:00Z');
      expect(await standing(2)).toEqual(['overdue', '2026-10-10', 0]);
      until('2026-10-13T02:00:00Z');
      expect(await standing(2)).toEqual(['overdue', '2026-10-10', 2]);
      expect(await list(centre, 'due-soon')).toMatchObject([{ id: uuid(2), warning: 'red', overdueDays: 2 }]);
      await expect(extend(centre, uuid(2), 5, '太晚')).rejects.toMatchObject(refusedFor('too-late'));
      expect(await answer(centre, uuid(2), '已处理')).toMatchObject({ state: 'answered-late', overdueDays: 2 });
      expect(await standing(1)).toEqual(['open', '2026-10-16', 0]);
      expect(await answer(centre, uuid(1), '已处理')).toMatchObject({ state: 'answered', overdueDays: 0 });
      await expect(extend(centre, uuid(1), 5, '已答')).rejects.toMatchObject(refusedFor('answered-already'));
      until('2026-11-30T02:00:00Z');
      expect(await standing(2)).toEqual(['answered-late', '2026-10-10', 2]);
    } finally {
      await close();
    }
  });

  it.skipIf(missing)('are taken in once for their key and id, and answered once', async () => {
    const { platform, submit, complaints, list, close } = await open();
    try {
      const body = { ...enquiryExample, id: uuid(4), answerCode: code(4) };
      const first = await handIn(platform.url, '/enquiries', body, uuid(1));
      expect(first.status).toBe(200);
      expect(await handIn(platform.url, '/enquiries', body, uuid(1))).toEqual(first);
      expect(await submit(4, body)).toEqual(first);
      expect(await handIn(platform.url, '/enquiries', { ...body, text: '别的' }, uuid(1))).toMatchObject({
        status: 422,
      });
      const answered = { headers: { 'idempotency-key': uuid(2) }, body: { officer: centre, id: uuid(4), text: '好' } };
      const answer = await complaints.answer(answered);
      expect(await complaints.answer(answered)).toEqual(answer);
      expect(await list(centre)).toHaveLength(2);
    } finally {
      await close();
    }
  });
});
