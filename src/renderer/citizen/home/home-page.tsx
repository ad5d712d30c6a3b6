import { useState } from 'react';
import type { ServiceName } from '../../../contract/visit-view.ts';
import type { PageKey } from '../../i18n/catalogues.ts';
import { useLocale, useText } from '../../i18n/locale.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { IconName } from '../../ui/icons.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Tile } from '../../ui/tile.tsx';
import { formatClock, useNow } from '../clock.ts';
import { useVisit } from '../visit-context.tsx';
import type { VisitEvent } from '../visit.ts';
import { HallPicture } from './hall-picture.tsx';
import { isOpen, tileState } from './tile-state.ts';
import type { TileState } from './tile-state.ts';

interface Entry {
  readonly name: string;
  readonly icon: IconName;
  readonly title: PageKey;
  readonly text: PageKey;
  /** Absent: this kiosk does not offer it yet. */
  readonly service?: ServiceName;
  readonly event?: VisitEvent;
}

/** The verbs of the hall (C-01); the first is what most people come for. */
const entries: readonly Entry[] = [
  {
    name: 'apply',
    icon: 'apply',
    title: 'home.apply',
    text: 'home.applyText',
    service: 'apply',
    event: { kind: 'apply' },
  },
  {
    name: 'guide',
    icon: 'guide',
    title: 'home.guide',
    text: 'home.guideText',
    service: 'guide',
    event: { kind: 'guides' },
  },
  {
    name: 'progress',
    icon: 'progress',
    title: 'home.progress',
    text: 'home.progressText',
    service: 'progress',
    event: { kind: 'progress' },
  },
  { name: 'ticket', icon: 'ticket', title: 'home.ticket', text: 'home.ticketText' },
  { name: 'forms', icon: 'forms', title: 'home.forms', text: 'home.formsText' },
  { name: 'result', icon: 'result', title: 'home.result', text: 'home.resultText' },
  { name: 'rating', icon: 'rate', title: 'home.rating', text: 'home.ratingText', service: 'rating' },
];

export function HomePage() {
  const text = useText();
  const { locale } = useLocale();
  const { status, hall, send } = useVisit();
  const [asked, setAsked] = useState<{ readonly entry: Entry; readonly state: TileState }>();
  const clock = formatClock(useNow(), locale);
  // There is room for one notice; that the network is gone matters more to whoever stands here.
  const [newest] = status?.announcements ?? [];
  const press = (entry: Entry, state: TileState) => {
    if (isOpen(state) && entry.event) send(entry.event);
    else setAsked({ entry, state });
  };
  return (
    <section className="home" data-page="home">
      <div className="home-hero">
        <div>
          <h1 className="home-welcome">{text('home.welcome')}</h1>
          <p className="home-lead">{text('home.lead')}</p>
          <p className="home-clock">
            <time className="home-time number" data-clock>
              {clock.time}
            </time>
            <span>{clock.date}</span>
          </p>
        </div>
        <HallPicture />
      </div>
      {status?.platform === 'unreachable' && (
        <div className="home-notice">
          <Notice kind="warn" name="offline" title={text('home.offlineTitle')}>
            {tileState(status, 'apply') === 'works' ? text('home.offlineText') : undefined}
          </Notice>
        </div>
      )}
      {status?.platform !== 'unreachable' && newest && (
        <div className="home-notice">
          <Notice kind="info" name="announcement" title={newest.title}>
            {newest.text}
          </Notice>
        </div>
      )}
      <ul className="home-tiles">
        {entries.map((entry) => {
          const state = tileState(status, entry.service);
          return (
            <li key={entry.name} data-entry={entry.name} data-state={state}>
              <Tile
                name={entry.name}
                icon={entry.icon}
                title={text(entry.title)}
                {...(isOpen(state)
                  ? { text: text(state === 'works' ? entry.text : 'home.making-ready') }
                  : { unavailable: text(`home.why.${state}`) })}
                emphasis={entry.name === 'apply'}
                onPress={() => press(entry, state)}
              />
            </li>
          );
        })}
      </ul>
      {asked && (
        <Dialog
          name={asked.entry.name}
          icon={asked.entry.icon}
          title={text(asked.entry.title)}
          onClose={() => setAsked(undefined)}
          actions={
            <Button kind="primary" name="close" onPress={() => setAsked(undefined)}>
              {text('help.close')}
            </Button>
          }
        >
          <p>{text(isOpen(asked.state) ? 'home.ratingHow' : `home.instead.${asked.state}`)}</p>
          {hall && <p>{text('frame.staffPhone', { phone: hall.phone })}</p>}
        </Dialog>
      )}
    </section>
  );
}
