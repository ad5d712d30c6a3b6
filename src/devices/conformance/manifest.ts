import { z } from 'zod';
import { deviceClass } from '../../contract/device-classes.ts';
import type { DriverModule } from '../driver.ts';
import { Nonconformity } from './nonconformity.ts';

const name = z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u);

/** What every manifest.json has; a driver may keep more in it, such as its profiles themselves. */
const manifest = z.looseObject({
  name,
  class: deviceClass,
  transports: z.array(z.enum(['serial', 'hid', 'usb-printer', 'tcp', 'http', 'camera'])).min(1),
  profiles: z.union([z.array(name).min(1), z.record(name, z.unknown())]),
  limits: z.record(z.string(), z.unknown()).optional(),
});

/** The manifest is well-formed and says what the driver says. */
export function checkManifest(driver: DriverModule, found: unknown): void {
  const parsed = manifest.safeParse(found);
  if (!parsed.success) throw new Nonconformity('manifest', z.prettifyError(parsed.error));
  const { profiles } = parsed.data;
  const names = Array.isArray(profiles) ? profiles : Object.keys(profiles);
  const wanted = { name: driver.name, class: driver.class, profiles: driver.profiles.toSorted().join(' ') };
  const told = { name: parsed.data.name, class: parsed.data.class, profiles: names.toSorted().join(' ') };
  if (JSON.stringify(wanted) !== JSON.stringify(told)) {
    throw new Nonconformity(
      'manifest',
      `the driver says ${JSON.stringify(wanted)}, its manifest ${JSON.stringify(told)}`,
    );
  }
}
