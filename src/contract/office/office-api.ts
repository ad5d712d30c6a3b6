import { oc } from '@orpc/contract';
import { casesCalls } from './cases.ts';
import { catalogueCalls } from './catalogue.ts';
import { complaintCalls } from './complaints.ts';
import { fleetCalls } from './fleet.ts';
import { ratingCalls } from './ratings.ts';
import { statisticsCalls } from './statistics.ts';
import { appointmentOfficeCalls } from './appointments.ts';
import { queueOfficeCalls } from './queue.ts';
import { certificateOfficeCalls } from './certificates.ts';
import { identityOfficeCalls } from './identity.ts';
import { dataRequestsCalls } from './data-requests.ts';
import { deliveriesCalls } from './deliveries.ts';
import { handOverCalls } from './hand-over.ts';
import { supervisionCalls } from './supervision.ts';

/** Where the calls of offices are, below the platform's address. */
export const OFFICE_PATH = '/office';

/**
 * What the offices behind the halls say to the platform, by subject: departments that decide cases, windows that call
 * numbers, the people who answer complaints. Kiosks have no part in it; theirs is `platform-api.ts`.
 */
export const officeApi = oc.prefix(OFFICE_PATH).router({
  cases: casesCalls,
  catalogue: catalogueCalls,
  complaints: complaintCalls,
  fleet: fleetCalls,
  ratings: ratingCalls,
  statistics: statisticsCalls,
  appointments: appointmentOfficeCalls,
  queue: queueOfficeCalls,
  certificates: certificateOfficeCalls,
  identity: identityOfficeCalls,
  dataRequests: dataRequestsCalls,
  deliveries: deliveriesCalls,
  handOver: handOverCalls,
  supervision: supervisionCalls,
});
