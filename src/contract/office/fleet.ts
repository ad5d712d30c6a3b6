import { z } from 'zod';
import { officeRead } from './office-call.ts';
import { instant } from '../word.ts';

/** One kiosk as the platform knows it: what was last heard of it, and the devices of it that are not well. */
const kioskRecord = z.object({
  kioskId: z.string(),
  /** When anything of it arrived last. */
  heardAt: instant,
  /** Its last self-test. */
  selfTest: z.object({ endedAt: instant, verdict: z.string() }).optional(),
  /** Devices whose last event is a fault or that were closed. */
  troubles: z.array(
    z.object({ device: z.string(), kind: z.enum(['fault', 'closed']), reason: z.string().optional(), at: instant }),
  ),
  cases: z.int().nonnegative(),
});
export type KioskRecord = z.infer<typeof kioskRecord>;

export const fleetCalls = {
  kiosks: officeRead
    .route({ method: 'GET', path: '/fleet', summary: 'The kiosks, what was last heard of each, and what is not well' })
    .output(z.object({ kiosks: z.array(kioskRecord) })),
};
