import { implement } from '@orpc/server';
import { complaintCalls, enquiryEntry } from '../../contract/office/complaints.ts';
import { hallOfOffice } from '../../domain/office-code.ts';
import { ownOffice } from '../office-reader.ts';
import { type CallContext, type SubjectDeps, writeOnce } from '../subject.ts';
import { answerOne, extendOne, listEnquiries, readContact, readEnquiry } from './enquiry-records.ts';

/** For those who answer. */
export function complaintHandlers(deps: SubjectDeps) {
  const { database, faults, clock } = deps;
  const server = implement(complaintCalls).$context<CallContext>();
  return {
    list: server.list.handler(async ({ input, errors, context, signal }) => {
      await faults.mayBegin(signal);
      ownOffice(input.officer, context, errors);
      const { which, after = '' } = input;
      return listEnquiries(database, hallOfOffice(input.officer.office), which, after, clock.now());
    }),
    read: server.read.handler(async ({ input, errors, context, signal }) => {
      await faults.mayBegin(signal);
      ownOffice(input.officer, context, errors);
      const found = await readEnquiry(database, hallOfOffice(input.officer.office), input.id, clock.now());
      if (!found) throw errors.UNKNOWN_ENQUIRY();
      return found;
    }),
    contact: server.contact.handler(async ({ input, errors, context, signal }) => {
      await faults.mayBegin(signal);
      ownOffice(input.officer, context, errors);
      const hall = hallOfOffice(input.officer.office);
      const contact = await database.transaction((sql) => readContact(sql, hall, input, clock.now()));
      if (contact.ok) return contact.value;
      throw contact.reason === 'no-contact' ? errors.NO_CONTACT() : errors.UNKNOWN_ENQUIRY();
    }),
    extend: server.extend.handler((call) =>
      writeOnce(deps, 'enquiry-extension', call, enquiryEntry, (sql, body, at) =>
        extendOne(sql, hallOfOffice(body.officer.office), body, at),
      ),
    ),
    answer: server.answer.handler((call) =>
      writeOnce(deps, 'enquiry-answer', call, enquiryEntry, (sql, body, at) =>
        answerOne(sql, hallOfOffice(body.officer.office), body, at),
      ),
    ),
  };
}
