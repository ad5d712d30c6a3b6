import { implement } from '@orpc/server';
import { supervisionCalls } from '../../contract/office/supervision.ts';
import type { CallContext, SubjectDeps } from '../subject.ts';
import { readSteps } from './step-records.ts';

export function supervisionHandlers({ database, faults }: SubjectDeps) {
  const server = implement(supervisionCalls).$context<CallContext>();
  return {
    steps: server.steps.handler(async ({ input: { hallCode, after }, signal }) => {
      await faults.mayBegin(signal);
      return readSteps(database, hallCode, after);
    }),
  };
}
