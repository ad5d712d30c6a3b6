import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { cardPerson } from '../domain/identity.ts';
import { printDocument } from '../domain/print-document.ts';
import { ratingLevel } from '../domain/rating.ts';
import { deviceView } from './device-classes.ts';
import { printFailure, readFailure } from './device-failures.ts';

/** Ends with `read` or `failed`. */
export const readEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('waiting') }),
  z.strictObject({ kind: z.literal('reading') }),
  z.strictObject({ kind: z.literal('read'), person: cardPerson }),
  z.strictObject({ kind: z.literal('failed'), reason: readFailure }),
]);
export type ReadEvent = z.infer<typeof readEvent>;

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
