import type { OutOfService } from '../../contract/visit-view.ts';
import { useText } from '../i18n/locale.tsx';
import { Icon } from '../ui/icons.tsx';
import { Page } from '../ui/page.tsx';
import { Working } from '../ui/working.tsx';
import { useVisit } from './visit-context.tsx';

/** Nobody can be served: plain words for the person, the named reason for the one who mends it. */
export function OutOfServicePage({ why }: { readonly why: OutOfService }) {
  const text = useText();
  const { hall } = useVisit();
  const starting = why.reason === 'starting';
  return (
    <Page
      name="out-of-service"
      layout="centre"
      title={text(starting ? 'outOfService.startingTitle' : 'outOfService.title')}
      lead={text(starting ? 'outOfService.startingLead' : 'outOfService.lead')}
    >
      <div className="end" data-reason={why.reason}>
        {starting ? (
          <Working text={text('outOfService.starting')} />
        ) : (
          <>
            <span className="medal" data-kind="warn">
              <Icon name="wrench" />
            </span>
            {hall && <p>{text('frame.staffPhone', { phone: hall.phone })}</p>}
            <div className="out-of-service-detail">
              <h2>{text('outOfService.forStaff')}</h2>
              <p>{text(`outOfService.${why.reason}`)}</p>
              {why.detail !== undefined && <code>{why.detail}</code>}
            </div>
          </>
        )}
      </div>
    </Page>
  );
}
