import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { scanRequest, scannerCapabilities } from '../domain/document-scan.ts';
import { cardPerson } from '../domain/identity.ts';
import { printDocument } from '../domain/print-document.ts';
import { ratingLevel } from '../domain/rating.ts';
import { deviceReason, deviceView } from './device-classes.ts';
import { diagnosisEvent, portView } from './diagnosis.ts';
import { printFailure, readFailure, scanFailure } from './device-failures.ts';
import { selfTestEvent, selfTestOptions } from './self-test.ts';

/** Ends with `failed`, or after `read` with what else the card has. */
export const readEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('reading') }),
  z.strictObject({ kind: z.literal('read'), person: cardPerson }),
  /** Written to the card after it was made: holds in place of the printed one. Comes after `read`, since it takes a question more. */
  z.strictObject({ kind: z.literal('address'), address: z.string().min(1) }),
  /** Only where a decoder is plugged in. `image` is base64 of what `type` says. */
  z.strictObject({ kind: z.literal('photo'), type: z.string().max(60), image: z.base64() }),
  z.strictObject({ kind: z.literal('failed'), reason: readFailure }),
]);
export type ReadEvent = z.infer<typeof readEvent>;

/** `unknown`: this reader cannot tell a card that it has read from none. */
export const cardPresence = z.enum(['present', 'gone', 'unknown']);
export type CardPresence = z.infer<typeof cardPresence>;

/** `printed` only when the printer said that all before was printed; `unconfirmed` when its profile has no way to say so. */
export const printOutcome = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    value: z.enum(['printed', 'unconfirmed']),
    /** `missing-glyphs`: at least one character came out as 〓, since the printer has no picture of it. */
    warning: z.enum(['missing-glyphs']).optional(),
  }),
  z.strictObject({ ok: z.literal(false), reason: printFailure, detail: z.string().optional() }),
]);
export type PrintOutcome = z.infer<typeof printOutcome>;

const capabilitiesAnswer = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: scannerCapabilities }),
  z.strictObject({ ok: z.literal(false), reason: scanFailure }),
]);
export type CapabilitiesAnswer = z.infer<typeof capabilitiesAnswer>;

/** Pages as they come; ends with `finished` or `failed`. `image` is base64 of what `type` says. */
export const scanPageEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('page'), type: z.string().max(60), image: z.base64() }),
  z.strictObject({ kind: z.literal('finished'), pages: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('failed'), reason: scanFailure }),
]);
export type ScanPageEvent = z.infer<typeof scanPageEvent>;

/** A code as it was read: `bytes` in base64, of unknown meaning; `symbology` as AIM calls it, such as `Q1` for QR. */
export const codeEvent = z.strictObject({
  bytes: z.base64(),
  symbology: z
    .string()
    .regex(/^[A-Za-z][0-9A-Za-z]$/)
    .optional(),
});
export type CodeEvent = z.infer<typeof codeEvent>;

const lampAnswer = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true) }),
  z.strictObject({ ok: z.literal(false), reason: z.enum(['unknown-slot', 'no-answer', 'absent']) }),
]);
export type LampAnswer = z.infer<typeof lampAnswer>;

const deviceId = z.string().max(80);
const known = oc.errors({ UNKNOWN_DEVICE: {} });

/** What core may ask of the device process. */
export const deviceApi = {
  devices: {
    list: oc.output(z.array(deviceView)),
    /** The whole list, at once and at every change. */
    watch: oc.output(eventIterator(z.array(deviceView))),
    /** Closes a device: it is neither probed nor lent until enabled, also after a restart. Whoever uses it loses it. */
    disable: known.input(z.strictObject({ id: deviceId, reason: deviceReason })).output(z.void()),
    /** Opens it again. Does nothing to a device that is not closed. */
    enable: known.input(z.strictObject({ id: deviceId })).output(z.void()),
    /**
     * Tries one device step by step and ends with its result. A device that failed is closed with the reason; one that a
     * self-test had closed is opened again when it passed. Leaving the stream ends the test without a result.
     */
    selfTest: known.input(selfTestOptions.extend({ id: deviceId })).output(eventIterator(selfTestEvent)),
    /** The same with somebody who attends, and with the bytes of the line. Taken for every other purpose, this is a self-test. */
    diagnose: known
      .input(z.strictObject({ id: deviceId, testPage: printDocument }))
      .output(eventIterator(diagnosisEvent)),
    /** The ports of this computer that have a USB device behind them. */
    ports: oc.output(z.array(portView)),
    /** Every device: at the same time when nobody attends, else one after the other. */
    selfTestAll: oc.input(selfTestOptions).output(eventIterator(selfTestEvent)),
  },
  idReader: {
    /** Waits for a card and reads it once. Leaving the stream stops the reader and clears its buffers. */
    read: oc.output(eventIterator(readEvent)),
    /**
     * Whether a card lies on the reader, at once and at each change, until it is `gone`: to remind somebody to take it. Takes the
     * reader over from a reading, as a reading does from this. Ends without a word when the reader goes, or there is none.
     */
    watchCard: oc.output(eventIterator(z.strictObject({ card: cardPresence }))),
  },
  ticketPrinter: {
    /**
     * Readies the printer for a job and prints it once {@link start} is called; no paper moves before. A job that is not started
     * within moments, or that another one comes after, ends as `busy`. Prints once and never repeats a document by itself: whether
     * to print again is a person's decision.
     */
    print: oc.input(z.strictObject({ jobId: z.string(), document: printDocument })).output(printOutcome),
    /** The job that was handed over before may move paper. Does nothing to one that has ended. */
    start: oc.input(z.strictObject({ jobId: z.string() })),
  },
  ratingPad: {
    /** Lights the pad and yields each press that stands for a level. Leaving the stream stops it. Silent when there is no pad. */
    watch: oc.output(eventIterator(z.strictObject({ level: ratingLevel }))),
  },
  documentScanner: {
    capabilities: oc.output(capabilitiesAnswer),
    /** One job. Leaving the stream cancels it at the device. */
    scan: oc.input(scanRequest).output(eventIterator(scanPageEvent)),
  },
  codeReader: {
    /** Each code that is read. Leaving the stream stops the reader. Silent when there is none. */
    watch: oc.output(eventIterator(codeEvent)),
  },
  cueLamps: {
    /**
     * Lights the lamp of a slot until the stream is left, over unplugging and plugging in again. Tells what came of it each time
     * that it is tried.
     */
    light: oc.input(z.strictObject({ slot: z.string().max(40) })).output(eventIterator(lampAnswer)),
    /** Tells when the sensor sees somebody come or go. Silent when there is none. Lamps may be lit meanwhile. */
    presence: oc.output(eventIterator(z.strictObject({ person: z.enum(['present', 'gone']) }))),
  },
};
export type DeviceApi = typeof deviceApi;
