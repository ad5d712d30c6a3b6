import { printFailure } from '../../contract/device-failures.ts';
import type { PrintDocument } from '../../domain/print-document.ts';
import type { ConformanceOf } from './description.ts';
import { deviceOf } from './device-of.ts';
import { right, wrong } from './ending.ts';
import type { Use } from './uses.ts';

/** On the paper, and nowhere else. */
const PRINTED_TEXT = '受理编号 7K3Q';

/** Something of everything that a document can have. */
const document: PrintDocument = [
  { kind: 'text', text: '受理回执', align: 'centre', bold: true, size: 2 },
  { kind: 'rule' },
  { kind: 'pair', label: '办件', value: PRINTED_TEXT },
  {
    kind: 'pair',
    label: '事项',
    value: '社会保障卡申领（一份较长的说明，写不下时要换行，一直写到第三行为止才算真正结束）',
  },
  { kind: 'qr', content: 'https://hall.example/r/7k3q', module: 6 },
  { kind: 'feed', lines: 2 },
  { kind: 'cut' },
];

/** A document is printed. */
export function printerUses({ outcome, printed }: ConformanceOf<'ticket-printer'>): readonly [Use, ...Use[]] {
  const use: Use = {
    name: 'a document',
    async run(stage, signal) {
      const since = stage.mark();
      const told = await deviceOf(stage, 'ticket-printer').print(document, signal, Promise.resolve(true));
      if (!told.ok) {
        if (told.detail !== undefined) stage.told.push(told.detail);
        return printFailure.safeParse(told.reason).success
          ? { kind: 'failed', reason: told.reason }
          : wrong('unknown reason');
      }
      if (told.value !== outcome) return wrong(`${told.value} instead of ${outcome}`);
      return outcome === 'unconfirmed' || stage.happened(since, printed) ? right : wrong('nothing is on the paper');
    },
  };
  return [use];
}
