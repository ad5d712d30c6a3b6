import { request } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import {
  caseExample,
  deviceEventExample,
  enquiryExample,
  pageExample,
  ratingExample,
} from '../../src/contract/platform-examples.ts';
import { exampleItem } from '../fixtures/example-item.ts';
import { handIn, uuid } from '../fixtures/hand-in.ts';
import { officeClient } from '../fixtures/office-client.ts';
import { closeEngines, platformEngines } from '../fixtures/platform-engines.ts';
import { uploadScan } from '../fixtures/upload-scan.ts';

afterAll(closeEngines);
const key = (index: number) => `019ab4c0-5a00-7000-8000-${String(index).padStart(12, '0')}`;
const path = '/office/overview';

async function send(url: string, index: number, call: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': `"${key(index)}"` };
  const answer = await fetch(`${url}${call}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
}

/** With headers that fetch does not let anybody set. */
function statusWith(url: string, headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(`${url}${path}`, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.once('error', reject);
    asked.end();
  });
}

async function pageOf(url: string, language = ''): Promise<string> {
  return (await fetch(`${url}${path}${language}`)).text();
}

/** Of each complaint or question: its number, kind, look, state, when it came, last day, hall and item. */
function enquiriesOn(page: string): (string | undefined)[][] {
  return [...page.matchAll(/<article class="card" data-enquiry="([^"]*)">(.*?)<\/article>/gs)].map(
    ([, id, inner = '']) => {
      const [, kind] = /<span>([^<]*)<\/span>/.exec(inner) ?? [];
      const [, look, state] = /<strong class="([^"]*)">([^<]*)<\/strong>/.exec(inner) ?? [];
      const facts = new Map(
        [...inner.matchAll(/<dt>([^<]*)<\/dt>\s*<dd>([^<]*)<\/dd>/g)].map(([, name, value]) => [name, value]),
      );
      expect(facts.get('编号')).toBe(id);
      const hall = facts.get(kind === '投诉' ? '涉及大厅' : '所在大厅');
      return [id, kind, look, state, facts.get('收到时间'), facts.get('答复期限'), hall, facts.get('事项')];
    },
  );
}

describe.each(platformEngines)('the page of what arrived on $name', ({ missing, start }) => {
  it.skipIf(missing)('shows cases with their trail, ratings and kiosks, and nobody by name', async () => {
    const stored = await start();
    const { url } = stored.platform;
    try {
      expect(await (await fetch(`${url}${path}`)).text()).toContain('还没有收到办件');
      const tricky = { ...caseExample, itemName: '<script>alert("一")</script>' };
      await send(url, 1, '/cases', tricky);
      await send(url, 2, '/ratings', ratingExample);
      const again = { id: key(5), number: 2, level: 'dissatisfied', ratedAt: '2026-11-22T10:00:00+08:00' };
      await send(url, 5, '/ratings', { ...ratingExample, ...again });
      await send(url, 3, '/device-events', { ...deviceEventExample, id: key(3) });
      const content = { caseId: caseExample.id, stage: 'decided' };
      expect(await stored.platform.publish({ id: key(4), kind: 'case-state', content })).toMatchObject({ ok: true });
      expect(await (await fetch(`${url}${path}`)).text()).toContain('已到 0 页，应到 1 页');
      expect(await uploadScan(url, pageExample)).toBe(201);

      const answer = await fetch(`${url}${path}`);
      const page = await answer.text();
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/);
      for (const text of [
        '张**，证件尾号 0010',
        '已到 1 页，应到 1 页',
        '非常满意',
        'KSK1',
        'printer：故障（paper-out）',
      ])
        expect(page).toContain(text);
      const { applicant, fields } = caseExample;
      for (const secret of [applicant.name, applicant.idNumber, fields.phone]) expect(page).not.toContain(secret);
      expect(page).not.toContain('<script');
      const trail = [...page.matchAll(/<time[^>]*>([^<]+)<\/time><span>([^<]+)</g)].map(([, at, what]) => ({
        at,
        what,
      }));
      expect(trail.map(({ what }) => what)).toEqual([
        '在终端提交申请',
        '申请人评价',
        '申请人追评',
        '平台收件，给出办件编号',
        '告知：已决定',
        '扫描页收齐',
      ]);
      expect(trail[0]?.at).toBe('2026-11-22 09:30:00');
      const english = await (await fetch(`${url}${path}?lang=en`)).text();
      expect(english).toContain('Told: decided');
      const style = await fetch(`${url}${path}/style.css`);
      expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
      expect(await style.text()).toContain('--brand: #0b5a6e;');
    } finally {
      await stored.close();
    }
  });

  it.skipIf(missing)('shows complaints and questions by their deadline, and nobody and no word of them', async () => {
    // A Monday. 1 to 7 October are holidays, 20 September and 10 October make-up workdays.
    let now = new Date('2026-09-14T02:00:00Z');
    const stored = await start({ now: () => now });
    const { url } = stored.platform;
    const { complaints } = officeClient(url);
    const officer = { office: '12345', id: '0042' };
    const contact = { name: '欧阳测试', phone: '13900000017' };
    const code = (index: number) => `7ZK3QW9DXN2RMB5TCHP8VYJ${String(index).padStart(3, '0')}`;
    const submit = async (index: number, change: object) => {
      const body = { ...enquiryExample, contact, id: uuid(index), answerCode: code(index), ...change };
      expect(await handIn(url, '/enquiries', body, uuid(900 + index))).toMatchObject({ status: 200 });
    };
    const answer = (index: number) =>
      complaints.answer({
        headers: { 'idempotency-key': uuid(800 + index) },
        body: { officer, id: uuid(index), text: '窗口已增开，谢谢提醒。' },
      });
    try {
      expect(await pageOf(url)).toContain('还没有收到投诉和咨询。');
      const item = { ...exampleItem, code: enquiryExample.itemCode, name: '<老年人>津贴' };
      expect(await stored.platform.publishCatalogue('1', [item])).toMatchObject({ ok: true });
      await submit(1, {});
      await submit(2, { concerns: '990102', itemCode: undefined });
      await submit(3, { kind: 'consultation', itemCode: '99019901', text: '几点下班？' });
      await submit(4, { kind: 'consultation', itemCode: undefined, concerns: '990102' });
      await submit(5, { kind: 'consultation', itemCode: undefined, hallCode: '990103', contact: undefined });
      await answer(4);
      const extension = { officer, id: uuid(2), days: 5, reason: '要调取录像' };
      await complaints.extend({ headers: { 'idempotency-key': uuid(700) }, body: extension });

      now = new Date('2026-09-21T02:00:00Z');
      await answer(5);
      const page = await pageOf(url);
      expect(page).toContain('最近 5 件，共 5 件。');
      expect(page).toContain('<span class="late">未答复 3 件，其中超期 1 件。</span>');
      expect(page).toMatch(/data-count="enquiries">.*?<dd>5<\/dd>/s);
      const received = '2026-09-14 10:00:00';
      expect(enquiriesOn(page)).toEqual([
        [uuid(5), '咨询', 'warn', '已答复，超期 1 个工作日', received, '2026-09-20', '990103', undefined],
        [uuid(4), '咨询', 'done', '已答复', received, '2026-09-20', '990101', undefined],
        [uuid(3), '咨询', 'late', '未答复，超期 1 个工作日', received, '2026-09-20', '990101', '99019901'],
        [uuid(2), '投诉', 'open', '未答复', received, '2026-10-16（已延期）', '990102', undefined],
        [uuid(1), '投诉', 'open', '未答复', received, '2026-10-10', '990101', '&lt;老年人&gt;津贴'],
      ]);
      for (const index of [1, 2, 3, 4, 5])
        for (const secret of [enquiryExample.text, '几点下班', '窗口已增开', '要调取录像', code(index)])
          expect(page).not.toContain(secret);
      for (const secret of [contact.name, contact.phone, enquiryExample.contact.phone])
        expect(page).not.toContain(secret);
      const english = await pageOf(url, '?lang=en');
      expect(english).toContain('Not answered, 1 working day late');
      expect(english).toContain('3 without an answer, 1 of them overdue.');

      // A day before its last one a complaint is yellow; on the Sunday after it, late by no working day yet.
      const looksOf = async (index: number) => enquiriesOn(await pageOf(url)).find(([id]) => id === uuid(index));
      now = new Date('2026-10-09T02:00:00Z');
      expect((await looksOf(1))?.slice(2, 4)).toEqual(['warn', '未答复，即将到期']);
      now = new Date('2026-10-11T02:00:00Z');
      expect((await looksOf(1))?.slice(2, 4)).toEqual(['late', '未答复，已超期']);

      for (let index = 6; index <= 25; index += 1) await submit(index, { kind: 'consultation' });
      const crowded = await pageOf(url);
      expect(crowded).toContain('最近 20 件，共 25 件。');
      expect(enquiriesOn(crowded).map(([id]) => id)).toEqual(
        Array.from({ length: 20 }, (_, index) => uuid(25 - index)),
      );
    } finally {
      await stored.close();
    }
  });
});

it('the page of what arrived is for a browser at this machine, and for no page of another origin', async () => {
  const [engine] = platformEngines;
  const stored = await engine?.start();
  if (!stored) throw new Error('SQLite is always there');
  const { url } = stored.platform;
  try {
    expect(await statusWith(url, {})).toBe(200);
    expect(await statusWith(url, { 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await statusWith(url, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await statusWith(url, { 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await statusWith(url, { origin: 'http://localhost' })).toBe(403);
    // A name of somebody else's that points here.
    expect(await statusWith(url, { host: 'hall.example' })).toBe(403);
  } finally {
    await stored.close();
  }
});
