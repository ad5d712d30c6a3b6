import { oc } from '@orpc/contract';
import { z } from 'zod';
import { caseCalls } from './case-calls.ts';
import { caseFollowUp } from './case-follow-up.ts';
import { crossRegionChoice, pledge } from '../domain/item-details.ts';
import { ratingChannel, ratingLevel } from '../domain/rating.ts';
import { caseNews, changeCursor, changePage, platformStage } from './changes.ts';
import { deviceClass, deviceReason } from './device-classes.ts';
import { creditCalls } from './credit-calls.ts';
import { networkCheckCalls } from './network-check-calls.ts';
import { enquiryCalls } from './enquiry-calls.ts';
import { guideRatingCalls } from './guide-rating-calls.ts';
import { appointmentCalls } from './appointment-calls.ts';
import { queueCalls } from './queue-calls.ts';
import { resultCalls } from './result-calls.ts';
import { certificateId } from './certificate-record.ts';
import { certificateCalls } from './certificate-calls.ts';
import { identityCalls } from './identity-calls.ts';
import { caseExample, deviceEventExample, pageExample, ratingExample } from './platform-examples.ts';
import { comparedDay, comparedList, dayRecords, daySummaries } from './reconciliation.ts';
import { queueLease, queueLeaseRequest, queueTicketSubmission } from './queue-records.ts';
import { selfTestReport } from './self-test.ts';
import { configReport } from './signed-config.ts';
import { instant, line, sha256, word as number } from './word.ts';

/** A UUID as a structured-field string, so in double quotes (draft-ietf-httpapi-idempotency-key-header-07, section 2.1); bare ones are taken too. */
const keyHeader = z.object({
  'idempotency-key': z.string().regex(/^"?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"?$/),
});

/**
 * With a record whose times are by a clock that was wrong: how many seconds it ran ahead of the platform's, negative when
 * behind, as it was last measured.
 */
const clockSuspect = z.strictObject({ driftSeconds: z.int() }).optional();

/** One 办件 as the kiosk hands it in. Sub-cases of an 一件事 travel inside it, so that parent and children arrive together or not at all. */
export const caseSubmission = z
  .strictObject({
    id: z.uuid(),
    provisionalNumber: number,
    receiptCode: number,
    kioskId: number,
    /** Digits: the official number begins with it. */
    hallCode: z.string().regex(/^\d{6,12}$/),
    itemCode: number,
    /** The catalogue version the citizen saw. */
    itemVersion: z.int().positive(),
    itemName: line,
    department: line,
    /** Kiosk time of handing in; the platform adds its own time of receipt. */
    handedInAt: instant,
    applicant: z.strictObject({ name: line, idNumber: number }),
    situations: z.record(z.string(), z.string()),
    fields: z.record(z.string(), z.string()),
    materials: z.array(
      z.strictObject({
        id: number,
        name: line,
        /** Pages to follow as scans: their ids and SHA-256 in hex. */
        pages: z.array(z.strictObject({ id: z.uuid(), sha256 })),
        /** The e-certificate that stands for it; it was used for this case. */
        certificate: certificateId.optional(),
        /** The applicant committed in writing in its place (告知承诺), under the signature of the application. */
        commitment: z.literal(true).optional(),
        /** The text that was committed to, of the item's version that the applicant saw. */
        pledge: pledge.optional(),
        /** Checked over the network in its place; the platform has what was said. `asked`: its department answers later. */
        networkCheck: z.enum(['confirmed', 'asked']).optional(),
      }),
    ),
    /** PNG, base64 */
    signature: z.base64().max(2_000_000),
    parts: z.array(
      z.strictObject({
        code: number,
        name: line,
        department: line,
        fields: z.record(z.string(), z.string()),
        materials: z.array(z.string()),
      }),
    ),
    /** 异地办: for the office of another region, in the way that the person chose among those that the item offers. */
    crossRegion: crossRegionChoice.optional(),
    clockSuspect,
  })
  .meta({ examples: [caseExample] });
