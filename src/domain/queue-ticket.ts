import type { PaperKey } from './paper-key.ts';
import type { WaitRange } from './queue/expected-wait.ts';
import type { TicketPriority } from './queue/priority-groups.ts';
import type { Text } from './messages.ts';
import type { PrintBlock, PrintDocument } from './print-document.ts';

/** What a queue ticket says. Nothing about the person: it is called out by its number. */
export interface QueueTicketFacts {
  readonly hallName: string;
  /** As it is called out, such as A012. */
  readonly number: string;
  readonly queueName: string;
  /** Those who wait for the same counters at this moment; undefined where nobody can tell, as without the platform. */
  readonly ahead?: number | undefined;
  /** Minutes in which it will probably be called; undefined where nobody can tell. */
  readonly wait?: WaitRange | undefined;
  /** Why it is called before ordinary ones. */
  readonly priority?: TicketPriority | undefined;
  readonly windows: string;
  /** ISO 8601 with offset; printed as the wall clock it names. */
  readonly takenAt: string;
  /** Printable ASCII that a counter's reader takes for this ticket. */
  readonly ticketCode: string;
  /** An emblem in black and white. */
  readonly logo?: Extract<PrintBlock, { kind: 'image' }> | undefined;
}

/** The paper with the number that is called out. */
export function composeQueueTicket(facts: QueueTicketFacts, text: Text<PaperKey>): PrintDocument {
  return [
    ...(facts.logo ? [facts.logo] : []),
    { kind: 'text', text: facts.hallName, align: 'centre' },
    { kind: 'text', text: text('paper.ticket.title'), align: 'centre', bold: true, size: 2 },
    { kind: 'text', text: facts.number, align: 'centre', bold: true, size: 4 },
    { kind: 'text', text: facts.queueName, align: 'centre', bold: true },
    ...now(facts, text).map((line) => ({ kind: 'text' as const, text: line, align: 'centre' as const })),
    { kind: 'rule' },
    { kind: 'pair', label: text('paper.ticket.windows'), value: facts.windows },
    { kind: 'pair', label: text('paper.ticket.takenAt'), value: facts.takenAt.slice(0, 16).replace('T', ' ') },
    { kind: 'feed', lines: 1 },
    { kind: 'barcode', content: facts.ticketCode },
    { kind: 'text', text: text('paper.ticket.howToWait'), align: 'centre' },
    { kind: 'feed', lines: 2 },
    { kind: 'cut' },
  ];
}

/** What is known of the wait at this moment. */
function now({ priority, ahead, wait }: QueueTicketFacts, text: Text<PaperKey>): string[] {
  return [
    ...(priority === undefined ? [] : [text(`paper.ticket.priority.${priority}`)]),
    ...(ahead === undefined ? [] : [text('paper.ticket.ahead', { count: ahead })]),
    ...(wait === undefined ? [] : [text('paper.ticket.wait', { from: wait.from, to: wait.to })]),
  ];
}
