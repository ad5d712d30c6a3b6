import { expect, test } from 'vitest';
import zh from '../../resources/messages/paper.zh-CN.json' with { type: 'json' };
import { composeDayReport, type DayReportFacts } from './day-report.ts';
import { composeGuide, type GuideFacts } from './guide.ts';
import { createText } from './messages.ts';
import { composeQueueTicket, type QueueTicketFacts } from './queue-ticket.ts';
import { printBlock, printDocument, type PrintDocument } from './print-document.ts';

const text = createText(zh, 'zh-CN');

const report: DayReportFacts = {
  hallName: '安澜县政务服务中心',
  terminal: 'HALL01',
  from: '2026-11-22T00:00:00+08:00',
  until: '2026-11-22T17:30:15+08:00',
  business: [{ name: '高龄津贴', done: 12, failed: 1 }],
  devices: [{ name: '票据打印机', done: 30, failed: 2 }],
};

const guide: GuideFacts = {
  hallName: '安澜县政务服务中心',
  itemName: '高龄津贴',
  department: '安澜县民政局',
  place: '一楼综合窗口',
  hours: '工作日 9:00–17:00',
  fee: '不收费',
  limits: { legal: 20, promised: 5 },
  conditions: ['年满80周岁', '本县户籍'],
  materials: [{ name: '居民户口簿', originals: 1, copies: 0 }],
  phone: '0100-5550103',
  address: 'https://example.org/guide/1',
};

function tables(document: PrintDocument): unknown[] {
  return document.flatMap((block) => (block.kind === 'table' ? [block.rows] : []));
}

function words(document: PrintDocument): string {
  return document
    .map((block) => (block.kind === 'text' ? block.text : block.kind === 'pair' ? `${block.label} ${block.value}` : ''))
    .join('\n');
}

test('a report of the day has a table of matters and one of devices, and the times of the hall', () => {
  const document = composeDayReport(report, text);
  expect(printDocument.safeParse(document).success).toBe(true);
  expect(tables(document)).toStrictEqual([[['高龄津贴', '12', '1']], [['票据打印机', '30', '2']]]);
  expect(words(document)).toContain('11-22 00:00 – 11-22 17:30');
});

test('a report of a day without matters has no empty table', () => {
  const document = composeDayReport({ ...report, business: [] }, text);
  expect(tables(document)).toStrictEqual([[['票据打印机', '30', '2']]]);
});

test('a guide numbers its conditions and lists its materials', () => {
  const document = composeGuide(guide, text);
  expect(printDocument.safeParse(document).success).toBe(true);
  expect(words(document)).toContain('1. 年满80周岁\n2. 本县户籍');
  expect(tables(document)).toStrictEqual([[['居民户口簿', '1', '0']]]);
});

test('a guide to what needs nothing has neither', () => {
  const document = composeGuide({ ...guide, conditions: [], materials: [] }, text);
  expect(tables(document)).toStrictEqual([]);
  expect(document.filter(({ kind }) => kind === 'rule')).toHaveLength(2);
});

const image = { kind: 'image', rowBytes: 1 };
const table = { kind: 'table', columns: [{ share: 1 }, { share: 2 }] };

test.each([
  ['an image without padding', { ...image, rows: 3, dots: 'AAAA' }, true],
  ['an image with one byte of padding', { ...image, rows: 2, dots: 'AAA=' }, true],
  ['an image with two bytes of padding', { ...image, rows: 1, dots: 'AA==' }, true],
  ['an image of fewer bytes than it says', { ...image, rows: 4, dots: 'AAAA' }, false],
  ['a table with its heading', { ...table, heading: ['a', 'b'], rows: [['1', '2']] }, true],
  ['a table without one', { ...table, rows: [['1', '2']] }, true],
  ['a table whose heading lacks a column', { ...table, heading: ['a'], rows: [['1', '2']] }, false],
  ['a table whose second row lacks a column', { ...table, rows: [['1', '2'], ['3']] }, false],
])('%s', (_case, block, valid) => expect(printBlock.safeParse(block).success).toBe(valid));

const ticket: QueueTicketFacts = {
  hallName: '安澜县政务服务中心',
  number: 'A012',
  queueName: '综合受理',
  windows: '1 – 4 号',
  takenAt: '2026-11-22T09:05:00+08:00',
  ticketCode: '261122-A012',
};

test('a queue ticket says number, place and time, and how many are ahead only where that is known', () => {
  const alone = composeQueueTicket(ticket, text);
  expect(words(alone)).toMatch(/A012[^]*综合受理[^]*1 – 4 号[^]*2026-11-22 09:05/);
  expect(printDocument.safeParse(alone).success).toBe(true);
  const behind = composeQueueTicket({ ...ticket, ahead: 7 }, text);
  expect(words(behind)).toContain('7');
  expect(behind).toHaveLength(alone.length + 1);
});

test('a queue ticket begins with the emblem of the hall, where it has one', () => {
  const logo = { kind: 'image', rowBytes: 1, rows: 1, dots: 'AA==' } as const;
  expect(composeQueueTicket({ ...ticket, logo }, text)[0]).toBe(logo);
});
