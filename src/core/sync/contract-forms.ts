import type { CaseSubmission, DeviceEventSubmission, RatingSubmission } from '../../contract/platform-api.ts';
import type { QueueLeaseRequest, QueueTicketSubmission } from '../../contract/queue-records.ts';
import type { SelfTestReport } from '../../contract/self-test.ts';
import type { ConfigReport } from '../../contract/signed-config.ts';
import { VersionGap } from './spoken-versions.ts';

/** What this kiosk writes, by the call that takes it. */
interface Written {
  readonly submitCase: CaseSubmission;
  readonly submitRating: RatingSubmission;
  readonly submitDeviceEvent: DeviceEventSubmission;
  readonly submitSelfTest: SelfTestReport;
  readonly reportConfiguration: ConfigReport;
  readonly submitQueueTicket: QueueTicketSubmission;
  readonly leaseQueueNumbers: QueueLeaseRequest;
}

/**
 * How an older platform takes today's records: as they are; without a field that it does not know and can do without; or not
 * at all (undefined), so that they wait here until it is updated.
 */
type Forms = { readonly [Call in keyof Written]: (content: Written[Call]) => Written[Call] | undefined };

const asItIs = <T>(content: T): T => content;
/** That its times are by a clock that was wrong is told to staff at the kiosk all the same. */
const withoutClock = <T extends { readonly clockSuspect?: unknown }>({ clockSuspect: _clock, ...rest }: T) => rest;
const notYet = (): undefined => undefined;

/** By version; the newest one is how this kiosk keeps its records. */
const older: Readonly<Partial<Record<number, Forms>>> = {
  1: {
    submitCase: withoutClock,
    submitRating: withoutClock,
    submitDeviceEvent: asItIs,
    submitSelfTest: asItIs,
    reportConfiguration: notYet,
    submitQueueTicket: notYet,
    leaseQueueNumbers: notYet,
  },
};

/** A record as a platform of that version takes it. Throws {@link VersionGap} when it does not. */
export function writeIn<Call extends keyof Written>(
  version: number,
  call: Call,
  content: Written[Call],
): Written[Call] {
  const forms = older[version];
  const written = forms ? forms[call](content) : content;
  if (written === undefined) throw new VersionGap('platform-too-old', `version ${version} has no ${call}`);
  return written;
}
