import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { handInEnquiry } from '../enquiry/hand-in-enquiry.ts';
import { isReceiptCode } from '../identifiers.ts';
import type { CoreRoom } from '../room.ts';
import { inService, openVisit, type Base } from './base.ts';

export function enquiryRoutes({ enquiry: os }: Base, room: CoreRoom) {
  return {
    handIn: os.handIn.handler(({ input, errors }) => {
      const { service, visit } = openVisit(room, errors);
      if (input.itemCode !== undefined && !service.catalogue.items.has(input.itemCode)) throw errors.UNKNOWN_ITEM();
      const hash = createHash('sha256').update(canonicalJson(input)).digest('hex');
      const known = visit.enquiries.get(hash);
      if (known) return known;
      const handedIn = handInEnquiry({ ...service, outbox: service.selfTest.outbox }, input);
      if (!handedIn.ok) throw errors.STORE_FAILED({ data: { cause: handedIn.reason } });
      visit.enquiries.set(hash, handedIn.value);
      service.selfTest.sync.wake();
      room.board.changed();
      return handedIn.value;
    }),
    answer: os.answer.handler(async ({ input: { code }, errors, signal }) => {
      const { platform, config } = inService(room, errors);
      if (!isReceiptCode(code)) throw errors.UNKNOWN_CODE();
      const answer = await platform.enquiryAnswer({ kioskId: config.kioskId, answerCode: code }, signal);
      if (answer.kind === 'done') return answer.value;
      throw answer.kind === 'refused' ? errors.UNKNOWN_CODE() : errors.PLATFORM_UNREACHABLE();
    }),
  };
}
