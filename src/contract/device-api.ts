import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { cardPerson } from '../domain/identity.ts';
import { printDocument } from '../domain/print-document.ts';
import { ratingLevel } from '../domain/rating.ts';
import { deviceView } from './device-classes.ts';

export const readFailure = z.enum([
  /** No reader is configured, its port is missing, or it was unplugged. */
  'reader-absent',
  /** The port is open but nothing sensible answers. */
  'reader-silent',
  /** The card was taken away while it was read. */
  'card-removed',
  /** The reader found a card and could not read it, also on the second try. */
  'card-unreadable',
  /** Not a card this terminal knows. */
  'card-unknown',
  /** Nobody laid a card on the reader in time. */
  'timed-out',
]);
export type ReadFailure = z.infer<typeof readFailure>;

/** Ends with `read` or `failed`. */
export const readEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('reading') }),
  z.strictObject({ kind: z.literal('read'), person: cardPerson }),
  z.strictObject({ kind: z.literal('failed'), reason: readFailure }),
]);
export type ReadEvent = z.infer<typeof readEvent>;

export const printFailure = z.enum(['paper-out', 'cover-open', 'cutter', 'printer-fault', 'offline', 'absent', 'busy']);
export type PrintFailure = z.infer<typeof printFailure>;

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

/** What core may ask of the device process. */
export const deviceApi = {
  devices: {
    list: oc.output(z.array(deviceView)),
    /** The whole list, at once and at every change. */
    watch: oc.output(eventIterator(z.array(deviceView))),
  },
  idReader: {
    /** Waits for a card and reads it once. Leaving the stream stops the reader and clears its buffers. */
    read: oc.output(eventIterator(readEvent)),
  },
  ticketPrinter: {
    /** Prints once. Never repeats a document by itself: whether to print again is a person's decision. */
    print: oc.input(z.strictObject({ jobId: z.string(), document: printDocument })).output(printOutcome),
  },
  ratingPad: {
    /** Lights the pad and yields each press that stands for a level. Leaving the stream stops it. Silent when there is no pad. */
    watch: oc.output(eventIterator(z.strictObject({ level: ratingLevel }))),
  },
};
export type DeviceApi = typeof deviceApi;
