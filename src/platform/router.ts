import { implement } from '@orpc/server';
import type { Clock } from '../contract/clock.ts';
import { caseReceipt, platformApi, receipt } from '../contract/platform-api.ts';
import { queueLease } from '../contract/queue-records.ts';
import { comparedContent } from '../domain/compared-content.ts';
import type { PublishedCatalogue } from './catalogue.ts';
import { endOfDay } from './day-records.ts';
import type { Faults } from './faults.ts';
import type { Desk } from './cases/desk.ts';
import type { OwnCaseHandlers } from './cases/own-handlers.ts';
import { createRecords } from './records.ts';
import type { PlatformStore } from './store.ts';
import { enquiryHandlers } from './complaints/kiosk-handlers.ts';
import { guideRatingHandlers } from './ratings/kiosk-handlers.ts';
import { appointmentHandlers } from './appointments/handlers.ts';
import type { CreditHandlers } from './credit/handlers.ts';
import type { NetworkCheckHandlers } from './network-checks/handlers.ts';
import { queueHandlers } from './queue/handlers.ts';
import { resultHandlers } from './results/handlers.ts';
import { certificateHandlers } from './certificates/handlers.ts';
import { identityHandlers } from './identity/handlers.ts';
import { type CallContext, type SubjectDeps, writeError, writeOnce } from './subject.ts';
import type { Tokens } from './tokens.ts';

export interface RouterDeps {
  readonly store: PlatformStore;
  readonly catalogue: PublishedCatalogue;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly clock: Pick<Clock, 'now'>;
  readonly desk: Desk;
  readonly ownCases: OwnCaseHandlers;
  readonly credit: CreditHandlers;
  readonly networkChecks: NetworkCheckHandlers;
  /** What subjects with a folder of their own work with. */
  readonly subject: SubjectDeps;
}

/** The contract's calls on the store. */
export function createRouter(deps: RouterDeps) {
  const { store, catalogue, tokens, faults, clock, desk, ownCases, credit, networkChecks, subject } = deps;
  const server = implement(platformApi).$context<CallContext>();

  return server.router({
    health: server.health.handler(async ({ signal }) => {
      await faults.mayBegin(signal);
      return { time: clock.now().toISOString() };
    }),
    requestToken: server.requestToken.handler(async ({ input: { kioskId }, errors, context: { device }, signal }) => {
      await faults.mayBegin(signal);
      if (device && device.kioskId !== kioskId) throw errors.OTHER_DEVICE();
      return tokens.issue({ kioskId, fingerprint: device?.fingerprint ?? '' });
    }),
    catalogueHead: server.catalogueHead.handler(async ({ signal }) => {
      await faults.mayBegin(signal);
      return catalogue.head();
    }),
    catalogueChanges: server.catalogueChanges.handler(async ({ input: { from, to, after }, signal }) => {
      await faults.mayBegin(signal);
      return catalogue.changes(from, to, after);
    }),
    submitCase: server.submitCase.handler(async ({ input: { headers, body }, errors, context: { device }, signal }) => {
      if (device && device.kioskId !== body.kioskId) throw errors.OTHER_DEVICE();
      const request = { key: headers['idempotency-key'], operation: 'case', content: comparedContent(body) };
      const answer = await store.takeIn(
        request,
        () => faults.mayBegin(signal),
        caseReceipt,
        (records) => records.addCase(body, clock.now()),
      );
      if (!answer.ok) throw writeError(answer, errors);
      if (body.materials.every(({ pages }) => pages.length === 0)) await desk.arrived(body.id);
      return answer.value;
    }),
    submitRating: server.submitRating.handler(async ({ input: { headers, body }, errors, signal }) => {
      const request = { key: headers['idempotency-key'], operation: 'rating', content: comparedContent(body) };
      const answer = await store.takeIn(
        request,
        () => faults.mayBegin(signal),
        receipt,
        (records) => records.addRating(body, clock.now()),
      );
      if (answer.ok) return answer.value;
      const { reason } = answer;
      throw reason === 'unknown-case' ? errors.UNKNOWN_CASE() : writeError({ ...answer, reason }, errors);
    }),
    submitSelfTest: server.submitSelfTest.handler((call) =>
      writeOnce(subject, 'self-test', call, receipt, (sql, body, at) => createRecords(sql).addSelfTest(body, at)),
    ),
    submitDeviceEvent: server.submitDeviceEvent.handler((call) =>
      writeOnce(subject, 'device-event', call, receipt, (sql, body, at) => createRecords(sql).addDeviceEvent(body, at)),
    ),
    reportConfiguration: server.reportConfiguration.handler((call) =>
      writeOnce(subject, 'configuration-report', call, receipt, (sql, body, at) =>
        createRecords(sql).addConfigReport(body, at),
      ),
    ),
    leaseQueueNumbers: server.leaseQueueNumbers.handler((call) =>
      writeOnce(subject, 'queue-lease', call, queueLease, (sql, body, at) => createRecords(sql).leaseNumbers(body, at)),
    ),
    submitQueueTicket: server.submitQueueTicket.handler((call) =>
      writeOnce(subject, 'queue-ticket', call, receipt, (sql, body, at) => createRecords(sql).addTicket(body, at)),
    ),
    changes: server.changes.handler(async ({ input: { kioskId, after }, errors, context: { device }, signal }) => {
      if (device && device.kioskId !== kioskId) throw errors.OTHER_DEVICE();
      await faults.mayBegin(signal);
      const page = await store.changes(kioskId, after);
      if (!page.ok) throw errors.CURSOR_UNKNOWN();
      return page.value;
    }),
    daySummaries: server.daySummaries.handler(
      async ({ input: { kioskId, day }, errors, context: { device }, signal }) => {
        if (device && device.kioskId !== kioskId) throw errors.OTHER_DEVICE();
        await faults.mayBegin(signal);
        if (endOfDay(day) > clock.now()) throw errors.DAY_NOT_OVER();
        return { summaries: [...(await store.summaries(kioskId, day))] };
      },
    ),
    dayRecords: server.dayRecords.handler(
      async ({ input: { kioskId, day, kind }, errors, context: { device }, signal }) => {
        if (device && device.kioskId !== kioskId) throw errors.OTHER_DEVICE();
        await faults.mayBegin(signal);
        if (endOfDay(day) > clock.now()) throw errors.DAY_NOT_OVER();
        return { records: [...(await store.dayRecords(kioskId, day, kind))] };
      },
    ),
    progress: server.progress.handler(async ({ input, errors, signal }) => {
      await faults.mayBegin(signal);
      const answer = await store.progress(input.number, clock.now());
      if (!answer.ok) throw errors.UNKNOWN_NUMBER();
      return answer.value;
    }),
    ...ownCases,
    ...enquiryHandlers(subject),
    ...guideRatingHandlers(subject),
    ...identityHandlers(subject),
    ...certificateHandlers(subject),
    ...appointmentHandlers(subject),
    ...queueHandlers(subject),
    ...resultHandlers(subject),
    ...credit,
    ...networkChecks,
  });
}
