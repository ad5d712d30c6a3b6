import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { fieldRule } from '../domain/form-rules.ts';
import { scanSource } from '../domain/document-scan.ts';
import { locales } from '../domain/messages.ts';
import { ratingChannel, ratingLevel } from '../domain/rating.ts';
import { applicationView, fieldView, foundItem, itemSummary, itemView, reviewView } from './application-view.ts';
import { printFailure } from './device-failures.ts';
import { kioskTestEvent, selfTestReport } from './self-test.ts';
import { scanEvent, scannerView } from './scan-view.ts';
import { staffApi } from './staff-api.ts';
import { cardEvent, handedIn, leftCard, presenceEvent, progressView, shownCode, statusView } from './visit-view.ts';

/** Errors that any call of a visit may answer with; `message` texts are for logs, pages have their own. */
const errors = {
  /** No visit is open, or it was wiped meanwhile: the page goes home. */
  SESSION_NEEDED: {},
  /** The call does not fit the step the visit is at (consent before card, form before item ...). */
  WRONG_STEP: {},
  /** The kiosk is not in service: `system.status` says why. */
  NOT_IN_SERVICE: {},
};
/** The record could not be committed to disk; nothing was shown as done. */
const STORE_FAILED = { data: z.strictObject({ cause: z.enum(['disk-full', 'read-only', 'input-output']) }) };
const visit = oc.errors(errors);
const selfTestRun = oc
  .errors({
    NOT_IN_SERVICE: errors.NOT_IN_SERVICE,
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
        NOT_IN_SERVICE: errors.NOT_IN_SERVICE,
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
    list: oc.errors({ NOT_IN_SERVICE: errors.NOT_IN_SERVICE }).output(z.array(itemSummary)),
    item: oc
      .errors({ UNKNOWN_ITEM: {}, NOT_IN_SERVICE: errors.NOT_IN_SERVICE })
      .input(z.strictObject({ code: z.string().max(40) }))
      .output(itemView),
    /** Items by name, pinyin, initials or everyday words, the best first. What is typed is kept nowhere. */
    search: oc
      .errors({ NOT_IN_SERVICE: errors.NOT_IN_SERVICE })
      .input(z.strictObject({ query: z.string().max(60) }))
      .output(z.array(foundItem)),
  },
  application: {
    begin: visit
      .errors({
        UNKNOWN_ITEM: {},
        /** Too much waits here to be sent: nothing more is taken in until it is. */
        BACKLOG_FULL: {},
      })
      .input(z.strictObject({ code: z.string().max(40) }))
      .output(applicationView),
    view: visit.output(applicationView),
    /** Answers one 情形 question; later questions, materials and fields follow from it. */
    answerSituation: visit
      .errors({ UNKNOWN_ANSWER: {} })
      .input(z.strictObject({ question: z.string().max(60), option: z.string().max(60) }))
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
      .errors({ UNKNOWN_MATERIAL: {}, NOT_A_JPEG: {}, TOO_MANY_PAGES: {}, STORE_FAILED })
      .input(z.strictObject({ material: z.string().max(60), image: z.base64().max(8_000_000) }))
      .output(applicationView),
    /** Whether the document scanner can be used, at once and at each change; its lamp shows the way to it meanwhile. */
    watchScanner: visit.output(eventIterator(scannerView)),
    /** Scans pages of one material; each is kept as it comes. Ends after `finished` or `failed`; leaving the stream cancels the job. */
    scan: visit
      .errors({ UNKNOWN_MATERIAL: {} })
      .input(z.strictObject({ material: z.string().max(60), source: scanSource }))
      .output(eventIterator(scanEvent)),
    removePages: visit
      .errors({ UNKNOWN_MATERIAL: {} })
      .input(z.strictObject({ material: z.string().max(60) }))
      .output(applicationView),
    review: visit.output(reviewView),
    /** The signature as base64 of a PNG; `EMPTY_SIGNATURE` also when it is none. */
    sign: visit
      .errors({ EMPTY_SIGNATURE: {} })
      .input(z.strictObject({ image: z.base64().max(2_000_000) }))
      .output(z.void()),
    /** Commits the case to disk, then answers. Answers the same again when repeated. `missing` may name `signature` too. */
    submit: visit
      .errors({ INCOMPLETE: { data: z.strictObject({ missing: z.array(z.string()) }) }, STORE_FAILED })
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
    /** Commits the rating of the case just handed in. One record per case: a second one answers `ALREADY_RATED`. */
    submit: visit
      .errors({ ALREADY_RATED: {}, STORE_FAILED })
      .input(z.strictObject({ level: ratingLevel, channel: ratingChannel }))
      .output(z.void()),
  },
  progress: {
    /** By provisional or official number, or the receipt code. Needs no sign-in, so it shows no personal data. */
    lookup: oc
      .errors({ UNKNOWN_NUMBER: {}, PLATFORM_UNREACHABLE: {}, NOT_IN_SERVICE: errors.NOT_IN_SERVICE })
      .input(z.strictObject({ number: z.string().trim().min(4).max(64) }))
      .output(progressView),
    /** Codes that are shown to the code reader while somebody watches, and what is wrong with those that are no case's. */
    watchCode: oc.errors({ NOT_IN_SERVICE: errors.NOT_IN_SERVICE }).output(eventIterator(shownCode)),
  },
  /** For staff: the daily self-test of all devices, and one at any time. */
  selfTest: {
    /** The last one that came to its end; null before the first. */
    latest: oc.errors({ NOT_IN_SERVICE: errors.NOT_IN_SERVICE }).output(selfTestReport.nullable()),
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
