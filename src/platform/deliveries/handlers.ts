import { implement } from '@orpc/server';
import { z } from 'zod';
import { deliveriesCalls } from '../../contract/office/deliveries.ts';
import { writeOnce, type CallContext, type SubjectDeps } from '../subject.ts';
import { addSideRecord, readSideRecords } from './side-record-store.ts';

const recorded = z.object({ recordedAt: z.string() });

export function deliveriesHandlers(deps: SubjectDeps) {
  const server = implement(deliveriesCalls).$context<CallContext>();
  return {
    record: server.record.handler((call) =>
      writeOnce(deps, 'side-record', call, recorded, (sql, { officer, caseId, record }, at) =>
        addSideRecord(sql, caseId, record, officer, at),
      ),
    ),
    list: server.list.handler(async ({ input: { caseId }, signal }) => {
      await deps.faults.mayBegin(signal);
      return { records: await readSideRecords(deps.database, caseId) };
    }),
  };
}
