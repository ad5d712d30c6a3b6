import en from '../../../resources/messages/paper.en.json' with { type: 'json' };
import zhCN from '../../../resources/messages/paper.zh-CN.json' with { type: 'json' };
import type { PrintOutcome } from '../../contract/device-api.ts';
import { createText, type Locale, type Text } from '../../domain/messages.ts';
import type { PaperKey } from '../../domain/paper-key.ts';
import { ticketCode } from '../../domain/queue-number.ts';
import { composeQueueTicket } from '../../domain/queue-ticket.ts';
import { type PaperDeps, readyPaper } from '../receipt/print-paper.ts';
import type { TakenTicket } from './take-ticket.ts';

const texts: Readonly<Record<Locale, Text<PaperKey>>> = {
  'zh-CN': createText(zhCN, 'zh-CN'),
  en: createText(en, 'en'),
};

/** The paper of a number that is on the disk already. Printed again it has the same number. */
export function printTicket(
  deps: PaperDeps,
  hallName: string,
  ticket: TakenTicket,
  locale: Locale,
): Promise<PrintOutcome> {
  const { id, number, queue, day, takenAt, priority, outlook } = ticket;
  const code = ticketCode(day, number);
  const facts = {
    hallName,
    number,
    queueName: queue.name,
    windows: queue.windows,
    takenAt,
    priority,
    ...outlook,
    ticketCode: code,
  };
  return readyPaper(deps, id, composeQueueTicket(facts, texts[locale])).print();
}
