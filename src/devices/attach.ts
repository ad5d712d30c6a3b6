import type { DeviceClass } from '../contract/device-classes.ts';
import { assertNever } from '../domain/result.ts';
import type { DeviceByClass, DriverContext, DriverModule } from './driver.ts';

type AttachedAs<C extends DeviceClass> = { readonly class: C; readonly device: DeviceByClass[C] };

/** A driver at work on an open line. */
export type Attached = { [C in DeviceClass]: AttachedAs<C> }[DeviceClass];

export function attach(driver: DriverModule, profile: string, context: DriverContext): Attached {
  switch (driver.class) {
    case 'id-reader':
      return { class: driver.class, device: driver.create(profile, context) };
    case 'ticket-printer':
      return { class: driver.class, device: driver.create(profile, context) };
    case 'rating-pad':
      return { class: driver.class, device: driver.create(profile, context) };
    default:
      return assertNever(driver);
  }
}

export function isOfClass<C extends DeviceClass>(
  attached: Attached,
  kind: C,
): attached is Extract<Attached, AttachedAs<C>> {
  return attached.class === kind;
}
