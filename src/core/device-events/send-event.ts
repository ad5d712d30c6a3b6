import type { KioskOutbox } from '../outbox/kiosk-outbox.ts';
import type { DeviceEvent, DeviceEvents } from './device-events.ts';

/** It goes to the platform, from the transaction on that this is part of. */
export function sendEvent(outbox: Pick<KioskOutbox, 'add'>, kioskId: string, event: DeviceEvent): void {
  const { id, at } = event;
  outbox.add({
    id,
    step: 'device-event',
    createdAt: at,
    firstAttemptAt: Date.parse(at),
    payload: JSON.stringify({ ...event, kioskId }),
  });
}

/**
 * To be called at the start, inside a transaction. A version before this one sends events past the outbox, and what it finds
 * of them there it takes for something else and gives up.
 */
export function takeUpEvents(
  outbox: Pick<KioskOutbox, 'add' | 'giveAnew'>,
  kioskId: string,
  events: Pick<DeviceEvents, 'stranded'>,
): void {
  outbox.giveAnew();
  for (const event of events.stranded()) sendEvent(outbox, kioskId, event);
}
