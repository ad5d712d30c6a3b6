import type { PrintDocument } from '../../../src/domain/print-document.ts';

const title = '政务服务受理回执';
const pairs = [
  ['事项', '高龄津贴申领'],
  ['受理编号', '990101-20261122-000123'],
  ['申请人', '张*'],
  ['受理时间', '2026年11月22日 09:30'],
  ['办结期限', '5个工作日'],
] as const;
const notes = ['请妥善保管本回执，凭受理编号查询办理进度。', '咨询电话 0100-5550101'] as const;
const address = 'https://example.invalid/receipt/990101-20261122-000123';

/** What all encoders are to put on paper: a large bold title, five pairs between two rules, two notes, a QR code, a cut. */
export const ticket = { title, pairs, notes, address, columns: 48, module: 6 } as const;

/** The same in the words of the printer drivers. */
export const ticketDocument: PrintDocument = [
  { kind: 'text', text: title, align: 'centre', bold: true, size: 2 },
  { kind: 'rule' },
  ...pairs.map(([label, value]) => ({ kind: 'pair', label, value }) as const),
  { kind: 'rule' },
  ...notes.map((text) => ({ kind: 'text', text }) as const),
  { kind: 'qr', content: address, module: ticket.module },
  { kind: 'cut' },
];
