import { z } from 'zod';
import { deviceClass } from './device-classes.ts';
import { selfTestEvent } from './self-test.ts';

/** So many bytes of a longer frame are shown. */
export const FRAME_SHOWN_BYTES = 48;

/** Bytes that passed together, with personal data replaced or zeroed; `hex` is their beginning. */
const frame = z.strictObject({
  /** Since the test had the device to itself. */
  ms: z.int().nonnegative(),
  to: z.enum(['device', 'host']),
  bytes: z.int().positive(),
  hex: z
    .string()
    .max(2 * FRAME_SHOWN_BYTES)
    .regex(/^(?:[0-9a-f]{2})+$/),
});
export type Frame = z.infer<typeof frame>;

/** A self-test of one device, and after each step what its line has carried so far, the latest of it. */
export const diagnosisEvent = z.discriminatedUnion('kind', [
  ...selfTestEvent.options,
  z.strictObject({
    kind: z.literal('traffic'),
    device: z.string(),
    frames: z.array(frame),
    /** False when more passed than is kept. */
    isWhole: z.boolean(),
  }),
]);
export type DiagnosisEvent = z.infer<typeof diagnosisEvent>;

/** A port of this computer with a USB device behind it, used or not. */
export const portView = z.strictObject({
  kind: z.enum(['serial', 'hid', 'usb-printer']),
  path: z.string(),
  /** Four hexadecimal digits each. */
  vendorId: z.string(),
  productId: z.string(),
  serialNumber: z.string().optional(),
});
export type PortView = z.infer<typeof portView>;

/** What a maintainer wants to know of a kiosk before anything else. */
export const kioskFacts = z.strictObject({
  /** Of the application and of what it runs on. */
  versions: z.array(z.strictObject({ name: z.string(), version: z.string() })),
  devices: z.array(
    z.strictObject({
      id: z.string(),
      class: deviceClass,
      driver: z.string(),
      profile: z.string(),
      /** How it is reached, such as `serial /dev/ttyS0 115200`. */
      link: z.string(),
    }),
  ),
  /** The catalogue as it was loaded. */
  items: z.array(z.strictObject({ code: z.string(), name: z.string(), version: z.int() })),
  ports: z.array(portView),
});
export type KioskFacts = z.infer<typeof kioskFacts>;
