import type { DeviceClass } from '../../contract/device-classes.ts';
import { isOfClass } from '../attach.ts';
import type { DeviceByClass } from '../driver.ts';
import type { Stage } from './stage.ts';

/** The device on a stage, which was set for a driver of that class. */
export function deviceOf<C extends DeviceClass>(stage: Stage, kind: C): DeviceByClass[C] {
  const { device } = stage;
  if (!isOfClass(device, kind)) throw new Error(`the driver is for ${device.class}, its description for ${kind}`);
  return device.device;
}

/** One thing of several, as a list that cannot be empty. */
export function eachOf<A, B>([first, ...rest]: readonly [A, ...A[]], make: (item: A) => B): readonly [B, ...B[]] {
  return [make(first), ...rest.map(make)];
}
