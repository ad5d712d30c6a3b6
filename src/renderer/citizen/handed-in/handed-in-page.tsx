import type { HandedIn } from '../../../contract/visit-view.ts';
import { useText } from '../../i18n/locale.tsx';
import { RATING_FOLLOWS_MS } from '../../limits.ts';
import { Icon } from '../../ui/icons.tsx';
import { Page } from '../../ui/page.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { useCountdown } from '../use-countdown.ts';
import { useKeepAwake, useVisit } from '../visit-context.tsx';
import { ReceiptState } from './receipt-state.tsx';
import { useReceipt } from './use-receipt.ts';

/**
 * The case is on disk: its number, what happens next, and the receipt. The rating comes by itself once the receipt is out;
 * while it is not, the person needs the time to keep the number some other way.
 */
export function HandedInPage({ handedIn }: { readonly handedIn: HandedIn }) {
  const text = useText();
  const { send, fail } = useVisit();
  const { state, ready, print } = useReceipt(fail);
  useKeepAwake(state.kind === 'printing');
  const rate = () => send({ kind: 'rate' });
  const seconds = useCountdown(state.kind === 'printed' ? RATING_FOLLOWS_MS : undefined, rate);
  const steps = [
    text('handedIn.next.send'),
    handedIn.promisedDays === 0
      ? text('handedIn.next.decideNow')
      : text('handedIn.next.decide', { days: handedIn.promisedDays }),
    text('handedIn.next.progress'),
  ];
  return (
    <Page
      name="handed-in"
      title={text('handedIn.title')}
      lead={text('handedIn.lead', { item: handedIn.itemName })}
      aside={<ReceiptState state={state} onReady={ready} onPrint={print} />}
      next={{
        label: seconds === undefined ? text('handedIn.rate') : text('handedIn.rateIn', { seconds }),
        isDisabled: state.kind === 'printing',
        onPress: rate,
      }}
    >
      <div className="handed-in">
        <div className="handed-in-number">
          <span className="handed-in-tick">
            <Icon name="check" />
          </span>
          <p>{text('handedIn.number')}</p>
          <p className="handed-in-digits number" data-number={handedIn.provisionalNumber}>
            {handedIn.provisionalNumber}
          </p>
          <p className="handed-in-remark">{text('handedIn.numberRemark')}</p>
        </div>
        <div className="handed-in-follow">
          <div className="handed-in-next">
            <h2>{text('handedIn.nextTitle')}</h2>
            <ol className="numbered">
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            {handedIn.partNames.length > 0 && (
              <p className="handed-in-parts">
                {text('handedIn.parts', {
                  count: handedIn.partNames.length,
                  names: handedIn.partNames.join(text('items.separator')),
                })}
              </p>
            )}
            <p className="handed-in-phone">
              <Icon name="phone" />
              {text('handedIn.phone', { phone: handedIn.phone })}
            </p>
          </div>
          <figure className="handed-in-code">
            <QrCode content={handedIn.receiptCode} label={text('handedIn.code')} />
            <figcaption>{text('handedIn.codeText')}</figcaption>
          </figure>
        </div>
      </div>
    </Page>
  );
}
