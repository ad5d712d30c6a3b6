import { z } from 'zod';
import { certificatePurpose } from './certificate-record.ts';
import { citizenHeaders } from './citizen-call.ts';
import { purposeExample } from './hall-examples.ts';

/** What a kiosk says when it asks for something of the person at it: for which purpose. */
export const purposeBound = z.object({
  headers: citizenHeaders,
  body: z
    .strictObject({ kioskId: z.string().trim().min(1).max(64), purpose: certificatePurpose })
    .meta({ examples: [purposeExample] }),
});
