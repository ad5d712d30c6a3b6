import type { DeviceEvent } from '../../scripts/hall/simulators.ts';

const BITS_PER_BYTE = 10;
const BAUD_RATE = 115_200;

/** When something happened at a device, and how many bytes its line had carried by then. */
export interface LineMoment {
  readonly at: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export function momentOf({ at, bytesIn, bytesOut }: DeviceEvent): LineMoment {
  return { at: Number(at), bytesIn: Number(bytesIn), bytesOut: Number(bytesOut) };
}

/** How long a line with nothing else in the way takes for so many bytes, in milliseconds. */
export function lineTime(bytes: number): number {
  return (bytes * BITS_PER_BYTE * 1_000) / BAUD_RATE;
}
