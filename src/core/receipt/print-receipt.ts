import en from '../../../resources/messages/receipt.en.json' with { type: 'json' };
import zhCN from '../../../resources/messages/receipt.zh-CN.json' with { type: 'json' };
import { createText, type Locale, type Text } from '../../domain/messages.ts';
import { composeReceipt, type ReceiptKey } from '../../domain/receipt.ts';
import type { CaseRecords } from '../case/case-records.ts';
import { RECEIPT_READY_MS } from '../limits.ts';
import type { HandedInCase } from '../session/visits.ts';
import { type PaperDeps, type ReadyPaper, readyPaper } from './print-paper.ts';

const texts: Readonly<Record<Locale, Text<ReceiptKey>>> = {
  'zh-CN': createText(zhCN, 'zh-CN'),
  en: createText(en, 'en'),
};

export interface ReceiptDeps extends PaperDeps {
  readonly cases: Pick<CaseRecords, 'find'>;
}

/** A receipt that the printer is readied for. */
export interface ReadyReceipt extends ReadyPaper {
  /** It is this receipt, and the printer has not been made to wait for so long that it may have given the job up. */
  fits(handedIn: HandedInCase, locale: Locale): boolean;
}

export function readyReceipt(deps: ReceiptDeps, handedIn: HandedInCase, locale: Locale): ReadyReceipt {
  const { clock, cases } = deps;
  const now = clock.now();
  // Printed again after the platform answered, it says both numbers.
  const officialNumber = cases.find(handedIn.answer.provisionalNumber)?.officialNumber ?? undefined;
  const document = composeReceipt({ ...handedIn.receipt, officialNumber }, texts[locale]);
  return {
    ...readyPaper(deps, handedIn.caseId, document),
    fits: (otherCase, otherLocale) =>
      otherCase === handedIn && otherLocale === locale && clock.now().getTime() - now.getTime() < RECEIPT_READY_MS,
  };
}
