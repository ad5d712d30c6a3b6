import { z } from 'zod';
import { scanSource } from '../domain/document-scan.ts';
import { applicationView } from './application-view.ts';
import { scanFailure } from './device-failures.ts';

/** Whether the document scanner can be used now, and where it takes paper from. */
export const scannerView = z.discriminatedUnion('usable', [
  z.strictObject({ usable: z.literal(true), sources: z.array(scanSource).min(1) }),
  z.strictObject({ usable: z.literal(false), reason: scanFailure }),
]);
export type ScannerView = z.infer<typeof scannerView>;

/** One scan: pages as they are kept, then `finished` or `failed`. Pages that came before a failure stay. */
export const scanEvent = z.discriminatedUnion('kind', [
  /** `preview`: base64 of the JPEG as it was kept, judged by core and decoded by nobody yet. */
  z.strictObject({ kind: z.literal('page'), application: applicationView, preview: z.base64() }),
  z.strictObject({ kind: z.literal('finished') }),
  z.strictObject({
    kind: z.literal('failed'),
    reason: z.enum([...scanFailure.options, 'too-many-pages', 'not-stored']),
  }),
]);
export type ScanEvent = z.infer<typeof scanEvent>;
