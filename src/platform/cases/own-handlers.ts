import { implement } from '@orpc/server';
import { caseCalls, ownCaseAnswer } from '../../contract/case-calls.ts';
import { writeOnce, type CallContext, type SubjectDeps } from '../subject.ts';
import type { Desk } from './desk.ts';
import { askReview, supply, withdraw } from './own-moves.ts';

export type OwnCaseHandlers = ReturnType<typeof ownCaseHandlers>;

/** What applicants do with their cases at a kiosk. */
export function ownCaseHandlers(deps: SubjectDeps, desk: Desk) {
  const server = implement(caseCalls).$context<CallContext>();
  return {
    supplyCase: server.supplyCase.handler(async (call) => {
      const answer = await writeOnce(deps, 'case-supply', call, ownCaseAnswer, supply);
      await desk.arrived(answer.caseId);
      return answer;
    }),
    askCaseReview: server.askCaseReview.handler((call) =>
      writeOnce(deps, 'case-review', call, ownCaseAnswer, askReview),
    ),
    withdrawCase: server.withdrawCase.handler((call) =>
      writeOnce(deps, 'case-withdrawal', call, ownCaseAnswer, withdraw),
    ),
  };
}
