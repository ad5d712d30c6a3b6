import { implement } from '@orpc/server';
import { officeApi } from '../contract/office/office-api.ts';
import { officeCaseHandlers } from './cases/office-handlers.ts';
import { catalogueHandlers } from './catalogue-checks/handlers.ts';
import { complaintHandlers } from './complaints/handlers.ts';
import { fleetHandlers } from './fleet/handlers.ts';
import { ratingHandlers } from './ratings/handlers.ts';
import { statisticsHandlers } from './statistics/handlers.ts';
import { appointmentOfficeHandlers } from './appointments/handlers.ts';
import { queueOfficeHandlers } from './queue/handlers.ts';
import { certificateOfficeHandlers } from './certificates/office-handlers.ts';
import { identityOfficeHandlers } from './identity/handlers.ts';
import type { Register } from './cases/register.ts';
import { dataRequestsHandlers } from './data-requests/handlers.ts';
import { deliveriesHandlers } from './deliveries/handlers.ts';
import { supervisionHandlers } from './supervision/handlers.ts';
import { handOverHandlers, type PageStore } from './hand-over/handlers.ts';
import type { CallContext, SubjectDeps } from './subject.ts';

/** The calls of offices; each subject has a folder of its own. */
export function createOfficeRouter(deps: SubjectDeps, uploads: PageStore, register: Register) {
  const server = implement(officeApi).$context<CallContext>();
  return server.router({
    cases: server.cases.router(officeCaseHandlers(deps)),
    catalogue: server.catalogue.router(catalogueHandlers(deps)),
    complaints: server.complaints.router(complaintHandlers(deps)),
    fleet: server.fleet.router(fleetHandlers(deps)),
    ratings: server.ratings.router(ratingHandlers(deps)),
    statistics: server.statistics.router(statisticsHandlers(deps)),
    appointments: server.appointments.router(appointmentOfficeHandlers(deps)),
    queue: server.queue.router(queueOfficeHandlers(deps)),
    certificates: server.certificates.router(certificateOfficeHandlers(deps)),
    identity: server.identity.router(identityOfficeHandlers(deps)),
    dataRequests: server.dataRequests.router(dataRequestsHandlers(deps, register)),
    deliveries: server.deliveries.router(deliveriesHandlers(deps)),
    handOver: server.handOver.router(handOverHandlers(deps, uploads)),
    supervision: server.supervision.router(supervisionHandlers(deps)),
  });
}
