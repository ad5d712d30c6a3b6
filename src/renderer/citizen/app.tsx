import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { OutOfService, StatusView } from '../../contract/visit-view.ts';
import type { Locale } from '../../domain/messages.ts';
import { kiosk } from '../bridge/kiosk.ts';
import { LocaleProvider } from '../i18n/locale.tsx';
import { STARTING_SHOWN_AFTER_MS } from '../limits.ts';
import { useAfterPress } from '../ui/use-after-press.ts';
import { CitizenPage } from './citizen-page.tsx';
import { Frame } from './frame/frame.tsx';
import { IdleWarning } from './frame/idle-warning.tsx';
import { hasDevice } from './has-device.ts';
import { LeftItem } from './seldom-pages.tsx';
import { OutOfServicePage } from './out-of-service-page.tsx';
import { RenderFaultBoundary } from './render-fault-boundary.tsx';
import { useFirstFrame } from './use-first-frame.ts';
import { useHall } from './use-hall.ts';
import { useIdle } from './use-idle.ts';
import { usePresence } from './use-presence.ts';
import { useRenewal } from './use-renewal.ts';
import { useStatus } from './use-status.ts';
import { useWipe } from './use-wipe.ts';
import type { EndCause } from './use-wipe.ts';
import { VisitProvider } from './visit-context.tsx';
import type { Visit } from './visit-context.tsx';
import { inSession, isOver, visit } from './visit.ts';
import type { Place } from './visit.ts';

/** The language of the hall; every visit starts with it. */
const HALL_LOCALE: Locale = 'zh-CN';

/** The citizen's pages: language, visit, idle rule, frame. `onDrawn`: the first frame with them has been drawn. */
export function App({ onDrawn }: { readonly onDrawn: () => void }) {
  const [locale, setLocale] = useState<Locale>(HALL_LOCALE);
  const [place, sendNow] = useReducer(visit, { at: 'home' });
  const send = useAfterPress(sendNow);
  const status = useStatus();
  const hall = useHall(status);
  useFirstFrame(onDrawn);
  const open = inSession(place);

  const { wiped, nameCause } = useWipe(place);
  const goHome = useCallback(() => send({ kind: 'home' }), [send]);
  const spent = place.at === 'home' && place.spent === true;
  useRenewal(spent, goHome);
  const end = useCallback(
    (cause: EndCause) => {
      nameCause(cause);
      send({ kind: cause === 'fault' ? 'interrupted' : 'end' });
    },
    [nameCause, send],
  );
  const fail = useCallback(() => {
    void kiosk.system.reportFault({ code: 'call-failed' });
    end('fault');
  }, [end]);

  // The status stream ended: core is gone and the session with it. Whatever the person typed from now on would be lost.
  const coreLost = open && status === undefined;
  useEffect(() => {
    if (coreLost) end('fault');
  }, [coreLost, end]);

  const atHome = place.at === 'home';
  // On the home page only a language somebody left behind has to go.
  const gone = usePresence(!atHome && place.at !== 'end' && hasDevice(status, 'cue-lamps'));
  const idle = useIdle(atHome ? locale !== HALL_LOCALE : place.at !== 'end', gone, () => {
    if (open) end('idle');
    setLocale(HALL_LOCALE);
    send({ kind: 'home' });
  });

  const changeLocale = useCallback(
    (next: Locale) => {
      setLocale(next);
      if (open) void kiosk.session.setLocale({ locale: next });
    },
    [open],
  );
  useLocaleReset(place, setLocale);

  const value = useMemo<Visit>(
    () => ({ place, send, end, wiped, fail, keepAwake: idle.keepAwake, status, hall }),
    [place, send, end, wiped, fail, idle.keepAwake, status, hall],
  );
  const closed = useClosed(status, atHome);
  // Nobody goes on to the reader while somebody else's card lies there.
  const leftItem = open || place.at === 'staff' ? undefined : status?.leftItem;
  return (
    <LocaleProvider locale={locale} onChange={changeLocale}>
      <VisitProvider value={value}>
        <Frame inert={spent}>
          <RenderFaultBoundary onFault={() => end('fault')}>
            {leftItem ? (
              <LeftItem item={leftItem} />
            ) : closed && !open && place.at !== 'staff' ? (
              <OutOfServicePage why={closed} />
            ) : (
              <CitizenPage />
            )}
          </RenderFaultBoundary>
        </Frame>
        {idle.phase.phase === 'warning' && !atHome && (
          <IdleWarning
            secondsLeft={idle.phase.secondsLeft}
            onMoreTime={idle.moreTime}
            onEnd={() => {
              if (open) end('left');
              else send({ kind: 'home' });
            }}
          />
        )}
      </VisitProvider>
    </LocaleProvider>
  );
}

/**
 * Why nobody can be served. A start is no reason at first: a press on the home page is taken meanwhile, and who has
 * pressed is not sent away.
 */
function useClosed(status: StatusView | undefined, atHome: boolean): OutOfService | undefined {
  const starting = status === undefined || status.outOfService?.reason === 'starting';
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!starting) return undefined;
    const timer = setTimeout(() => setLate(true), STARTING_SHOWN_AFTER_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [starting]);
  if (starting) return late && atHome ? { reason: 'starting' } : undefined;
  return status.outOfService;
}

/**
 * After a visit the next person finds the language of the hall again. Nobody loses the one they chose by going home from a
 * guide or from the progress of a case; there the idle rule sees to it.
 */
function useLocaleReset(place: Place, setLocale: (locale: Locale) => void): void {
  const last = useRef(place);
  useEffect(() => {
    if (place.at === 'home' && isOver(last.current)) setLocale(HALL_LOCALE);
    last.current = place;
  }, [place, setLocale]);
}
