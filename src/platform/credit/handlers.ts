import { implement } from '@orpc/server';
import { creditCalls } from '../../contract/credit-calls.ts';
import type { Register } from '../cases/register.ts';
import { identified } from '../identity/identified.ts';
import type { CallContext, SubjectDeps } from '../subject.ts';

/** As for certificates: the telephone alone says too little. */
const NEEDED = 'substantial';

export type CreditHandlers = ReturnType<typeof creditHandlers>;

/** What the credit service says of whoever is at a kiosk. Nothing of it is kept here. */
export function creditHandlers(deps: SubjectDeps, register: Pick<Register, 'creditOf'>) {
  const { faults, identities } = deps;
  const server = implement(creditCalls).$context<CallContext>();
  return {
    creditStanding: server.creditStanding.handler(async (call) => {
      const { subject } = identified(deps, call, NEEDED);
      await faults.mayBegin(call.signal);
      if (faults.current.kind === 'registers-silent') return {};
      const standing = await register.creditOf((idNumber) => identities.subjectOf('person', idNumber) === subject);
      return standing === 'unknown' ? {} : { standing };
    }),
  };
}
