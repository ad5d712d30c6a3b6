import type { PrintDocument } from '../../domain/print-document.ts';
import { readinessTexts } from './texts.ts';
import type { Locale } from '../../domain/messages.ts';

/** Everything that a receipt may need, and nothing about anybody. */
export function testPage(locale: Locale): PrintDocument {
  const text = readinessTexts[locale];
  return [
    { kind: 'text', text: text('readiness.page.title'), align: 'centre', size: 2 },
    { kind: 'rule' },
    { kind: 'text', text: text('readiness.page.left') },
    { kind: 'text', text: text('readiness.page.centre'), align: 'centre', bold: true },
    { kind: 'text', text: text('readiness.page.right'), align: 'right' },
    { kind: 'pair', label: text('readiness.page.rare'), value: '𬭎㐂䶮' },
    { kind: 'qr', content: 'TEST-0123456789', module: 6 },
    { kind: 'feed', lines: 2 },
    { kind: 'cut' },
  ];
}
