import type { PrintDocument } from '../../src/domain/print-document.ts';

/** Everything that a receipt may need, and nothing about anybody. For installers, so in both languages at once. */
export const testPage: PrintDocument = [
  { kind: 'text', text: '打印测试 Test page', align: 'centre', size: 2 },
  { kind: 'rule' },
  { kind: 'text', text: '左 left' },
  { kind: 'text', text: '中 centre', align: 'centre', bold: true },
  { kind: 'text', text: '右 right', align: 'right' },
  { kind: 'pair', label: '生僻字 rare', value: '𬭎㐂䶮' },
  { kind: 'qr', content: 'TEST-0123456789', module: 6 },
  { kind: 'feed', lines: 2 },
  { kind: 'cut' },
];
