import type { PaperKey } from './paper-key.ts';
import type { Text } from './messages.ts';
import type { PrintBlock, PrintDocument } from './print-document.ts';

/** What a guide (办事指南) to one item says. The same for everybody. */
export interface GuideFacts {
  readonly hallName: string;
  readonly itemName: string;
  readonly department: string;
  readonly place: string;
  readonly hours: string;
  readonly fee: string;
  /** Working days; 0 means on the spot. */
  readonly limits: { readonly legal: number; readonly promised: number };
  readonly conditions: readonly string[];
  readonly materials: readonly { readonly name: string; readonly originals: number; readonly copies: number }[];
  readonly phone: string;
  /** Where the whole guide can be read. */
  readonly address: string;
}

const qrModule = 5;

/** A guide to take home. */
export function composeGuide(facts: GuideFacts, text: Text<PaperKey>): PrintDocument {
  return [
    { kind: 'text', text: facts.hallName, align: 'centre' },
    { kind: 'text', text: text('paper.guide.title'), align: 'centre', bold: true, size: 2 },
    { kind: 'text', text: facts.itemName, align: 'centre', bold: true },
    { kind: 'rule' },
    { kind: 'pair', label: text('paper.guide.department'), value: facts.department },
    { kind: 'pair', label: text('paper.guide.place'), value: facts.place },
    { kind: 'pair', label: text('paper.guide.hours'), value: facts.hours },
    { kind: 'pair', label: text('paper.guide.fee'), value: facts.fee },
    {
      kind: 'pair',
      label: text('paper.guide.legalLimit'),
      value: text('paper.guide.days', { days: facts.limits.legal }),
    },
    {
      kind: 'pair',
      label: text('paper.guide.promisedLimit'),
      value: text('paper.guide.days', { days: facts.limits.promised }),
    },
    ...conditions(facts, text),
    ...materials(facts, text),
    { kind: 'rule' },
    { kind: 'pair', label: text('paper.guide.phone'), value: facts.phone },
    { kind: 'qr', content: facts.address, module: qrModule },
    { kind: 'text', text: text('paper.guide.scanForMore'), align: 'centre' },
    { kind: 'feed', lines: 2 },
    { kind: 'cut' },
  ];
}

function conditions(facts: GuideFacts, text: Text<PaperKey>): PrintBlock[] {
  if (facts.conditions.length === 0) return [];
  return [
    { kind: 'rule' },
    { kind: 'text', text: text('paper.guide.conditions'), bold: true },
    ...facts.conditions.map((one, index): PrintBlock => ({ kind: 'text', text: `${index + 1}. ${one}` })),
  ];
}

function materials(facts: GuideFacts, text: Text<PaperKey>): PrintBlock[] {
  if (facts.materials.length === 0) return [];
  return [
    { kind: 'rule' },
    { kind: 'text', text: text('paper.guide.materials'), bold: true },
    {
      kind: 'table',
      columns: [{ share: 3 }, { share: 1, align: 'right' }, { share: 1, align: 'right' }],
      heading: [text('paper.guide.material'), text('paper.guide.original'), text('paper.guide.copies')],
      rows: facts.materials.map(({ name, originals, copies }) => [name, String(originals), String(copies)]),
    },
  ];
}
