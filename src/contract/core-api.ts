import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { fieldRule } from '../domain/form-rules.ts';
import { scanSource } from '../domain/document-scan.ts';
import { locales } from '../domain/messages.ts';
import { crossRegionChoice } from '../domain/item-details.ts';
import { priorityGroup } from '../domain/queue/priority-groups.ts';
import { ratingChannel, ratingLevel } from '../domain/rating.ts';
import {
  applicationView,
  certificateCheck,
  crossRegionView,
  fieldView,
  foundItem,
  itemSummary,
  itemView,
  preReviewView,
  reviewView,
} from './application-view.ts';
import { appointmentApi } from './appointment-api.ts';
import { coreErrors, STORE_FAILED, visit } from './core-call.ts';
import { enquiryApi } from './enquiry-api.ts';
import { printFailure } from './device-failures.ts';
import { askReview } from './own-case-api.ts';
import { noNumber, notAdmitted, queueView, takenTicketView } from './queue-view.ts';
import { documentNumber, documentVerdict, publicResultPage } from './result-calls.ts';
import { kioskTestEvent, selfTestReport } from './self-test.ts';
import { scanEvent, scannerView } from './scan-view.ts';
import { staffApi } from './staff-api.ts';
import { supplementApi } from './supplement-api.ts';
import { cardEvent, handedIn, leftCard, presenceEvent, progressView, shownCode, statusView } from './visit-view.ts';

/** An e-certificate stands for the material, so that its paper is not wanted. */
const NOT_ASKED_FOR = {};
/** Every number that this kiosk can give to a case today is given; tomorrow there are new ones. */
const NUMBERS_USED_UP = {};
/** Of what is asked of the platform live. */
const platformAsked = { PLATFORM_UNREACHABLE: {}, NOT_IN_SERVICE: coreErrors.NOT_IN_SERVICE };
const selfTestRun = oc
  .errors({
    NOT_IN_SERVICE: coreErrors.NOT_IN_SERVICE,
    /** A visit is open, or a self-test is on its way. */
    BUSY: {},
  })
  .output(eventIterator(kioskTestEvent));

/**
 * What the page may ask of core. One entry per call: the typed client, the validating server, the bridge and the fuzz
 * test are all derived from this object.
 */
