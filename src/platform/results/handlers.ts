import { implement } from '@orpc/server';
import { resultCalls } from '../../contract/result-calls.ts';
import type { CallContext, SubjectDeps } from '../subject.ts';
import { checkDocument, readResults } from './result-records.ts';

export function resultHandlers({ database, faults }: SubjectDeps) {
  const server = implement(resultCalls).$context<CallContext>();
  return {
    publicResults: server.publicResults.handler(
      async ({ input: { kioskId, hallCode, before }, errors, context: { device }, signal }) => {
        if (device && device.kioskId !== kioskId) throw errors.OTHER_DEVICE();
        await faults.mayBegin(signal);
        return readResults(database, hallCode, before);
      },
    ),
    checkDocument: server.checkDocument.handler(async ({ input, errors, context: { device }, signal }) => {
      if (device && device.kioskId !== input.kioskId) throw errors.OTHER_DEVICE();
      await faults.mayBegin(signal);
      return checkDocument(database, input);
    }),
  };
}