export type CaseSubmission = z.infer<typeof caseSubmission>;

/** Which page of which case a scan is; must be as its case announced it. The metadata of its upload. */
export const announcedPage = z
  .object({ id: z.uuid(), caseId: z.uuid(), material: number, sha256 })
  .meta({ examples: [pageExample] });
export type AnnouncedPage = z.infer<typeof announcedPage>;

/**
 * Where scans are uploaded by tus 1.0 (creation and expiration): as JPEG, with {@link announcedPage} as metadata, under
 * the same tokens as the calls. The last byte is acknowledged when the page is committed, and so is a later HEAD of the
 * whole upload. Refusals have the JSON form of the calls' errors: 404 UNKNOWN_CASE, 400 BAD_REQUEST, and 400 REFUSED with
 * `page-not-announced` or `hash-mismatch`.
 */
export const UPLOAD_PATH = '/uploads';

export const ratingSubmission = z
  .strictObject({
    id: z.uuid(),
    caseId: z.uuid(),
    level: ratingLevel,
    channel: ratingChannel,
    ratedAt: instant,
    /** 2: the later addition to a first one (追评). Without it the first. */
    number: z.literal(2).optional(),
    /** Codes of second-level indicators that were chosen, and the version of the list they are of. */
    tags: z
      .strictObject({
        version: z.int().positive(),
        codes: z
          .array(z.string().regex(/^[1-5][0-9]{2}$/))
          .min(1)
          .max(30),
      })
      .optional(),
    text: line.optional(),
    /** The person wants their name with it. Without it the rating is anonymous. */
    named: z.literal(true).optional(),
    clockSuspect,
  })
  .meta({ examples: [ratingExample] });
export type RatingSubmission = z.infer<typeof ratingSubmission>;

/**
 * What happened at a device of a kiosk. `fault` and `recovered`: as the device tells; `closed` and `opened`: by staff or a
 * self-test; `item-left`: something of a citizen lies at it after their visit; `item-taken`: it is gone again; `item-found`:
 * it stayed, and staff have to keep it.
 */
export const deviceEventKind = z.enum([
  'fault',
  'recovered',
  'closed',
  'opened',
  'item-left',
  'item-taken',
  'item-found',
]);
export type DeviceEventKind = z.infer<typeof deviceEventKind>;

export const deviceEventSubmission = z
  .strictObject({
    id: z.uuid(),
    kioskId: number,
    device: number,
    class: deviceClass,
    driver: number,
    kind: deviceEventKind,
    reason: deviceReason.optional(),
    at: instant,
  })
  .meta({ examples: [deviceEventExample] });
export type DeviceEventSubmission = z.infer<typeof deviceEventSubmission>;

/** Why the platform refuses a content for good. */
export const refusalReason = z.enum([
  /** The same record id, or another record's number, arrived earlier with other content. */
  'content-differs',
  /** A scanned page that its case does not list, or lists with another hash or material. */
  'page-not-announced',
  /** The bytes do not have the hash that is stated with them. */
  'hash-mismatch',
  'already-rated',
  /** A second rating of a case without a first one, or earlier than it. */
  'first-missing',
  'before-the-first',
  /** Tags that are not offered for the level, or of a list that is not known, or one twice. */
  'unknown-tag',
  'tag-twice',
  /** Numbers of a queue are leased for today and tomorrow. */
  'wrong-day',
  /** A ticket whose number is of no lease of its kiosk. */
  'number-not-leased',
  /** Another ticket has that number. */
  'number-taken',
]);
export type RefusalReason = z.infer<typeof refusalReason>;

/**
 * The one call without a token. A platform with TLS gives tokens to the kiosks that it knows by their certificate, each
 * for this certificate only, and wants one with every other request: `Authorization: Bearer …`, else 401.
 */
export const TOKEN_PATH = '/token';
export const issuedToken = z.object({ token: z.string().min(1).max(2_000), expiresAt: instant });

