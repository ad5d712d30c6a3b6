import { useText } from '../../i18n/locale.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { useVisit } from '../visit-context.tsx';

/** Something broke that the person cannot mend: what it means for them, and what to do. */
export function InterruptedPage() {
  const text = useText();
  const { send, hall } = useVisit();
  return (
    <Page
      name="interrupted"
      layout="centre"
      title={text('interrupted.title')}
      lead={text('interrupted.lead')}
      next={{ label: text('page.home'), icon: 'home', onPress: () => send({ kind: 'home' }) }}
    >
      <div className="end">
        <span className="medal" data-kind="warn">
          <Icon name="warn" />
        </span>
        <Notice kind="info" title={text('interrupted.safe')}>
          {text('interrupted.safeText', { phone: hall?.phone ?? '' })}
        </Notice>
      </div>
    </Page>
  );
}
