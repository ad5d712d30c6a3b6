import type { DeviceClass } from '../contract/device-classes.ts';
import { assertNever } from '../domain/result.ts';
import type { DeviceByClass, DeviceLink, DriverContext, DriverModule, HttpLink } from './driver.ts';

type AttachedAs<C extends DeviceClass> = { readonly class: C; readonly device: DeviceByClass[C] };

/** A driver at work on an open line. */
export type Attached = { [C in DeviceClass]: AttachedAs<C> }[DeviceClass];

/** Throws when the link is of another kind than the driver's class needs: who opens it goes by the driver. */
export function attach(driver: DriverModule, profile: string, context: DriverContext<DeviceLink>): Attached {
  switch (driver.class) {
    case 'id-reader':
      return { class: driver.class, device: driver.create(profile, overBytes(context)) };
    case 'ticket-printer':
      return { class: driver.class, device: driver.create(profile, overBytes(context)) };
    case 'rating-pad':
      return { class: driver.class, device: driver.create(profile, overBytes(context)) };
    case 'document-scanner':
      return { class: driver.class, device: driver.create(profile, overHttp(context)) };
    case 'code-reader':
      return { class: driver.class, device: driver.create(profile, overBytes(context)) };
    case 'cue-lamps':
      return { class: driver.class, device: driver.create(profile, overBytes(context)) };
    default:
      return assertNever(driver);
  }
}

function overBytes({ link, ...rest }: DriverContext<DeviceLink>): DriverContext {
  if ('request' in link) throw new Error('the driver needs a line of bytes');
  return { ...rest, link };
}

function overHttp({ link, ...rest }: DriverContext<DeviceLink>): DriverContext<HttpLink> {
  if (!('request' in link)) throw new Error('the driver needs an HTTP service');
  return { ...rest, link };
}

export function isOfClass<C extends DeviceClass>(
  attached: Attached,
  kind: C,
): attached is Extract<Attached, AttachedAs<C>> {
  return attached.class === kind;
}
