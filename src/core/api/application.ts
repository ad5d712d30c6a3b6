import {
  answerSituation,
  beginApplication,
  hasRoomForPage,
  missing,
  removePages,
  setField,
  type ApplicationDraft,
} from '../../domain/application.ts';
import { showsSomething } from '../application/images.ts';
import { keepPage } from '../application/keep-page.ts';
import { scanPages } from '../application/scan-pages.ts';
import { watchScanner } from '../application/watch-scanner.ts';
import { applicationViewOf, fieldViewOf, reviewViewOf } from '../application/views.ts';
import { handIn } from '../case/intake.ts';
import { hallDay } from '../hall-time.ts';
import type { CoreRoom } from '../room.ts';
import { fromEarlier, openVisit, streamSignal, watched, type Base } from './base.ts';

type DraftErrors = Parameters<typeof openVisit>[1] & Parameters<typeof fromEarlier>[1];

export function applicationRoutes({ application: os }: Base, room: CoreRoom) {
  const openDraft = (errors: DraftErrors) => {
    const { service, visit } = openVisit(room, errors);
    const draft = fromEarlier(visit.draft, errors);
    const keep = (next: ApplicationDraft) => {
      visit.draft = next;
      // What was signed is no longer what is there.
      visit.signature = undefined;
      return next;
    };
    return { service, visit, draft, keep };
  };
  return {
    begin: os.begin.handler(async ({ input, errors }) => {
      // The newest address comes a moment after the name, and the form begins with it.
      await openVisit(room, errors).visit.cardTold;
      const { service, visit } = openVisit(room, errors);
      const person = fromEarlier(visit.person, errors);
      const item = service.catalogue.items.get(input.code);
      if (!item) throw errors.UNKNOWN_ITEM();
      // Who began before may finish.
      if (service.backlog().state === 'full') throw errors.BACKLOG_FULL();
      service.visits.discardDraft(visit);
      visit.handedIn = undefined;
      visit.draft = beginApplication(item, person);
      return applicationViewOf(visit.draft);
    }),

    view: os.view.handler(({ errors }) => applicationViewOf(openDraft(errors).draft)),

    answerSituation: os.answerSituation.handler(({ input, errors }) => {
      const { draft, keep } = openDraft(errors);
      const answered = answerSituation(draft, input.question, input.option);
      if (!answered.ok) throw errors.UNKNOWN_ANSWER();
      return applicationViewOf(keep(answered.value));
    }),

    setField: os.setField.handler(({ input, errors }) => {
      const { service, draft, keep } = openDraft(errors);
      const set = setField(draft, input.name, input.value, hallDay(service.clock.now()));
      const field = draft.item.fields.find(({ name }) => name === input.name);
      if (set.ok && field) return fieldViewOf(keep(set.value), field);
      if (set.ok || set.reason === 'unknown-field') throw errors.UNKNOWN_FIELD();
      throw errors.INVALID({ data: { rule: set.reason } });
    }),

    addPage: os.addPage.handler(({ input, errors }) => {
      const { service, draft, keep } = openDraft(errors);
      const kept = keepPage(service, draft, input.material, Buffer.from(input.image, 'base64'));
      if (kept.ok) return applicationViewOf(keep(kept.value.draft));
      switch (kept.reason) {
        case 'unknown-material':
          throw errors.UNKNOWN_MATERIAL();
        case 'too-many-pages':
          throw errors.TOO_MANY_PAGES();
        case 'too-large':
        case 'not-a-jpeg':
          throw errors.NOT_A_JPEG();
        default:
          throw errors.STORE_FAILED({ data: { cause: kept.reason } });
      }
    }),

    watchScanner: os.watchScanner.handler(({ errors, signal }) => {
      const { visit } = openDraft(errors);
      return watched(room, watchScanner(room, streamSignal(visit, signal)));
    }),

    scan: os.scan.handler(({ input, errors, signal }) => {
      const { service, visit, draft, keep } = openDraft(errors);
      const hasRoom = hasRoomForPage(draft, input.material);
      if (!hasRoom.ok && hasRoom.reason === 'unknown-material') throw errors.UNKNOWN_MATERIAL();
      const bench = { devices: room.deps.devices, service, keep, draft: () => visit.draft };
      return watched(room, scanPages(bench, input, streamSignal(visit, signal)));
    }),

    removePages: os.removePages.handler(({ input, errors }) => {
      const { service, draft, keep } = openDraft(errors);
      const removed = removePages(draft, input.material);
      if (!removed.ok) throw errors.UNKNOWN_MATERIAL();
      service.visits.removePages(draft.pages[input.material] ?? []);
      return applicationViewOf(keep(removed.value));
    }),

    review: os.review.handler(({ errors }) => {
      const { visit, draft } = openDraft(errors);
      return reviewViewOf(draft, fromEarlier(visit.person, errors), visit.signature !== undefined);
    }),

    sign: os.sign.handler(({ input, errors }) => {
      const { visit } = openDraft(errors);
      if (!showsSomething(Buffer.from(input.image, 'base64'))) throw errors.EMPTY_SIGNATURE();
      visit.signature = input.image;
    }),

    submit: os.submit.handler(({ errors }) => {
      const { service, visit } = openVisit(room, errors);
      if (visit.handedIn) return visit.handedIn.answer;
      const draft = fromEarlier(visit.draft, errors);
      const person = fromEarlier(visit.person, errors);
      const { signature } = visit;
      const open = missing(draft);
      if (open.length > 0 || signature === undefined) {
        throw errors.INCOMPLETE({ data: { missing: signature === undefined ? [...open, 'signature'] : open } });
      }
      const committed = handIn(service, { draft, person, signature });
      if (!committed.ok) throw errors.STORE_FAILED({ data: { cause: committed.reason } });
      const pages = Object.values(draft.pages).flat();
      service.visits.removePages(pages.filter(({ id }) => !service.outbox.isUnsent(id)));
      visit.draft = undefined;
      visit.signature = undefined;
      visit.handedIn = committed.value;
      service.sync.wake();
      room.board.changed();
      return committed.value.answer;
    }),
  };
}
