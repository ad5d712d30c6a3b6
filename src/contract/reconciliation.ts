import { z } from 'zod';
import { sha256 } from './word.ts';

/** Kinds of records that kiosk and platform compare once a day. */
export const comparedKind = z.enum(['case', 'rating', 'queue-ticket']);
export type ComparedKind = z.infer<typeof comparedKind>;

const kioskId = z.string().trim().min(1).max(64);

const dayExample = { kioskId: 'KSK1', day: '2026-11-21' };

/** A day in China (UTC+8) by the platform's clock: that of the times in its receipts. */
export const comparedDay = z.strictObject({ kioskId, day: z.iso.date() }).meta({ examples: [dayExample] });
export const comparedList = z
  .strictObject({ kioskId, day: z.iso.date(), kind: comparedKind })
  .meta({ examples: [{ ...dayExample, kind: 'case' }] });

/**
 * What the platform received from the kiosk on that day. `hash`: SHA-256 in hex over one line `ID DIGEST` with line feed for
 * each record, in their order as texts. `digest`: SHA-256 in hex of the record's content as canonical JSON (RFC 8785), without
 * its `clockSuspect`.
 */
export const daySummaries = z.object({
  summaries: z.array(z.object({ kind: z.string(), count: z.int().nonnegative(), hash: sha256 })),
});
export const dayRecords = z.object({ records: z.array(z.object({ id: z.uuid(), digest: sha256 })) });
