import { z } from 'zod';
import { maskedPerson } from '../domain/identity.ts';
import { ratingLevel } from '../domain/rating.ts';
import { scannedCodeRefusal } from '../domain/scanned-code.ts';
import { caseFollowUp } from './case-follow-up.ts';
import { caseNews } from './changes.ts';
import { deviceClass } from './device-classes.ts';
import { readFailure } from './device-failures.ts';
import { progressStage } from './progress-stage.ts';

/** What the presence sensor saw; nothing comes where there is none. */
export const presenceEvent = z.discriminatedUnion('person', [
  z.strictObject({ person: z.literal('present') }),
  /** `secondsLeft`: how long they can still say that they are there. */
  z.strictObject({ person: z.literal('gone'), secondsLeft: z.int().positive() }),
]);
export type PresenceEvent = z.infer<typeof presenceEvent>;

/** Why the kiosk cannot serve anyone; `detail` is for the maintainer and has no personal data. */
const outOfService = z.strictObject({
  reason: z.enum([
    'starting',
    'config-unreadable',
    'config-invalid',
    'catalogue-invalid',
    'store-failed',
    'store-newer',
  ]),
  detail: z.string().optional(),
});
export type OutOfService = z.infer<typeof outOfService>;

const serviceName = z.enum(['apply', 'guide', 'progress', 'rating']);
export type ServiceName = z.infer<typeof serviceName>;

/** What the pages say about the hall. */
const hallView = z.strictObject({ name: z.string(), hours: z.string(), phone: z.string() });
export type HallView = z.infer<typeof hallView>;

/** Home page and staff line: what works now. */
export const statusView = z.strictObject({
  hall: hallView.optional(),
  outOfService: outOfService.optional(),
  /**
   * Each service of the home page; `why` names the device or link that is missing, for a plain sentence on the tile, or
   * says that it is only being made ready, that too much waits here to be sent (`backlog`), or that this kiosk has no number for another case today (`numbers`). An available service with a `why` works in part: progress without the platform
   * finds the cases of this kiosk.
   */
  services: z.array(
    z.strictObject({
      service: serviceName,
      available: z.boolean(),
      why: z.enum(['making-ready', 'id-reader', 'platform', 'backlog', 'numbers']).optional(),
    }),
  ),
  devices: z.array(
    z.strictObject({
      id: z.string(),
      class: deviceClass,
      state: z.string(),
      reason: z.string().optional(),
      /** Of a rating pad: what it has keys for. The page offers all of them. */
      levels: z.array(ratingLevel).optional(),
    }),
  ),
  platform: z.enum(['reachable', 'unreachable', 'unknown']),
  /** Records that wait to be sent, of cases and of the kiosk itself, and those that need staff; once for each place where they go. */
  waiting: z.int().nonnegative(),
  needsStaff: z.int().nonnegative(),
  /** Something healed by itself that staff should know: a damaged store was set aside, an item was left out. Or it did not: what failed in the last self-test and is no device. */
  notices: z.array(
    z.strictObject({
      kind: z.enum([
        'store-set-aside',
        'item-left-out',
        'disk-low',
        'disk-failing',
        'clock-set-back',
        'self-test-failed',
        /** The clock is off by more than a receipt may be; `detail` says by how much. */
        'clock-suspect',
        /** What the platform received on a day is not what this kiosk handed over. */
        'records-differ',
        /** Cases without an official number for longer than an outage explains. */
        'cases-unregistered',
        'configuration-rejected',
        /** The kiosk did not start with the newest configuration and went back. */
        'configuration-returned',
        'queue-numbers-out',
        'platform-too-old',
        'kiosk-too-old',
        'backlog-filling',
        'backlog-full',
        'case-numbers-out',
        /** Cases wait for the case library for longer than an outage explains. */
        'case-library-behind',
        /** Records are to go to a case library that the configuration does not name any more. */
        'case-library-missing',
      ]),
      detail: z.string(),
    }),
  ),
  /** What the hall has to tell everybody now, newest first. */
  announcements: z.array(z.strictObject({ title: z.string(), text: z.string() })).optional(),
  /** Which camera the page is to open where there are several. */
  camera: z.strictObject({ usb: z.string().optional(), label: z.string().optional() }).optional(),
  /** Of the visit before, and nobody is served until it is taken. `found`: nobody came back for it in time. */
  leftItem: z.strictObject({ item: z.enum(['card']), found: z.boolean() }).optional(),
});
export type StatusView = z.infer<typeof statusView>;

export const cardEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('reading') }),
  z.strictObject({ kind: z.literal('identified'), person: maskedPerson, expired: z.boolean() }),
  /** `again` tells whether the same reader may be tried at once (`watchCard` anew). */
  z.strictObject({ kind: z.literal('failed'), reason: readFailure, again: z.boolean() }),
]);
export type CardEvent = z.infer<typeof cardEvent>;

/** The card of a visit that is over. */
export const leftCard = z.strictObject({ card: z.enum(['present', 'gone']) });
export type LeftCard = z.infer<typeof leftCard>;

/** The case is on disk. */
export const handedIn = z.strictObject({
  provisionalNumber: z.string(),
  /** ISO 8601 with offset */
  handedInAt: z.string(),
  itemName: z.string(),
  /** Opaque id behind the QR code of the receipt. */
  receiptCode: z.string(),
  promisedDays: z.int(),
  partNames: z.array(z.string()),
  phone: z.string(),
});
export type HandedIn = z.infer<typeof handedIn>;

/** The day a legal time limit ends, and from which of the two times of the case it runs. */
const deadlineView = z.strictObject({ from: z.enum(['handed-in', 'received']), lastDay: z.iso.date() });

export const progressView = z.strictObject({
  provisionalNumber: z.string(),
  officialNumber: z.string().optional(),
  itemName: z.string(),
  /** `unknown`: the platform has a word for it that this version of the kiosk does not know. */
  stage: z.enum([...progressStage.options, 'unknown']),
  handedInAt: z.string(),
  receivedAt: z.string().optional(),
  department: z.string(),
  ...caseNews.shape,
  ...caseFollowUp.shape,
  deadline: deadlineView.optional(),
  /** The platform does not answer: this is what it last said, and when it was last heard. ISO 8601 with offset. */
  asOf: z.string().optional(),
});
export type ProgressView = z.infer<typeof progressView>;

/** A code that somebody showed to the reader on purpose. */
export const shownCode = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('number'), number: z.string() }),
  z.strictObject({ kind: z.literal('refused'), reason: scannedCodeRefusal }),
]);
export type ShownCode = z.infer<typeof shownCode>;
