import { implement } from '@orpc/server';
import { z } from 'zod';
import { dataRequestsCalls } from '../../contract/office/data-requests.ts';
import type { Register } from '../cases/register.ts';
import { type CallContext, type SubjectDeps, writeOnce } from '../subject.ts';
import { answerRequest, applicantOf, askFor, openRequests, type DataAnswer } from './request-records.ts';

const answered: z.ZodType<DataAnswer> = z.discriminatedUnion('way', [
  z.object({ way: z.literal('immediate'), value: z.union([z.string(), z.number(), z.boolean()]) }),
  z.object({ way: z.literal('department-asked'), requestId: z.string() }),
]);

export function dataRequestsHandlers(deps: SubjectDeps, register: Pick<Register, 'factsAbout'>) {
  const { database, faults, clock } = deps;
  const server = implement(dataRequestsCalls).$context<CallContext>();
  return {
    ask: server.ask.handler(async (call) => {
      const { caseId, fact } = call.input.body;
      // Outside the transaction, which waits for nobody but the store.
      const person = faults.current.kind === 'registers-silent' ? undefined : await applicantOf(database, caseId);
      const known = person === undefined ? {} : await register.factsAbout([person], [fact], clock.now());
      return writeOnce(deps, 'data-request', call, answered, (sql, body, at) => askFor(sql, body, known[fact], at));
    }),
    open: server.open.handler(async ({ input: { department }, signal }) => {
      await faults.mayBegin(signal);
      return { requests: await openRequests(database, department) };
    }),
    answer: server.answer.handler((call) =>
      writeOnce(deps, 'data-answer', call, z.object({ recordedAt: z.string() }), answerRequest),
    ),
  };
}
