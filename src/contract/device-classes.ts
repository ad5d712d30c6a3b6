import { z } from 'zod';
import { ratingLevel } from '../domain/rating.ts';

export const deviceClass = z.enum([
  'id-reader',
  'ticket-printer',
  'rating-pad',
  'document-scanner',
  'code-reader',
  'cue-lamps',
]);
export type DeviceClass = z.infer<typeof deviceClass>;

/** Life of one configured device, as its supervisor sees it. `disabled`: staff or a failed self-test closed it. */
export const deviceState = z.enum(['absent', 'opening', 'probing', 'ready', 'busy', 'faulty', 'disabled']);
export type DeviceState = z.infer<typeof deviceState>;

const count = z.int().nonnegative();
/**
 * Over the life of the device, restarts included. `total` counts each time it was lent; `ok` and `failed` what came of
 * it. The rest was left before it came to anything, such as a page closed before a card was laid.
 */
export const deviceUses = z.strictObject({ total: count, ok: count, failed: count });

/** What runs out, as far as the device tells. */
export const deviceSupplies = z.strictObject({ paper: z.enum(['ok', 'low', 'out']).optional() });
export type DeviceSupplies = z.infer<typeof deviceSupplies>;

/** A named reason: fixed words, never free text. */
export const deviceReason = z.string().regex(/^[a-z][a-z0-9-]{0,59}$/);

/** `incomplete`: nothing failed, and a step that counts was skipped, or the device was in use. */
export const selfTestVerdict = z.enum(['passed', 'failed', 'incomplete']);

/** The last self-test of a device. */
export const deviceTest = z.strictObject({
  /** ISO 8601, UTC, by this kiosk's clock. */
  endedAt: z.iso.datetime(),
  attended: z.boolean(),
  verdict: selfTestVerdict,
  reason: deviceReason.optional(),
});
export type DeviceTest = z.infer<typeof deviceTest>;

export const deviceView = z.strictObject({
  id: z.string(),
  class: deviceClass,
  driver: z.string(),
  state: deviceState,
  /**
   * Named reason for `absent`, `faulty` and `disabled`: `port-missing`, `port-busy`, `no-answer`, `wrong-device`, `paper-out`,
   * `cover-open`, `driver-crashed`, `driver-stuck` ...
   */
  reason: z.string().optional(),
  uses: deviceUses,
  /** ISO 8601, UTC, by this kiosk's clock: when the last use ended. */
  lastUsedAt: z.iso.datetime().optional(),
  supplies: deviceSupplies.optional(),
  /** Of a rating pad: the levels that have a key, once its line was open. */
  levels: z.array(ratingLevel).optional(),
  lastTest: deviceTest.optional(),
});
export type DeviceView = z.infer<typeof deviceView>;
