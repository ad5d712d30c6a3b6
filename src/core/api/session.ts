import type { ReadEvent } from '../../contract/device-api.ts';
import type { ReadFailure } from '../../contract/device-failures.ts';
import type { CardEvent } from '../../contract/visit-view.ts';
import type { CardPerson } from '../../domain/identity.ts';
import { maskPerson } from '../../domain/masking.ts';
import { hallDay } from '../hall-time.ts';
import type { CoreRoom } from '../room.ts';
import type { Service } from '../service.ts';
import type { Visit } from '../session/visits.ts';
import { fromEarlier, inService, openVisit, orNever, streamSignal, watched, type Base } from './base.ts';

/** Failures after which the same reader can be tried at once: it is the card that was not right. */
const TRY_AGAIN: ReadonlySet<ReadFailure> = new Set(['card-removed', 'card-unreadable', 'card-unknown', 'timed-out']);

export function sessionRoutes(os: Base, room: CoreRoom) {
  return {
    start: os.session.start.handler(({ input, errors }) => {
      const { visits, staff } = inService(room, errors);
      if (staff.present) throw errors.STAFF_PRESENT();
      visits.start(input.locale);
    }),
    setLocale: os.session.setLocale.handler(({ input, errors }) => {
      openVisit(room, errors).visit.locale = input.locale;
    }),
    consent: os.session.consent.handler(({ errors }) => {
      openVisit(room, errors).visit.consented = true;
    }),
    watchCard: os.session.watchCard.handler(({ errors, signal }) => {
      const { service, visit } = openVisit(room, errors);
      fromEarlier(visit.consented || undefined, errors);
      visit.ended.addEventListener('abort', () => service.leftCard.look(), { once: true });
      return watched(room, readCard(room, service, visit, streamSignal(visit, signal)));
    }),
    end: os.session.end.handler(async ({ input }) => {
      room.service?.visits.end(input.cause);
      await room.checkDisk();
    }),
    watchLeftCard: os.session.watchLeftCard.handler(({ signal }) => watched(room, leftCards(room, orNever(signal)))),
  };
}

async function* leftCards({ service }: CoreRoom, signal: AbortSignal) {
  if (service) yield* service.leftCard.watch(signal);
}

async function* readCard(
  room: CoreRoom,
  service: Service,
  visit: Visit,
  signal: AbortSignal,
): AsyncGenerator<CardEvent, void, undefined> {
  const left = new AbortController();
  const leave = () => left.abort();
  const used = new AbortController();
  room.cue('id-reader', used.signal);
  const events = room.deps.devices.readCard(AbortSignal.any([visit.ended, left.signal]));
  signal.addEventListener('abort', leave);
  let identified = false;
  try {
    for (let step = await events.next(); !step.done && !signal.aborted; step = await events.next()) {
      const event = step.value;
      if (event.kind === 'read') {
        identified = true;
        signal.removeEventListener('abort', leave);
        identify(service, visit, event.person);
        // Goes on behind the page's back: it may have gone on to the list of items by then.
        visit.cardTold = takeNewestAddress(events, visit, event.person).catch(room.deps.onBug);
        const expired = event.person.validTo < hallDay(room.deps.clock.now());
        yield { kind: 'identified', person: maskPerson(event.person), expired };
        return;
      }
      if (event.kind === 'failed') yield { kind: 'failed', reason: event.reason, again: TRY_AGAIN.has(event.reason) };
      else if (event.kind === 'waiting' || event.kind === 'reading') yield event;
    }
  } finally {
    used.abort();
    signal.removeEventListener('abort', leave);
    if (!identified) {
      leave();
      await events.return();
    }
  }
}

/** The form begins with it in place of the printed one. Another card, or the end of the visit, makes it nobody's. */
async function takeNewestAddress(events: AsyncIterable<ReadEvent>, visit: Visit, person: CardPerson): Promise<void> {
  for await (const event of events) {
    if (event.kind === 'address' && visit.person === person) visit.person = { ...person, address: event.address };
  }
}

/** An application that the last card began is not the new card's. */
function identify({ visits }: Service, visit: Visit, person: CardPerson): void {
  visits.discardDraft(visit);
  visit.handedIn = undefined;
  visit.person = person;
  visit.identity = undefined;
  visit.attempts.clear();
  visit.checkedIn.clear();
}
