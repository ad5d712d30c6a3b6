import { implement } from '@orpc/server';
import { fleetCalls } from '../../contract/office/fleet.ts';
import type { CallContext, SubjectDeps } from '../subject.ts';
import { readKiosks } from './kiosk-records.ts';

export function fleetHandlers({ database, faults }: SubjectDeps) {
  const server = implement(fleetCalls).$context<CallContext>();
  return {
    kiosks: server.kiosks.handler(async ({ signal }) => {
      await faults.mayBegin(signal);
      return { kiosks: await readKiosks(database) };
    }),
  };
}
