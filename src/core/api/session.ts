import type { ReadFailure } from '../../contract/device-failures.ts';
import type { CardEvent } from '../../contract/visit-view.ts';
import type { CardPerson } from '../../domain/identity.ts';
import { maskPerson } from '../../domain/masking.ts';
import { hallDay } from '../hall-time.ts';
import type { CoreRoom } from '../room.ts';
import type { Service } from '../service.ts';
import type { Visit } from '../session/visits.ts';
import { fromEarlier, inService, openVisit, streamSignal, watched, type Base } from './base.ts';

/** Failures after which the same reader can be tried at once: it is the card that was not right. */
const TRY_AGAIN: ReadonlySet<ReadFailure> = new Set(['card-removed', 'card-unreadable', 'card-unknown', 'timed-out']);

export function sessionRoutes(os: Base, room: CoreRoom) {
  return {
    start: os.session.start.handler(({ input, errors }) => inService(room, errors).visits.start(input.locale)),
    setLocale: os.session.setLocale.handler(({ input, errors }) => {
      openVisit(room, errors).visit.locale = input.locale;
    }),
    consent: os.session.consent.handler(({ errors }) => {
      openVisit(room, errors).visit.consented = true;
    }),
    watchCard: os.session.watchCard.handler(({ errors, signal }) => {
      const { service, visit } = openVisit(room, errors);
      fromEarlier(visit.consented || undefined, errors);
      return watched(room, readCard(room, service, visit, streamSignal(visit, signal)));
    }),
    end: os.session.end.handler(async ({ input }) => {
      room.service?.visits.end(input.cause);
      await room.checkDisk();
    }),
  };
}

async function* readCard(
  { deps }: CoreRoom,
  service: Service,
  visit: Visit,
  signal: AbortSignal,
): AsyncGenerator<CardEvent, void, undefined> {
  for await (const event of deps.devices.readCard(signal)) {
    if (signal.aborted) return;
    if (event.kind === 'read') {
      identify(service, visit, event.person);
      const expired = event.person.validTo < hallDay(deps.clock.now());
      yield { kind: 'identified', person: maskPerson(event.person), expired };
    } else if (event.kind === 'failed') {
      yield { kind: 'failed', reason: event.reason, again: TRY_AGAIN.has(event.reason) };
    } else {
      yield event;
    }
  }
}

/** An application that the last card began is not the new card's. */
function identify({ visits }: Service, visit: Visit, person: CardPerson): void {
  visits.discardDraft(visit);
  visit.handedIn = undefined;
  visit.person = person;
}
