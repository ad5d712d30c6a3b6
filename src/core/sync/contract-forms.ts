import type { CaseSupply, OwnCaseRequest } from '../../contract/case-calls.ts';
import type { CaseSubmission, DeviceEventSubmission, RatingSubmission } from '../../contract/platform-api.ts';
import type { EnquirySubmission } from '../../contract/enquiry-calls.ts';
import type { GuideRatingSubmission } from '../../contract/guide-rating-calls.ts';
import type { QueueLeaseRequest, QueueTicketSubmission } from '../../contract/queue-records.ts';
import type { SelfTestReport } from '../../contract/self-test.ts';
import type { ConfigReport } from '../../contract/signed-config.ts';
import { VersionGap } from './spoken-versions.ts';

/** What this kiosk writes, by the call that takes it. */
export interface Written {
  readonly submitCase: CaseSubmission;
  readonly submitRating: RatingSubmission;
  readonly submitDeviceEvent: DeviceEventSubmission;
  readonly submitSelfTest: SelfTestReport;
  readonly reportConfiguration: ConfigReport;
  readonly submitQueueTicket: QueueTicketSubmission;
  readonly leaseQueueNumbers: QueueLeaseRequest;
  readonly supplyCase: CaseSupply;
  readonly askCaseReview: OwnCaseRequest;
  readonly withdrawCase: OwnCaseRequest;
  readonly submitEnquiry: EnquirySubmission;
  readonly submitGuideRating: GuideRatingSubmission;
}

/**
 * How an older platform takes today's records: as they are; without a field that it does not know and can do without; or not
 * at all (undefined), so that they wait here until it is updated.
 */
type Forms = { readonly [Call in keyof Written]: (content: Written[Call]) => Written[Call] | undefined };

const asItIs = <T>(content: T): T => content;
/** That its times are by a clock that was wrong is told to staff at the kiosk all the same. */
const withoutClock = <T extends { readonly clockSuspect?: unknown }>({ clockSuspect: _clock, ...rest }: T) => rest;
/** A rating that says more than its level waits: taken without it, what the person said would be lost. */
const levelOnly = (content: RatingSubmission): RatingSubmission | undefined => {
  const { number, tags, text, named } = content;
  return (number ?? tags ?? text ?? named) ? undefined : withoutClock(content);
};
const notYet = (): undefined => undefined;

/** By version; the newest one is how this kiosk keeps its records. */
const older: Readonly<Partial<Record<number, Forms>>> = {
  1: {
    // Without its certificate, check or commitment a material would seem to be missing, without its home region a case would be decided here.
    submitCase: (content) =>
      content.crossRegion !== undefined ||
      content.materials.some(
        ({ certificate, commitment, networkCheck }) => certificate !== undefined || commitment || networkCheck,
      )
        ? undefined
        : withoutClock(content),
    submitRating: levelOnly,
    submitDeviceEvent: asItIs,
    submitSelfTest: asItIs,
    reportConfiguration: notYet,
    submitQueueTicket: notYet,
    leaseQueueNumbers: notYet,
    supplyCase: notYet,
    askCaseReview: notYet,
    withdrawCase: notYet,
    submitEnquiry: notYet,
    submitGuideRating: notYet,
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