/**
 * Of every write: 409 while the same key is being worked on, 422 for a key that was used for other content, 400 `REFUSED` when
 * the platform refuses the content for good, with one of the call's own reasons; they are for staff.
 */
function write<const Reasons extends readonly [RefusalReason, ...RefusalReason[]]>(reasons: Reasons) {
  return oc.errors({
    IN_PROGRESS: { status: 409 },
    KEY_REUSED: { status: 422 },
    REFUSED: { status: 400, data: z.strictObject({ reason: z.enum(reasons) }) },
  });
}
/** The same for what is a kiosk's own. 403: the certificate is another kiosk's. */
function ownWrite<const Reasons extends readonly [RefusalReason, ...RefusalReason[]]>(reasons: Reasons) {
  return write(reasons).errors({ OTHER_DEVICE: { status: 403 } });
}

/** What only the kiosk itself may ask. 403: the certificate is another kiosk's. */
const ownRead = oc.errors({ OTHER_DEVICE: { status: 403 } });
/** 409: the day is not over yet by the platform's clock, and more may come. */
const dayRead = ownRead.errors({ DAY_NOT_OVER: { status: 409 } });

// Answers are not strict: a platform may say more than an older kiosk knows.
export const receipt = z.object({ receivedAt: instant });
export const caseReceipt = z.object({ officialNumber: number, receivedAt: instant, partNumbers: z.array(number) });
export type CaseReceipt = z.infer<typeof caseReceipt>;
export type Receipt = z.infer<typeof receipt>;

/** What the platform knows of a case; `waiting-to-send` and `needs-staff` are the kiosk's own words. */
export const caseProgress = z.object({
  provisionalNumber: number,
  officialNumber: number,
  itemName: line,
  stage: platformStage,
  handedInAt: instant,
  receivedAt: instant,
  department: line,
  ...caseNews.shape,
  ...caseFollowUp.shape,
});
export type CaseProgress = z.infer<typeof caseProgress>;

/** What is published now. Version 0: nothing yet. */
export const catalogueHead = z.object({
  version: z.int().nonnegative(),
  /** cd_batch and cd_time of the publication. */
  batch: z.string(),
  publishedAt: z.string(),
  items: z.int().nonnegative(),
  /** SHA-256 in hex over the manifest (`src/domain/catalogue/manifest.ts`). */
  hash: sha256,
});
export type CatalogueHead = z.infer<typeof catalogueHead>;

/** What became of one item between two versions, with the letters of cd_operation. `content` is the item's JSON, byte for byte. */
export const catalogueChange = z.discriminatedUnion('operation', [
  z.object({
    operation: z.enum(['I', 'U']),
    code: number,
    batch: z.string(),
    time: instant,
    sha256,
    content: z.string(),
  }),
  z.object({ operation: z.literal('D'), code: number, batch: z.string(), time: instant }),
]);
export type CatalogueChange = z.infer<typeof catalogueChange>;

