import type { SupplementView } from '../../contract/supplement-api.ts';
import { type ApplicationDraft, beginApplication } from '../../domain/application.ts';
import { isSupplementLate, missingOf, type ToldDefect } from '../../domain/notice/supplement.ts';
import { applicationViewOf } from '../application/views.ts';
import { hallDay } from '../hall-time.ts';
import type { CoreRoom } from '../room.ts';
import { handInSupplement, receiptOf } from '../supplement/hand-in-supplement.ts';
import { openSupplement, type OpenSupplement } from '../supplement/open-supplement.ts';
import { fromEarlier, openVisit, type Base } from './base.ts';

export function supplementRoutes({ supplement: os }: Base, room: CoreRoom) {
  return {
    begin: os.begin.handler(async ({ input: { number }, errors }) => {
      const { service, visit } = openVisit(room, errors);
      const person = fromEarlier(visit.person, errors);
      const opened = await openSupplement(service, { number, idNumber: person.idNumber }, visit.ended);
      // Another card, or nobody any more.
      if (visit.ended.aborted || visit.person !== person) throw errors.SESSION_NEEDED();
      if (opened.ok) {
        service.visits.discardDraft(visit);
        visit.handedIn = undefined;
        visit.supplement = opened.value;
        visit.draft = beginApplication(opened.value.plan.item, person);
        return viewOf(opened.value, visit.draft, hallDay(service.clock.now()));
      }
      switch (opened.reason) {
        case 'unknown-number':
          throw errors.UNKNOWN_NUMBER();
        case 'platform-unreachable':
          throw errors.PLATFORM_UNREACHABLE();
        case 'nothing-asked':
          throw errors.NOTHING_ASKED();
        case 'not-the-applicant':
          throw errors.NOT_THE_APPLICANT();
        case 'unknown-item':
          throw errors.UNKNOWN_ITEM();
        default:
          throw errors.ALREADY_HANDED_IN({ data: { at: opened.detail ?? '' } });
      }
    }),

    view: os.view.handler(({ errors }) => {
      const { service, visit } = openVisit(room, errors);
      const draft = fromEarlier(visit.draft, errors);
      return viewOf(fromEarlier(visit.supplement, errors), draft, hallDay(service.clock.now()));
    }),

    handIn: os.handIn.handler(({ errors }) => {
      const { service, visit } = openVisit(room, errors);
      const open = fromEarlier(visit.supplement, errors);
      const hasReceipt = open.own !== undefined;
      if (open.handedIn) return { ...open.handedIn, hasReceipt };
      const draft = fromEarlier(visit.draft, errors);
      const person = fromEarlier(visit.person, errors);
      const missing = missingOf(open.plan, draft);
      if (missing.length > 0) throw errors.INCOMPLETE({ data: { missing } });
      const handedIn = handInSupplement({ ...service, outbox: service.selfTest.outbox }, open, { draft, person });
      if (!handedIn.ok) throw errors.STORE_FAILED({ data: { cause: handedIn.reason } });
      visit.draft = undefined;
      visit.supplement = { ...open, handedIn: handedIn.value };
      visit.handedIn = receiptOf(service.config, open, handedIn.value, { draft, person });
      service.selfTest.sync.wake();
      room.board.changed();
      return { ...handedIn.value, hasReceipt };
    }),
  };
}

function viewOf({ case: about, notice, plan }: OpenSupplement, draft: ApplicationDraft, today: string): SupplementView {
  const { givenAt, dueDay } = notice;
  return {
    ...about,
    ...(givenAt !== undefined && { givenAt }),
    ...(dueDay !== undefined && { dueDay }),
    isLate: isSupplementLate(dueDay, today),
    asked: plan.asked.map(({ defects, ...thing }) => ({ ...thing, grounds: defects.map(groundOf) })),
    open: plan.open.map(groundOf),
    elsewhere: plan.elsewhere.map(groundOf),
    application: applicationViewOf(draft),
    missing: missingOf(plan, draft),
  };
}

function groundOf({ rule, what, how }: ToldDefect): SupplementView['open'][number] {
  return { ...(rule !== undefined && { rule }), what, ...(how !== undefined && { how }) };
}
