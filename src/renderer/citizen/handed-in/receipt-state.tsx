import { assertNever } from '../../../domain/result.ts';
import { useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Working } from '../../ui/working.tsx';
import type { ReceiptState as State } from './use-receipt.ts';

/** What has become of the receipt, and the way to print it again. */
export function ReceiptState(props: {
  readonly state: State;
  readonly onReady: () => void;
  readonly onPrint: () => void;
}) {
  const { state, onReady, onPrint } = props;
  const text = useText();
  const again = (
    <Button icon="printer" name="print-again" onPressStart={onReady} onPress={onPrint}>
      {text('receiptState.again')}
    </Button>
  );
  switch (state.kind) {
    case 'printing':
      return (
        <div className="receipt-state" data-receipt="printing">
          <Working compact text={text('receiptState.printing')} />
        </div>
      );
    case 'printed':
      return (
        <div className="receipt-state" data-receipt="printed">
          <Notice kind="done" title={text('receiptState.printed')}>
            {text('receiptState.printedText')}
          </Notice>
        </div>
      );
    case 'unconfirmed':
      return (
        <div className="receipt-state" data-receipt="unconfirmed">
          <Notice kind="warn" title={text('receiptState.unconfirmed')}>
            {text('receiptState.unconfirmedText')}
          </Notice>
          {again}
        </div>
      );
    case 'failed':
      return (
        <div className="receipt-state" data-receipt="failed" data-reason={state.reason}>
          <Notice kind="warn" title={text(`receiptState.failed.${state.reason}`)}>
            {text('receiptState.failedText')}
          </Notice>
          {again}
        </div>
      );
    default:
      return assertNever(state);
  }
}
