import { z } from 'zod';
import { officeSideRecord, sideRecord } from '../../domain/case/side-records.ts';
import { officeHeaders, officer, officeRead, officeWrite } from './office-call.ts';

/** Parcels, bills and sealed documents of cases: records of them only. */
export const deliveriesCalls = {
  record: officeWrite(['unknown-case', 'not-from-here', 'bill-differs', 'before-the-last'])
    .route({
      method: 'POST',
      path: '/deliveries/record',
      summary: 'Record where a parcel, a bill or a sealed document of a case stands; its kiosk is told',
      inputStructure: 'detailed',
    })
    .input(
      z.object({
        headers: officeHeaders,
        body: z.strictObject({ officer, caseId: z.uuid(), record: officeSideRecord }),
      }),
    )
    .output(z.object({ recordedAt: z.iso.datetime({ offset: true }) })),
  list: officeRead
    .route({ method: 'POST', path: '/deliveries/list', summary: 'All such records of a case, in their order' })
    .input(z.strictObject({ caseId: z.uuid() }))
    .output(z.object({ records: z.array(sideRecord) })),
};
