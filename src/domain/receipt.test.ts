import { expect, test } from 'vitest';
import en from '../../resources/messages/receipt.en.json' with { type: 'json' };
import zh from '../../resources/messages/receipt.zh-CN.json' with { type: 'json' };
import { createText } from './messages.ts';
import { printDocument, type PrintDocument } from './print-document.ts';
import { composeReceipt, type ReceiptFacts } from './receipt.ts';

const chinese = createText(zh, 'zh-CN');
const english = createText(en, 'en');

const facts: ReceiptFacts = {
  hallName: '安澜县政务服务中心',
  provisionalNumber: 'YS-HALL01-261122-0007-P',
  itemName: '新生儿出生一件事',
  partNames: ['出生登记', '社会保障卡申领'],
  department: '安澜县数据局',
  handedInAt: '2026-11-22T09:30:15+08:00',
  limits: { legal: 20, promised: 5 },
  materials: [
    { name: '申请人居民身份证', pages: 0 },
    { name: '居民户口簿（首页和本人页）', pages: 2 },
  ],
  person: { name: '欧阳**', idLast4: '0016' },
  advicePhone: '0100-5550103',
  complaintPhone: '12345',
  receiptCode: 'Zk3fQ9xR2mLw7pT4',
};

const wordsOf = (document: PrintDocument) =>
  document
    .map((block) => (block.kind === 'text' ? block.text : block.kind === 'pair' ? `${block.label} ${block.value}` : ''))
    .join('\n');

test('says what was handed in, when, to whom, until when, and how to follow it', () => {
  const document = composeReceipt(facts, chinese);
  const words = wordsOf(document);
  for (const part of [
    facts.hallName,
    facts.provisionalNumber,
    facts.itemName,
    '1. 出生登记',
    '2. 社会保障卡申领',
    '申请人 欧阳**',
    '证件号码 尾号 0016',
    '办理部门 安澜县数据局',
    '提交时间 2026-11-22 09:30',
    '法定办结时限 20 个工作日',
    '承诺办结时限 5 个工作日',
    '申请人居民身份证 电子',
    '居民户口簿（首页和本人页） 2 页',
    '咨询电话 0100-5550103',
    '投诉电话 12345',
  ]) {
    expect(words).toContain(part);
  }
});

test('says that it was a notice that was answered, and no case begun', () => {
  const title = '补正材料收件凭证';
  expect(wordsOf(composeReceipt({ ...facts, kind: 'supplement' }, chinese))).toContain(title);
  expect(wordsOf(composeReceipt(facts, chinese))).not.toContain(title);
});

test('never says accepted: handed in is not 受理', () => {
  expect(wordsOf(composeReceipt(facts, chinese))).toContain('已提交，尚未受理');
  expect(wordsOf(composeReceipt(facts, english))).toContain('Handed in, not yet accepted');
});

test('the QR code is the opaque code and nothing else, and the paper is cut at the very end', () => {
  const document = composeReceipt(facts, chinese);
  const codes = document.filter((block) => block.kind === 'qr');
  expect(codes).toStrictEqual([{ kind: 'qr', content: facts.receiptCode, module: 6 }]);
  expect(document.at(-1)).toStrictEqual({ kind: 'cut' });
});

test('before the official number is known it promises one; afterwards both numbers are there', () => {
  const officialNumber = '11990101MB000006X64992000020000202611220001';
  expect(wordsOf(composeReceipt(facts, chinese))).toContain('正式办件编号由平台生成');
  const words = wordsOf(composeReceipt({ ...facts, officialNumber }, chinese));
  expect(words).toContain(officialNumber);
  expect(words).toContain(facts.provisionalNumber);
  expect(words).not.toContain('正式办件编号由平台生成');
});

const sizeOf = (provisionalNumber: string) =>
  composeReceipt({ ...facts, provisionalNumber }, chinese).find(
    (block) => block.kind === 'text' && block.text === provisionalNumber,
  );

test('the number stands in double size where it fits 24 columns, else in single', () => {
  expect(sizeOf('YS-HALL01-261122-0007-P')).toMatchObject({ size: 2 });
  expect(sizeOf('YS-HALL01HALL01-261122-0007-P')).toMatchObject({ size: 1 });
});

test('an item done on the spot says so instead of counting days', () => {
  const document = composeReceipt({ ...facts, partNames: [], limits: { legal: 5, promised: 0 } }, chinese);
  expect(wordsOf(document)).toContain('承诺办结时限 当场办结');
});

test.each([
  ['Chinese', chinese],
  ['English', english],
])('in %s it is a document any printer driver takes', (_language, text) => {
  const document = composeReceipt(facts, text);
  expect(printDocument.parse(document)).toStrictEqual(document);
});
