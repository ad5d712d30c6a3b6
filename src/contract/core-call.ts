import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Errors that any call of a visit may answer with; `message` texts are for logs, pages have their own. */
export const coreErrors = {
  /** No visit is open, or it was wiped meanwhile: the page goes home. */
  SESSION_NEEDED: {},
  /** The call does not fit the step the visit is at (consent before card, form before item ...). */
  WRONG_STEP: {},
  /** The kiosk is not in service: `system.status` says why. */
  NOT_IN_SERVICE: {},
};
export const visit = oc.errors(coreErrors);
/** The record could not be committed to disk; nothing was shown as done. */
export const STORE_FAILED = { data: z.strictObject({ cause: z.enum(['disk-full', 'read-only', 'input-output']) }) };
