import { useText } from '../../i18n/locale.tsx';
import { CARD_LEFT_PAGE_MS, END_PAGE_MS } from '../../limits.ts';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { useCountdown } from '../use-countdown.ts';
import { useVisit } from '../visit-context.tsx';
import { useLeftCard } from './use-left-card.ts';

/** The visit is over. That everything is wiped is said when core has confirmed it. */
export function EndPage({ thanks }: { readonly thanks: boolean }) {
  const text = useText();
  const { send, wiped } = useVisit();
  const home = () => send({ kind: 'home' });
  const card = useLeftCard(wiped);
  const seconds = useCountdown(card === 'present' ? CARD_LEFT_PAGE_MS : END_PAGE_MS, home);
  return (
    <Page
      name="end"
      layout="centre"
      title={text(thanks ? 'end.thanksTitle' : 'end.leftTitle')}
      lead={text(thanks ? 'end.thanksLead' : 'end.leftLead')}
      next={{
        label: seconds === undefined ? text('page.home') : text('end.homeIn', { seconds }),
        icon: 'home',
        onPress: home,
      }}
    >
      <div className="end">
        {card === 'present' ? (
          <span className="medal" data-kind="warn">
            <Icon name="card" />
          </span>
        ) : (
          <span className="medal" data-kind="done">
            <Icon name="check" />
          </span>
        )}
        {card === 'present' && (
          <Notice kind="warn" name="card-left" title={text('end.cardLeft')}>
            {text('end.cardLeftText')}
          </Notice>
        )}
        {card === 'gone' && <Notice kind="done" name="card-taken" title={text('end.cardTaken')} />}
        <div data-wiped={wiped}>
          {wiped ? <Notice kind="done" title={text('end.wiped')} /> : <Working compact text={text('end.wiping')} />}
        </div>
        {card !== 'present' && <Notice kind="info" title={text('end.take')} />}
      </div>
    </Page>
  );
}
