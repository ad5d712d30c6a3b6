import type { DeviceConfig } from '../../src/contract/config.ts';
import type { SimulatedDevice } from '../../src/devices/simulator-host.ts';

/** What a demonstration hall can have, at the speeds such devices have. */
export const hallDevices = {
  reader: { class: 'id-reader', driver: 'sam-reader', profile: 'serial-115200', baudRate: 115_200 },
  printer: { class: 'ticket-printer', driver: 'escpos-printer', profile: '80mm-gs-h', baudRate: 115_200 },
  pad: { class: 'rating-pad', driver: 'table-pad', profile: 'four-key-ff68', baudRate: 9_600 },
  codes: { class: 'code-reader', driver: 'newland-scanner', profile: 'text', baudRate: 9_600 },
  lamps: { class: 'cue-lamps', driver: 'slot-lamp', profile: 'slots-11-15', baudRate: 9_600 },
  scanner: { class: 'document-scanner', driver: 'escl-scanner', profile: 'generic' },
  stand: { class: 'document-scanner', driver: 'gaopaiyi-http', profile: 'eloam-38088' },
} as const;
export type DeviceId = keyof typeof hallDevices;

/** What a visit needs; every hall has them. */
export const standardDevices = ['reader', 'printer', 'pad'] as const satisfies readonly DeviceId[];
export const allDevices: readonly DeviceId[] = [...standardDevices, 'codes', 'lamps', 'scanner'];

/** Where the hall has lamps: which of `slots-11-15` lights at a device. */
export const lampSlots: Readonly<Partial<Record<DeviceId, string>>> = {
  reader: 'social-card',
  printer: 'a4-printer',
  scanner: 'document-camera',
};

type FirstActions = readonly Readonly<Record<string, unknown>>[] | undefined;

export function simulated(id: DeviceId, first: FirstActions): SimulatedDevice {
  const { class: _, ...device } = hallDevices[id];
  return { id, ...device, ...(first ? { actions: [...first] } : {}) };
}

/** @param where the port or address of the simulated device; inside the device process when there is none */
export function configured(id: DeviceId, where: string | undefined, first: FirstActions): DeviceConfig {
  const { driver, profile, class: kind } = hallDevices[id];
  return { id, class: kind, driver, profile, link: linkTo(id, where, first) };
}

function linkTo(id: DeviceId, where: string | undefined, first: FirstActions): DeviceConfig['link'] {
  if (where === undefined) return { kind: 'simulated', ...(first ? { actions: [...first] } : {}) };
  const device = hallDevices[id];
  if ('baudRate' in device) return { kind: 'serial', path: where, baudRate: device.baudRate };
  return { kind: 'http', url: where };
}
