import { useText } from '../../i18n/locale.tsx';
import { END_PAGE_MS } from '../../limits.ts';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Working } from '../../ui/working.tsx';
import { useCountdown } from '../use-countdown.ts';
import { useVisit } from '../visit-context.tsx';

/** The visit is over. That everything is wiped is said when core has confirmed it. */
export function EndPage({ thanks }: { readonly thanks: boolean }) {
  const text = useText();
  const { send, wiped } = useVisit();
  const home = () => send({ kind: 'home' });
  const seconds = useCountdown(END_PAGE_MS, home);
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
        <span className="medal" data-kind="done">
          <Icon name="check" />
        </span>
        <div data-wiped={wiped}>
          {wiped ? <Notice kind="done" title={text('end.wiped')} /> : <Working compact text={text('end.wiping')} />}
        </div>
        <Notice kind="info" title={text('end.take')} />
      </div>
    </Page>
  );
}
