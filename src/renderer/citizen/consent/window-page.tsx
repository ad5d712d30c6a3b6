import { useText } from '../../i18n/locale.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Page } from '../../ui/page.tsx';
import type { WindowReason } from '../visit.ts';
import { useVisit } from '../visit-context.tsx';

const leads = {
  'no-consent': 'window.noConsent',
  'no-card': 'window.noCard',
  backlog: 'window.backlog',
  numbers: 'window.numbers',
} as const;

/** The other way: everything the kiosk does can be done at a window. */
export function WindowPage({ why }: { readonly why: WindowReason }) {
  const text = useText();
  const { hall, send } = useVisit();
  return (
    <Page
      name="window"
      layout="centre"
      title={text('window.title')}
      lead={text(leads[why])}
      next={{ label: text('page.home'), icon: 'home', onPress: () => send({ kind: 'home' }) }}
    >
      <div className="window-body">
        <span className="medal">
          <Icon name="people" />
        </span>
        <FactList
          facts={[
            { label: text('window.bring'), value: text('window.bringText') },
            ...(hall
              ? [
                  { label: text('window.hours'), value: hall.hours },
                  { label: text('window.phone'), value: <span className="number">{hall.phone}</span> },
                ]
              : []),
          ]}
        />
      </div>
    </Page>
  );
}