export const coreApi = {
  system: {
    /** Whether the kiosk serves people now, and which services work. */
    status: oc.output(statusView),
    /** The same, at once and at every change. */
    watchStatus: oc.output(eventIterator(statusView)),
    /** When somebody comes or goes, as the presence sensor sees it; it sees nothing while nobody watches. */
    watchPresence: oc.output(eventIterator(presenceEvent)),
    /** A fault seen by the page: a fixed code, never free text, so that no personal data can travel in it. */
    reportFault: oc
      .input(z.strictObject({ code: z.enum(['render-failed', 'call-failed', 'stream-ended', 'camera-failed']) }))
      .output(z.void()),
  },
  session: {
    /** Opens a visit; an earlier one that is still open is wiped first. */
    start: oc
      .errors({
        NOT_IN_SERVICE: coreErrors.NOT_IN_SERVICE,
        /** A member of staff is at the kiosk. */
        STAFF_PRESENT: {},
      })
      .input(z.strictObject({ locale: z.enum(locales) }))
      .output(z.void()),
    setLocale: visit.input(z.strictObject({ locale: z.enum(locales) })).output(z.void()),
    /** The person read the notice and agrees; no device opens before this. */
    consent: visit.output(z.void()),
    /** Waits for a card and reads it. Ends after `identified` or `failed`; leaving the stream stops the reader. */
    watchCard: visit.output(eventIterator(cardEvent)),
    /** Ends the visit and wipes everything that is not yet committed for sending. Safe to repeat. */
    end: oc.input(z.strictObject({ cause: z.enum(['finished', 'left', 'idle', 'fault']) })).output(z.void()),
    /** After a visit: whether its card still lies on the reader. Ends when it is gone, and without a word where nobody can tell. */
    watchLeftCard: oc.output(eventIterator(leftCard)),
  },
  catalogue: {
    list: oc.errors({ NOT_IN_SERVICE: coreErrors.NOT_IN_SERVICE }).output(z.array(itemSummary)),
    item: oc
      .errors({ UNKNOWN_ITEM: {}, NOT_IN_SERVICE: coreErrors.NOT_IN_SERVICE })
      .input(z.strictObject({ code: z.string().max(40) }))
      .output(itemView),
    /** Items by name, pinyin, initials or everyday words, the best first. What is typed is kept nowhere. */
    search: oc
      .errors({ NOT_IN_SERVICE: coreErrors.NOT_IN_SERVICE })
      .input(z.strictObject({ query: z.string().max(60) }))
      .output(z.array(foundItem)),
  },
  application: {
    begin: visit
      .errors({
        UNKNOWN_ITEM: {},
        /** Too much waits here to be sent: nothing more is taken in until it is. */
        BACKLOG_FULL: {},
        NUMBERS_USED_UP,
      })
      .input(z.strictObject({ code: z.string().max(40) }))
      .output(applicationView),
    view: visit.output(applicationView),
    /** Answers one 情形 question; later questions, materials and fields follow from it. */
    answerSituation: visit
      .errors({ UNKNOWN_ANSWER: {} })
      .input(z.strictObject({ question: z.string().max(60), option: z.string().max(60) }))
      .output(applicationView),
    /**
     * Looks for e-certificates of the person in place of materials that would be scanned. Without the platform nothing
     * changes, and the paper is scanned: `PLATFORM_UNREACHABLE`; `CERTIFICATES_REFUSED` when it does not give any out.
     */
    takeCertificates: visit.errors({ PLATFORM_UNREACHABLE: {}, CERTIFICATES_REFUSED: {} }).output(applicationView),
    /**
     * Has materials that would be scanned checked over the network (网络核验) instead, where the item says so. A department that
     * has to look answers later: the person goes on and hears by the progress of the case. What got no answer is asked for as
     * before, and may be asked about again. Errors as for `takeCertificates`.
     */
    checkMaterials: visit.errors({ PLATFORM_UNREACHABLE: {}, CERTIFICATES_REFUSED: {} }).output(applicationView),
    /** How it can be done here by somebody of another home region (six digits); no ways where it has to be done there. */
    crossRegion: visit.input(crossRegionChoice.pick({ homeRegion: true })).output(crossRegionView),
    /** Takes one of these ways; null: it is an application of this place again. */
    chooseCrossRegion: visit.errors({ NOT_OFFERED: {} }).input(crossRegionChoice.nullable()).output(z.void()),
    /**
     * Asks once more, before handing in, whether the certificates that were taken still count, and compares what they say with
     * the form. One that does not count is taken back, and the paper is asked for.
     */
    checkCertificates: visit.errors({ PLATFORM_UNREACHABLE: {}, CERTIFICATES_REFUSED: {} }).output(certificateCheck),
    /**
     * Asks what the credit service says of the applicant, so that written commitments (告知承诺) are offered in place of the
     * proofs for which the rules allow it. Without an answer none is offered, and the papers are asked for as before.
     */
    askCommitments: visit.errors({ PLATFORM_UNREACHABLE: {}, CREDIT_REFUSED: {} }).output(applicationView),
    /** Chooses one that is offered, or the paper. What was signed has to be signed anew. */
    chooseCommitment: visit
      .errors({ UNKNOWN_MATERIAL: {}, NOT_OFFERED: {} })
      .input(z.strictObject({ material: z.string().max(60), choice: z.enum(['accepted', 'declined']) }))
      .output(applicationView),
    /** Sets one field. A value that breaks a rule is not kept: `INVALID` names the rule. */
    setField: visit
      .errors({
        UNKNOWN_FIELD: {},
        INVALID: {
          data: z.strictObject({ rule: fieldRule }),
        },
      })
      .input(z.strictObject({ name: z.string().max(60), value: z.string().max(2_000) }))
      .output(fieldView),
    /** Adds one scanned page. `image` is base64 of a JPEG, at most 6 MB decoded. */
    addPage: visit
      .errors({ UNKNOWN_MATERIAL: {}, NOT_ASKED_FOR, NOT_A_JPEG: {}, TOO_MANY_PAGES: {}, STORE_FAILED })
      .input(z.strictObject({ material: z.string().max(60), image: z.base64().max(8_000_000) }))
      .output(applicationView),
    /** Whether the document scanner can be used, at once and at each change; its lamp shows the way to it meanwhile. */
    watchScanner: visit.output(eventIterator(scannerView)),
    /** Scans pages of one material; each is kept as it comes. Ends after `finished` or `failed`; leaving the stream cancels the job. */
    scan: visit
      .errors({ UNKNOWN_MATERIAL: {}, NOT_ASKED_FOR })
      .input(z.strictObject({ material: z.string().max(60), source: scanSource }))
      .output(eventIterator(scanEvent)),
    removePages: visit
      .errors({ UNKNOWN_MATERIAL: {} })
      .input(z.strictObject({ material: z.string().max(60) }))
      .output(applicationView),
    review: visit.output(reviewView),
    /**
     * Pre-review (预审) by the published rules of the item that the person sees, without the platform: all defects at once, as its
     * notice after the hand-in would name them.
     */
    preReview: visit.output(preReviewView),
    /** The signature as base64 of a PNG; `EMPTY_SIGNATURE` also when it is none. */
    sign: visit
      .errors({ EMPTY_SIGNATURE: {} })
      .input(z.strictObject({ image: z.base64().max(2_000_000) }))
      .output(z.void()),
    /** Commits the case to disk, then answers. Answers the same again when repeated. `missing` may name `signature` too. */
    submit: visit
      .errors({
        INCOMPLETE: { data: z.strictObject({ missing: z.array(z.string()) }) },
        NUMBERS_USED_UP,
        STORE_FAILED,
      })
      .output(handedIn),
  },
  receipt: {
    /** A finger lies on the button that prints: the printer is asked and readied, and no paper moves. Forgotten in moments unless `print` follows. */
    ready: visit,
    /** Prints the receipt of the case just handed in. `printed` only on the printer's own word. */
    print: visit
      .errors({
        PRINT_FAILED: {
          data: z.strictObject({
            reason: printFailure,
          }),
        },
      })
      .output(z.strictObject({ outcome: z.enum(['printed', 'unconfirmed']) })),
  },
  rating: {
    /** Lights the pad and yields the level pressed on it, if there is one. Leaving the stream stops the pad. */
    watchPad: visit.output(eventIterator(z.strictObject({ level: ratingLevel }))),
    /**
     * Holds a bad level while the person is asked for reasons, and answers those to choose from (二级指标). However the visit
     * ends, the level is kept; without reasons then.
     */
    askWhy: visit
      .errors({ ALREADY_RATED: {} })
      .input(z.strictObject({ level: ratingLevel, channel: ratingChannel }))
      .output(z.array(z.strictObject({ code: z.string(), label: z.string() }))),
    /** Commits the rating of the case just handed in. One record per case: a second one answers `ALREADY_RATED`. */
    submit: visit
      .errors({ ALREADY_RATED: {}, STORE_FAILED, UNKNOWN_TAG: {} })
      .input(
        z.strictObject({
          level: ratingLevel,
          channel: ratingChannel,
          /** Codes of the reasons that were chosen. */
          tags: z.array(z.string().max(3)).max(30).optional(),
        }),
      )
      .output(z.void()),
    /**
     * Commits what the person thinks of the guide that they read. Nobody is asked who they are, and nothing that is kept says
     * it. One for each guide and visit: a second one answers `ALREADY_RATED`.
     */
    submitGuide: visit
      .errors({ UNKNOWN_ITEM: {}, ALREADY_RATED: {}, STORE_FAILED })
      .input(z.strictObject({ itemCode: z.string().max(40), level: ratingLevel }))
      .output(z.void()),
  },
  queue: {
    /** The queues of the hall, whether there are numbers to give, and how many wait where the platform says so. */
    state: oc.errors({ NOT_IN_SERVICE: coreErrors.NOT_IN_SERVICE }).output(z.array(queueView)),
    /**
     * Takes a number for an item and prints it. It is on the disk before paper moves, and this person's also when no paper
     * comes. Repeated in a visit for the same queue it is the same number on a further paper.
     */
    take: visit
      .errors({
        UNKNOWN_ITEM: {},
        /** No counter of this hall's queues serves the item. */
        NO_QUEUE: {},
        NO_NUMBERS: { data: z.strictObject({ reason: noNumber }) },
        NOT_ADMITTED: { data: z.strictObject({ reason: notAdmitted }) },
        STORE_FAILED,
      })
      /** `phone`: for queues that limit numbers by it, or want one. It is compared with others of the day and kept nowhere. */
      .input(
        z.strictObject({
          item: z.string().max(40),
          /** The person says that they are of it, and is called before others where the hall's rules say so. */
          group: priorityGroup.optional(),
          phone: z
            .string()
            .regex(/^\d{7,20}$/)
            .optional(),
        }),
      )
      .output(takenTicketView),
  },
  results: {
    /** What this hall granted, the newest first and a page at a time; `before` is `next` of the page before. Needs no sign-in. */
    list: oc
      .errors(platformAsked)
      .input(z.strictObject({ before: z.int().positive().optional() }))
      .output(publicResultPage),
    /** Whether a document, as it is at hand (base64), is as an office sealed it. It does not leave the kiosk, only its hash. */
    check: oc
      .errors(platformAsked)
      .input(z.strictObject({ document: documentNumber, file: z.base64().min(1).max(8_000_000) }))
      .output(documentVerdict),
  },
  appointment: appointmentApi,
  enquiry: enquiryApi,
  supplement: supplementApi,
  progress: {
    /** By provisional or official number, or the receipt code. Needs no sign-in, so it shows no personal data. */
    lookup: oc
      .errors({ UNKNOWN_NUMBER: {}, PLATFORM_UNREACHABLE: {}, NOT_IN_SERVICE: coreErrors.NOT_IN_SERVICE })
      .input(z.strictObject({ number: z.string().trim().min(4).max(64) }))
      .output(progressView),
    askReview,
    /** Codes that are shown to the code reader while somebody watches, and what is wrong with those that are no case's. */
    watchCode: oc.errors({ NOT_IN_SERVICE: coreErrors.NOT_IN_SERVICE }).output(eventIterator(shownCode)),
  },
  /** For staff: the daily self-test of all devices, and one at any time. */
  selfTest: {
    /** The last one that came to its end; null before the first. */
    latest: oc.errors({ NOT_IN_SERVICE: coreErrors.NOT_IN_SERVICE }).output(selfTestReport.nullable()),
    /** Tries everything that needs nobody. Leaving the stream ends the test without a report. */
    run: selfTestRun,
    /** Tries everything, one after the other, with somebody who does what each step asks for and {@link heard}s the sound. */
    guide: selfTestRun,
    /** The page played the sound of step `sound`: whether somebody heard it. Does nothing at other times. */
    heard: oc.input(z.strictObject({ heard: z.boolean() })).output(z.void()),
  },
  staff: staffApi,
};
export type CoreApi = typeof coreApi;
