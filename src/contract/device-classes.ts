import { z } from 'zod';

export const deviceClass = z.enum([
  'id-reader',
  'ticket-printer',
  'rating-pad',
  'document-scanner',
  'code-reader',
  'cue-lamps',
]);
export type DeviceClass = z.infer<typeof deviceClass>;

/** Life of one configured device, as its supervisor sees it. */
export const deviceState = z.enum(['absent', 'opening', 'probing', 'ready', 'busy', 'faulty']);
export type DeviceState = z.infer<typeof deviceState>;

export const deviceView = z.strictObject({
  id: z.string(),
  class: deviceClass,
  driver: z.string(),
  state: deviceState,
  /** Named reason for `absent` and `faulty`: `port-missing`, `port-busy`, `no-answer`, `wrong-device`, `paper-out`, `cover-open` ... */
  reason: z.string().optional(),
});
export type DeviceView = z.infer<typeof deviceView>;