export const platformApi = {
  health: oc
    .route({ method: 'GET', path: '/health', summary: 'Is the platform there' })
    .output(z.object({ time: instant })),
  requestToken: oc
    .errors({ OTHER_DEVICE: { status: 403 } })
    .route({ method: 'POST', path: TOKEN_PATH, summary: 'A short-lived token for a known certificate' })
    .input(z.strictObject({ kioskId: number }).meta({ examples: [{ kioskId: caseExample.kioskId }] }))
    .output(issuedToken),
  catalogueHead: oc
    .route({ method: 'GET', path: '/catalogue', summary: 'Which catalogue is published' })
    .output(catalogueHead),
  catalogueChanges: oc
    .route({
      method: 'POST',
      path: '/catalogue/changes',
      summary: 'What changed in the catalogue between two versions, a page at a time; from 0: all of it',
    })
    .input(
      z
        .strictObject({
          from: z.int().nonnegative(),
          to: z.int().positive(),
          /** The last code of the page before; empty for the first page. */
          after: z
            .string()
            .max(64)
            .regex(/^[0-9A-Z]*$/),
        })
        .meta({ examples: [{ from: 0, to: 1, after: '' }] }),
    )
    .output(z.object({ changes: z.array(catalogueChange), more: z.boolean() })),
  submitCase: ownWrite(['content-differs'])
    .route({ method: 'POST', path: '/cases', summary: 'Hand in a case', inputStructure: 'detailed' })
    .input(z.object({ headers: keyHeader, body: caseSubmission }))
    .output(caseReceipt),
  submitRating: write([
    'content-differs',
    'already-rated',
    'first-missing',
    'before-the-first',
    'unknown-tag',
    'tag-twice',
  ])
    .errors({ UNKNOWN_CASE: { status: 404 } })
    .route({ method: 'POST', path: '/ratings', summary: 'Hand in a rating of a case', inputStructure: 'detailed' })
    .input(z.object({ headers: keyHeader, body: ratingSubmission }))
    .output(receipt),
  submitDeviceEvent: ownWrite(['content-differs'])
    .route({
      method: 'POST',
      path: '/device-events',
      summary: 'Report what happened at a device',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: keyHeader, body: deviceEventSubmission }))
    .output(receipt),
  submitSelfTest: ownWrite(['content-differs'])
    .route({
      method: 'POST',
      path: '/self-tests',
      summary: 'Report a self-test of the kiosk',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: keyHeader, body: selfTestReport }))
    .output(receipt),
  reportConfiguration: ownWrite(['content-differs'])
    .route({
      method: 'POST',
      path: '/configuration-reports',
      summary: 'Report what became of a configuration that came in a change',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: keyHeader, body: configReport }))
    .output(receipt),
  changes: ownRead
    /** The cursor is none of this list: the platform went back to an earlier state. The kiosk begins anew. */
    .errors({ CURSOR_UNKNOWN: { status: 409 } })
    .route({
      method: 'POST',
      path: '/changes',
      summary: "Changes of a kiosk's own cases and news for it, after a cursor",
    })
    .input(
      z
        .strictObject({ kioskId: number, after: changeCursor })
        .meta({ examples: [{ kioskId: caseExample.kioskId, after: '' }] }),
    )
    .output(changePage),
  daySummaries: dayRead
    .route({
      method: 'POST',
      path: '/day-summaries',
      summary: 'Counts and hashes of what a kiosk handed over on a day',
    })
    .input(comparedDay)
    .output(daySummaries),
  dayRecords: dayRead
    .route({ method: 'POST', path: '/day-records', summary: 'The records of one kind behind such a hash' })
    .input(comparedList)
    .output(dayRecords),
  leaseQueueNumbers: ownWrite(['content-differs', 'wrong-day'])
    .route({
      method: 'POST',
      path: '/queue-leases',
      summary: 'Have numbers of a queue to give out',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: keyHeader, body: queueLeaseRequest }))
    .output(queueLease),
  submitQueueTicket: ownWrite(['content-differs', 'number-not-leased', 'number-taken'])
    .route({
      method: 'POST',
      path: '/queue-tickets',
      summary: 'Hand in a queue ticket that was given',
      inputStructure: 'detailed',
    })
    .input(z.object({ headers: keyHeader, body: queueTicketSubmission }))
    .output(receipt),
  progress: oc
    .errors({ UNKNOWN_NUMBER: { status: 404 } })
    .route({
      method: 'POST',
      path: '/progress',
      summary: 'Where a case stands; POST, since numbers do not belong in addresses',
    })
    /** Provisional or official number, number of a part, or receipt code. */
    .input(z.strictObject({ number }).meta({ examples: [{ number: caseExample.provisionalNumber }] }))
    .output(caseProgress),
  ...caseCalls,
  ...enquiryCalls,
  ...guideRatingCalls,
  ...identityCalls,
  ...certificateCalls,
  ...appointmentCalls,
  ...queueCalls,
  ...resultCalls,
  ...creditCalls,
  ...networkCheckCalls,
};
