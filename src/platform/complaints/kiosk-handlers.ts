import { implement } from '@orpc/server';
import { enquiryCalls, enquiryReceipt } from '../../contract/enquiry-calls.ts';
import { type CallContext, type SubjectDeps, writeOnce } from '../subject.ts';
import { addEnquiry, readAnswer } from './enquiry-records.ts';

/** What people say and ask at a kiosk. */
export function enquiryHandlers(deps: SubjectDeps) {
  const { database, faults, clock } = deps;
  const server = implement(enquiryCalls).$context<CallContext>();
  return {
    submitEnquiry: server.submitEnquiry.handler((call) => writeOnce(deps, 'enquiry', call, enquiryReceipt, addEnquiry)),
    enquiryAnswer: server.enquiryAnswer.handler(async ({ input, errors, context: { device }, signal }) => {
      await faults.mayBegin(signal);
      if (device && device.kioskId !== input.kioskId) throw errors.OTHER_DEVICE();
      const answer = await readAnswer(database, input.answerCode, clock.now());
      if (!answer) throw errors.UNKNOWN_CODE();
      return answer;
    }),
  };
}
