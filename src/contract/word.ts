import { z } from 'zod';

/** A code or number that somebody may type: without control characters, which nobody can type and not every database keeps; written so that readers of the OpenAPI file without Unicode classes take it. */
export const word = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[ -~\u00a0-\uffff]+$/);

/** A line of text for people. */
export const line = z.string().trim().min(1).max(200);

/** ISO 8601 with offset. */
export const instant = z.iso.datetime({ offset: true });

/** A hall, by the code of its region and what follows that. */
export const hallCode = z.string().regex(/^\d{6,12}$/);

/** A SHA-256 in hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
