import { z } from 'zod';
import { deviceClass } from './device-classes.ts';

const line = z.string().trim().min(1);

/** How to reach a device: a serial port, or a simulator inside the device process (demo and tests without terminals). */
const deviceLink = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('serial'), path: line, baudRate: z.int().positive() }),
  z.strictObject({
    kind: z.literal('simulated'),
    /** Done at the simulator when it starts, such as `{ "presentAfterPolls": 8 }`; the driver's README lists them. */
    actions: z.array(z.record(z.string(), z.unknown())).optional(),
  }),
]);

export const deviceConfig = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  class: deviceClass,
  /** Name of a folder under drivers/. */
  driver: z.string().regex(/^[a-z0-9-]+$/),
  /** A profile of that driver's manifest. */
  profile: line,
  link: deviceLink,
});
export type DeviceConfig = z.infer<typeof deviceConfig>;

/** The kiosk's own configuration file (JSON). Unknown keys are refused, so that a typo is found at start and not in service. */
export const kioskConfig = z.strictObject({
  kioskId: z.string().regex(/^[A-Z0-9]{4,12}$/),
  hall: z.strictObject({ code: z.string().regex(/^\d{6,12}$/), name: line, hours: line, phone: line }),
  platform: z.strictObject({ url: z.url({ protocol: /^https?$/ }) }),
  /** Folder of the catalogue files, relative to this file. */
  catalogue: line,
  devices: z.array(deviceConfig),
});
export type KioskConfig = z.infer<typeof kioskConfig>;

/**
 * Reads a configuration text. The refusal's detail names the first wrong place by its path, for the maintainer.
 */
export function parseKioskConfig(
  text: string,
): { ok: true; value: KioskConfig } | { ok: false; reason: 'config-invalid'; detail: string } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return { ok: false, reason: 'config-invalid', detail: error instanceof Error ? error.message : 'not JSON' };
  }
  const parsed = kioskConfig.safeParse(raw);
  if (parsed.success) return { ok: true, value: parsed.data };
  const detail = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`).join('; ');
  return { ok: false, reason: 'config-invalid', detail };
}
