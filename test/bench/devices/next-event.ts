import type { EventEmitter } from 'node:events';
import { on } from 'node:events';
import type { DeviceEvent } from '../../../scripts/hall/simulators.ts';

/** The next event of this name at a device's simulator. Listen before doing what leads to it. */
export async function nextEvent(events: EventEmitter, device: string, name: string): Promise<DeviceEvent> {
  for await (const [event] of on(events, device) as AsyncIterable<[DeviceEvent]>)
    if (event['event'] === name) return event;
  throw new Error('no further events');
}
