import { rateGuide } from '../../domain/ratings/guide-rating.ts';
import { hallDay } from '../hall-time.ts';
import { keepGuideRating } from '../rating/guide.ts';
import { isRated, rate } from '../rating/rate.ts';
import { reasonsFor } from '../rating/reasons.ts';
import type { CoreRoom } from '../room.ts';
import { type Base, fromEarlier, openVisit, streamSignal, watched } from './base.ts';

export function ratingRoutes(os: Base, room: CoreRoom) {
  return {
    watchPad: os.rating.watchPad.handler(({ errors, signal }) => {
      const { visit } = openVisit(room, errors);
      fromEarlier(visit.handedIn, errors);
      return watched(room, room.deps.devices.watchPad(streamSignal(visit, signal)));
    }),
    askWhy: os.rating.askWhy.handler(({ input, errors }) => {
      const { service, visit } = openVisit(room, errors);
      const { caseId } = fromEarlier(visit.handedIn, errors);
      if (isRated(service, caseId)) throw errors.ALREADY_RATED();
      const isFirst = visit.heldRating === undefined;
      visit.heldRating = input;
      const keep = (): void => {
        const held = visit.heldRating;
        if (!held || isRated(service, caseId)) return;
        if (rate(service, caseId, held.level, held.channel).ok) service.sync.wake();
      };
      if (isFirst) visit.ended.addEventListener('abort', keep, { once: true });
      return reasonsFor(input.level);
    }),
    submit: os.rating.submit.handler(({ input, errors }) => {
      const { service, visit } = openVisit(room, errors);
      const { caseId } = fromEarlier(visit.handedIn, errors);
      const rated = rate(service, caseId, input.level, input.channel, input.tags);
      if (!rated.ok) {
        if (rated.reason === 'already-rated') throw errors.ALREADY_RATED();
        if (rated.reason === 'unknown-tag') throw errors.UNKNOWN_TAG();
        throw errors.STORE_FAILED({ data: { cause: rated.reason } });
      }
      service.sync.wake();
      room.board.changed();
    }),
    submitGuide: os.rating.submitGuide.handler(({ input: { itemCode, level }, errors }) => {
      const { service, visit } = openVisit(room, errors);
      const item = service.catalogue.items.get(itemCode);
      if (!item) throw errors.UNKNOWN_ITEM();
      const press = { itemCode, itemVersion: item.version, level, on: hallDay(service.clock.now()) };
      const given = rateGuide(visit.ratedGuides, press);
      if (!given.ok) throw errors.ALREADY_RATED();
      const kept = keepGuideRating({ ...service, outbox: service.selfTest.outbox }, given.value);
      if (!kept.ok) throw errors.STORE_FAILED({ data: { cause: kept.reason } });
      visit.ratedGuides.add(itemCode);
      service.selfTest.sync.wake();
      room.board.changed();
    }),
  };
}
