import type { ProgressView } from '../../../contract/visit-view.ts';
import { assertNever } from '../../../domain/result.ts';
import type { Locale, Text } from '../../../domain/messages.ts';
import type { PageKey } from '../../i18n/catalogues.ts';
import type { Fact } from '../../ui/fact-list.tsx';
import { formatMoment } from '../clock.ts';

type CaseRecord = NonNullable<ProgressView['records']>[number];
const kinds = ['data', 'delivery', 'payment', 'seal'] as const;

/** What departments were asked about a case, its parcels, bills and sealed documents: a row for each kind, a line for each of them. */
export function recordFacts(records: readonly CaseRecord[], text: Text<PageKey>, locale: Locale): Fact[] {
  return kinds.flatMap((kind) => {
    const lines = records
      .filter((record) => record.kind === kind)
      .map((record) => recordText(record, text, formatMoment(record.at, locale)));
    if (lines.length === 0) return [];
    const value = lines.map((line) => (
      <span className="fact-line" key={line}>
        {line}
      </span>
    ));
    return [{ label: text(`progress.record.${kind}`), value, name: kind }];
  });
}

function recordText(record: CaseRecord, text: Text<PageKey>, time: string): string {
  switch (record.kind) {
    case 'delivery':
      return text('progress.record.deliveryText', {
        carrier: record.carrier,
        end: record.waybillEnd,
        state: record.state,
        time,
      });
    case 'payment':
      return text('progress.record.paymentText', {
        name: record.name,
        amount: (record.amountFen / 100).toFixed(2),
        state: record.state,
        time,
      });
    case 'data':
      return text('progress.record.dataText', {
        name: record.name,
        department: record.department,
        state: record.state,
        time,
      });
    case 'seal':
      return text('progress.record.sealText', { name: record.name, time });
    default:
      return assertNever(record);
  }
}
