import { useState } from 'react';
import type { ReactNode } from 'react';
import { useLocale, useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { formatClock, useNow } from '../clock.ts';
import { useVisit } from '../visit-context.tsx';
import { inSession } from '../visit.ts';
import { EndDialog } from './end-dialog.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { staffNotes } from './staff-notes.ts';
import { useHold } from './use-hold.ts';

/** What stands around every page: hall and clock, language, help and the way out above; the people of the hall below. */
export function Frame({ inert, children }: { readonly inert: boolean; readonly children: ReactNode }) {
  const text = useText();
  const { locale, setLocale } = useLocale();
  const { place, send, status, hall } = useVisit();
  const [dialog, setDialog] = useState<'help' | 'end'>();
  const clock = formatClock(useNow(), locale);
  const close = () => setDialog(undefined);
  const notes = place.at === 'home' ? staffNotes(status).length : 0;
  const staffEntry = useHold(place.at === 'home' ? () => send({ kind: 'staff' }) : undefined);
  return (
    <div className="frame" inert={inert}>
      <header className="frame-header">
        <span className="frame-emblem" data-name="staff-entry" {...staffEntry}>
          <Icon name="building" />
        </span>
        <div className="frame-hall">
          <p className="frame-hall-name">{hall?.name ?? text('frame.kiosk')}</p>
          {place.at === 'home' && hall ? (
            <p className="frame-clock">{text('frame.kiosk')}</p>
          ) : (
            <p className="frame-clock">
              <time className="number" data-clock>
                {clock.time}
              </time>
              <span>{clock.date}</span>
            </p>
          )}
        </div>
        <div className="frame-buttons">
          <Button
            kind="quiet"
            icon="globe"
            name="language"
            label={text('frame.switchLanguage')}
            onPress={() => setLocale(locale === 'en' ? 'zh-CN' : 'en')}
          >
            <span lang={locale === 'en' ? 'zh-CN' : 'en'}>{text('frame.otherLanguage')}</span>
          </Button>
          <Button kind="quiet" icon="help" name="help" onPress={() => setDialog('help')}>
            {text('frame.help')}
          </Button>
          {inSession(place) && (
            <Button kind="quiet" icon="exit" name="end-visit" onPress={() => setDialog('end')}>
              {text('frame.end')}
            </Button>
          )}
        </div>
      </header>
      <main className="frame-main">{children}</main>
      <footer className="frame-footer">
        {hall && (
          <>
            <span className="frame-fact">
              <Icon name="phone" />
              {text('frame.staffPhone', { phone: hall.phone })}
            </span>
            <span className="frame-fact">
              <Icon name="clock" />
              {text('frame.hours', { hours: hall.hours })}
            </span>
          </>
        )}
        {status?.platform === 'unreachable' && place.at !== 'home' && (
          <span className="frame-fact" data-name="offline">
            <Icon name="offline" />
            {text('frame.offline')}
          </span>
        )}
        {notes > 0 && (
          <span className="frame-fact" data-name="staff-notes" data-count={notes}>
            <Icon name="wrench" />
            {text('staff.mark', { count: notes })}
          </span>
        )}
      </footer>
      {dialog === 'help' && <HelpDialog onClose={close} />}
      {dialog === 'end' && <EndDialog onClose={close} />}
    </div>
  );
}
