import type { Officer } from '../contract/office/office-call.ts';
import type { CallContext } from './subject.ts';

/** Keeps an office from reading in the name of another one. */
export function ownOffice({ office }: Officer, { device }: CallContext, errors: { OTHER_DEVICE(): Error }): void {
  if (device && device.kioskId !== office) throw errors.OTHER_DEVICE();
}
