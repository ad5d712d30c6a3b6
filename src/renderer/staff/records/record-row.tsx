import type { ParkedRecord } from '../../../contract/staff-api.ts';
import { formatMoment } from '../../citizen/clock.ts';
import { useLocale } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useStaffText } from '../texts.ts';
import { troubleOf } from './trouble.ts';

interface RecordRowProps {
  readonly record: ParkedRecord;
  readonly isSending: boolean;
  readonly onSend: () => void;
}

/** One record: what it is, of which case, where it should go, why it does not and since when it is here. */
export function RecordRow({ record, isSending, onSend }: RecordRowProps) {
  const text = useStaffText();
  const { locale } = useLocale();
  const { id, target, kind, number, reason, at } = record;
  const what = text(`staffArea.records.kind.${kind}`);
  return (
    <li className="device-row" data-record={id} data-target={target} data-reason={reason} data-tone="error">
      <Icon name="list" />
      <div className="device-words">
        <h2 className="device-name">{what}</h2>
        <p className="device-about">{number ?? text('staffArea.records.ofKiosk')}</p>
      </div>
      <p className="device-state">
        <Icon name="error" />
        {text('staffArea.records.parked')}
      </p>
      <Button
        name={`send-${id}`}
        label={text('staffArea.records.sendNamed', { what, number: number ?? '' })}
        isDisabled={isSending}
        onPress={onSend}
      >
        {text('staffArea.records.send')}
      </Button>
      <p className="device-trouble">{text(`staffArea.records.trouble.${troubleOf(reason)}`)}</p>
      <dl className="device-facts">
        <div data-fact="at">
          <dt>{text('staffArea.records.at')}</dt>
          <dd>{formatMoment(at, locale)}</dd>
        </div>
        <div data-fact="target">
          <dt>{text('staffArea.records.target')}</dt>
          <dd>{text(`staffArea.records.target.${target}`)}</dd>
        </div>
        <div data-fact="reason">
          <dt>{text('staffArea.records.reason')}</dt>
          <dd>
            <code>{reason}</code>
          </dd>
        </div>
      </dl>
    </li>
  );
}
