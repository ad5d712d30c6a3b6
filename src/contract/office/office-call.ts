import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Who did something at an office: the office's code, and its own word for the person, such as a staff number. Never a name. */
export const officer = z.strictObject({
  office: z.string().trim().min(1).max(64),
  id: z.string().trim().min(1).max(64),
});
export type Officer = z.infer<typeof officer>;

/** A UUID as a structured-field string, as the kiosks' calls have it. */
export const officeHeaders = z.object({
  'idempotency-key': z.string().regex(/^"?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"?$/),
});

/** What only asks. */
export const officeRead = oc;

/**
 * What changes something, once for its key: 403 for an officer of another office than the certificate's, 409 while the same key is being worked on, 422 for a key that was used for
 * something else, 400 `REFUSED` with one of the subject's own reasons.
 */
export function officeWrite<const Reasons extends readonly [string, ...string[]]>(reasons: Reasons) {
  return oc.errors({
    OTHER_DEVICE: { status: 403 },
    IN_PROGRESS: { status: 409 },
    KEY_REUSED: { status: 422 },
    REFUSED: { status: 400, data: z.strictObject({ reason: z.enum(reasons), detail: z.string().optional() }) },
  });
}
