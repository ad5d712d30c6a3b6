import type zhMessages from '../../resources/messages/receipt.zh-CN.json';
import type { MaskedPerson } from './identity.ts';
import type { Text } from './messages.ts';
import type { PrintBlock, PrintDocument } from './print-document.ts';

export type ReceiptKey = keyof typeof zhMessages;

/** What a receipt says. Personal data comes masked and the QR code is opaque: paper gets lost. */
export interface ReceiptFacts {
  /** What a notice asked for was handed in, and not a case. */
  readonly kind?: 'supplement';
  readonly hallName: string;
  readonly provisionalNumber: string;
  /** Absent until the platform gave one. */
  readonly officialNumber?: string | undefined;
  readonly itemName: string;
  /** The parts of an 一件事; empty for an ordinary item. */
  readonly partNames: readonly string[];
  readonly department: string;
  /** ISO 8601 with offset; printed as the wall clock it names. */
  readonly handedInAt: string;
  /** Working days; 0 means on the spot. */
  readonly limits: { readonly legal: number; readonly promised: number };
  readonly materials: readonly { readonly name: string; readonly pages: number }[];
  readonly person: MaskedPerson;
  readonly advicePhone: string;
  readonly complaintPhone: string;
  readonly receiptCode: string;
}

/** Columns of a line in double width on 80 mm paper (48 columns). */
const doubleWidthColumns = 24;
const qrModule = 6;

/**
 * The receipt (收件凭证) of a case just handed in. It says "handed in" and never "accepted": 受理 starts when the
 * department takes the case, and the limits count from then.
 */
export function composeReceipt(facts: ReceiptFacts, text: Text<ReceiptKey>): PrintDocument {
  return [
    ...heading(facts, text),
    { kind: 'rule' },
    ...whatAndWho(facts, text),
    { kind: 'rule' },
    ...handedInMaterials(facts, text),
    { kind: 'rule' },
    ...whatHappensNext(facts, text),
    { kind: 'feed', lines: 1 },
    { kind: 'qr', content: facts.receiptCode, module: qrModule },
    { kind: 'text', text: text('receipt.howToFollow'), align: 'centre' },
    { kind: 'feed', lines: 3 },
    { kind: 'cut' },
  ];
}

function heading(facts: ReceiptFacts, text: Text<ReceiptKey>): PrintBlock[] {
  const fits = facts.provisionalNumber.length <= doubleWidthColumns;
  const blocks: PrintBlock[] = [
    { kind: 'text', text: facts.hallName, align: 'centre' },
    {
      kind: 'text',
      text: text(facts.kind ? 'receipt.supplementTitle' : 'receipt.title'),
      align: 'centre',
      bold: true,
      size: 2,
    },
    { kind: 'feed', lines: 1 },
    { kind: 'text', text: text('receipt.provisionalNumber'), align: 'centre' },
    { kind: 'text', text: facts.provisionalNumber, align: 'centre', bold: true, size: fits ? 2 : 1 },
  ];
  if (facts.officialNumber) {
    blocks.push(
      { kind: 'text', text: text('receipt.officialNumber'), align: 'centre' },
      // 43 characters and more in some provinces: too long for double width.
      { kind: 'text', text: facts.officialNumber, align: 'centre', bold: true },
    );
  } else {
    blocks.push({ kind: 'text', text: text('receipt.officialNumberFollows'), align: 'centre' });
  }
  return blocks;
}

function whatAndWho(facts: ReceiptFacts, text: Text<ReceiptKey>): PrintBlock[] {
  const { person } = facts;
  return [
    { kind: 'text', text: facts.itemName, bold: true },
    ...facts.partNames.map((part, index): PrintBlock => ({ kind: 'text', text: `  ${index + 1}. ${part}` })),
    { kind: 'pair', label: text('receipt.applicant'), value: person.name },
    { kind: 'pair', label: text('receipt.idNumber'), value: text('receipt.endsWith', { digits: person.idLast4 }) },
    { kind: 'pair', label: text('receipt.department'), value: facts.department },
    { kind: 'pair', label: text('receipt.handedInAt'), value: wallClock(facts.handedInAt) },
    { kind: 'pair', label: text('receipt.state'), value: text('receipt.notYetAccepted') },
  ];
}

function handedInMaterials(facts: ReceiptFacts, text: Text<ReceiptKey>): PrintBlock[] {
  return [
    { kind: 'text', text: text('receipt.materials', { count: facts.materials.length }), bold: true },
    ...facts.materials.map(({ name, pages }): PrintBlock => ({
      kind: 'pair',
      label: name,
      value: pages > 0 ? text('receipt.pages', { count: pages }) : text('receipt.electronic'),
    })),
  ];
}

function whatHappensNext(facts: ReceiptFacts, text: Text<ReceiptKey>): PrintBlock[] {
  return [
    { kind: 'pair', label: text('receipt.legalLimit'), value: text('receipt.days', { days: facts.limits.legal }) },
    {
      kind: 'pair',
      label: text('receipt.promisedLimit'),
      value: text('receipt.days', { days: facts.limits.promised }),
    },
    { kind: 'text', text: text('receipt.limitsCountFrom') },
    { kind: 'pair', label: text('receipt.advicePhone'), value: facts.advicePhone },
    { kind: 'pair', label: text('receipt.complaintPhone'), value: facts.complaintPhone },
  ];
}

/** 2026-11-22T09:30:15+08:00 to 2026-11-22 09:30: the hall's own clock, whatever the zone of this process. */
function wallClock(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
}
