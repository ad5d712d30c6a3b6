import { oc } from '@orpc/contract';
import { z } from 'zod';
import { officeHeaders } from './office/office-call.ts';

/**
 * Who the person at the kiosk is: a token of `exchangeIdentity`. In a header, so that a repetition with a newer token is
 * still the same request, and never in an address or a body that is kept.
 */
export const IDENTITY_HEADER = 'identity-token';
const identity = { [IDENTITY_HEADER]: z.string().min(1).max(2_000).optional() };

/** Headers of what is only asked, and of what changes something once for its key. */
export const citizenHeaders = z.object(identity);
export const citizenWriteHeaders = officeHeaders.extend(identity);

/** Of calls for somebody's own things. */
const identityRefusal = z.enum([
  /** No token, or one that is over, was changed or is another kiosk's. */
  'no-token',
  /** The way the person said who they are is not sure enough for this. */
  'assurance-too-low',
]);
const identityNeeded = { status: 403, data: z.strictObject({ reason: identityRefusal }) };

/** Of a kiosk, about nobody in particular. 403: the certificate is another kiosk's. */
export const kioskRead = oc.errors({ OTHER_DEVICE: { status: 403 } });

/** Of a kiosk, with 400 `REFUSED` and one of the call's own reasons. */
export function kioskAsk<const Reasons extends readonly [string, ...string[]]>(reasons: Reasons) {
  return kioskRead.errors({ REFUSED: { status: 400, data: z.strictObject({ reason: z.enum(reasons) }) } });
}

/** Somebody's own things, asked for by a kiosk at which they said who they are. */
export const citizenRead = kioskRead.errors({ IDENTITY_NEEDED: identityNeeded });

/** The same for what is refused for a reason. */
export function citizenAsk<const Reasons extends readonly [string, ...string[]]>(reasons: Reasons) {
  return kioskAsk(reasons).errors({ IDENTITY_NEEDED: identityNeeded });
}

/** The same for what changes something, once for its key: 409 while the same key is being worked on, 422 for a key that was used for something else. */
export function citizenWrite<const Reasons extends readonly [string, ...string[]]>(reasons: Reasons) {
  return oc.errors({
    OTHER_DEVICE: { status: 403 },
    IDENTITY_NEEDED: identityNeeded,
    IN_PROGRESS: { status: 409 },
    KEY_REUSED: { status: 422 },
    REFUSED: { status: 400, data: z.strictObject({ reason: z.enum(reasons), detail: z.string().optional() }) },
  });
}
