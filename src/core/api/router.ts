import type { PresenceEvent } from '../../contract/visit-view.ts';
import { RECEIPT_CUE_MS } from '../limits.ts';
import { readyReceipt } from '../receipt/print-receipt.ts';
import type { CoreRoom } from '../room.ts';
import type { Visit } from '../session/visits.ts';
import { waitOrWake, Wake } from '../sync/wake.ts';
import { applicationRoutes } from './application.ts';
import { appointmentRoutes } from './appointment.ts';
import { enquiryRoutes } from './enquiry.ts';
import { selfTestRoutes } from './self-test.ts';
import { createBase, fromEarlier, inService, openVisit, orNever, watched } from './base.ts';
import { progressRoutes } from './progress.ts';
import { queueRoutes } from './queue.ts';
import { ratingRoutes } from './rating.ts';
import { resultRoutes } from './results.ts';
import { sessionRoutes } from './session.ts';
import { staffRoutes } from './staff.ts';
import { supplementRoutes } from './supplement.ts';

/** The core API over a room: inputs and answers are checked against the contract on the way. */
export function createRouter(room: CoreRoom) {
  const os = createBase(room);
  return os.router({
    system: {
      status: os.system.status.handler(() => room.board.view()),
      watchStatus: os.system.watchStatus.handler(({ signal }) => watched(room, room.board.watch(orNever(signal)))),
      watchPresence: os.system.watchPresence.handler(({ signal }) => watched(room, presences(room, orNever(signal)))),
      reportFault: os.system.reportFault.handler(({ input }) => room.deps.log('core.page-fault', { code: input.code })),
    },
    session: sessionRoutes(os, room),
    catalogue: {
      list: os.catalogue.list.handler(({ errors }) => {
        return Array.from(inService(room, errors).catalogue.items.list(), ({ summary }) => summary);
      }),
      item: os.catalogue.item.handler(({ input, errors }) => {
        const item = inService(room, errors).catalogue.items.get(input.code);
        if (!item) throw errors.UNKNOWN_ITEM();
        return item;
      }),
      search: os.catalogue.search.handler(({ input, errors }) => {
        const { catalogue, search } = inService(room, errors);
        return search.find(catalogue.items, input.query);
      }),
    },
    application: applicationRoutes(os, room),
    receipt: {
      ready: os.receipt.ready.handler(({ errors }) => {
        const { service, visit } = openVisit(room, errors);
        const handedIn = fromEarlier(visit.handedIn, errors);
        visit.readyReceipt = readyReceipt({ ...service, devices: room.deps.devices }, handedIn, visit.locale);
      }),
      print: os.receipt.print.handler(async ({ errors }) => {
        const { service, visit } = openVisit(room, errors);
        const handedIn = fromEarlier(visit.handedIn, errors);
        const waiting = visit.readyReceipt;
        visit.readyReceipt = undefined;
        const receipt = waiting?.fits(handedIn, visit.locale)
          ? waiting
          : readyReceipt({ ...service, devices: room.deps.devices }, handedIn, visit.locale);
        const outcome = await receipt.print();
        if (!outcome.ok) throw errors.PRINT_FAILED({ data: { reason: outcome.reason } });
        showReceipt(room, visit);
        return { outcome: outcome.value };
      }),
    },
    rating: ratingRoutes(os, room),
    staff: staffRoutes(os, room),
    selfTest: selfTestRoutes(os, room),
    queue: queueRoutes(os, room),
    appointment: appointmentRoutes(os, room),
    enquiry: enquiryRoutes(os, room),
    supplement: supplementRoutes(os, room),
    progress: progressRoutes(os, room),
    results: resultRoutes(os, room),
  });
}

/** The lamp at the printer's mouth, for a while. */
function showReceipt(room: CoreRoom, visit: Visit): void {
  const taken = new AbortController();
  room.cue('ticket-printer', taken.signal);
  void waitOrWake(room.deps.clock, RECEIPT_CUE_MS, new Wake(), visit.ended).then(() => taken.abort());
}

async function* presences(room: CoreRoom, signal: AbortSignal): AsyncGenerator<PresenceEvent, void, undefined> {
  for await (const { person } of room.deps.devices.watchPresence(signal)) {
    if (signal.aborted) return;
    yield person === 'gone' ? { person, secondsLeft: room.personGoneSeconds } : { person };
  }
}
