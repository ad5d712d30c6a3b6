import { z } from 'zod';
import { deviceClass } from './device-classes.ts';

/**
 * What the simulator dock and the hall that owns the simulated devices say to each other: lines of JSON over a local socket.
 * Only demo and test builds have a dock.
 */

const action = z.record(z.string(), z.unknown());
export type DockAction = z.infer<typeof action>;

const dockDevice = z.strictObject({
  id: z.string(),
  class: deviceClass,
  driver: z.string(),
  profile: z.string(),
  /** JSON Schema of what the simulator can be told; see `actions` of the driver contract. */
  actions: z.record(z.string(), z.unknown()),
});
export type DockDevice = z.infer<typeof dockDevice>;

const dockEvent = z.strictObject({ device: z.string(), event: z.record(z.string(), z.unknown()) });
export type DockEvent = z.infer<typeof dockEvent>;

export const fromHall = z.discriminatedUnion('type', [
  /** Comes once, when the kiosk is in service. */
  z.strictObject({ type: z.literal('devices'), devices: z.array(dockDevice) }),
  /** What a simulator told of itself. */
  z.strictObject({ type: z.literal('event'), ...dockEvent.shape }),
  /** The answer to a request, in any order; `refused` says why nothing was done. */
  z.strictObject({ type: z.literal('acted'), request: z.int(), refused: z.string().optional() }),
]);
export type FromHall = z.infer<typeof fromHall>;

/** Does something at a device: an action of its simulator, or `{ "unplug": true }` and `{ "plug": true }`. */
export const fromDock = z.strictObject({ request: z.int(), device: z.string(), action });
export type FromDock = z.infer<typeof fromDock>;

/** What the page of the dock may do. */
export interface DockBridge {
  readonly devices: () => Promise<readonly DockDevice[]>;
  /** Answers why nothing was done. */
  readonly act: (device: string, action: DockAction) => Promise<string | undefined>;
  /** Returns what stops listening. */
  readonly onEvent: (listener: (happened: DockEvent) => void) => () => void;
}
