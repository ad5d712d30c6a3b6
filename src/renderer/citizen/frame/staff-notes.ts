import type { DeviceClass } from '../../../contract/device-classes.ts';
import type { StatusView } from '../../../contract/visit-view.ts';

/** Something the staff of the hall should look at; none of it is about a person. */
export type StaffNote =
  | {
      readonly kind: 'device';
      readonly device: DeviceClass;
      readonly trouble: DeviceTrouble;
      /** Out of use until a self-test passes or staff open it. */
      readonly closed: boolean;
      /** Which device and the exact reason, for the maintainer. */
      readonly detail: string;
    }
  | { readonly kind: StatusView['notices'][number]['kind']; readonly detail: string }
  | { readonly kind: 'needs-staff'; readonly count: number };

/** What staff can do about a device; several technical reasons lead to the same. */
export type DeviceTrouble =
  | 'not-connected'
  | 'no-answer'
  | 'wrong-device'
  | 'port'
  | 'paper-out'
  | 'cover-open'
  | 'cutter'
  | 'restarting'
  | 'fault';

const troubles: Readonly<Record<string, DeviceTrouble>> = {
  'port-missing': 'not-connected',
  unplugged: 'not-connected',
  'no-answer': 'no-answer',
  offline: 'no-answer',
  'wrong-device': 'wrong-device',
  'driver-unknown': 'wrong-device',
  'port-ambiguous': 'wrong-device',
  'keyboard-refused': 'wrong-device',
  'storage-refused': 'wrong-device',
  'link-unfit': 'wrong-device',
  'port-busy': 'port',
  'port-denied': 'port',
  'port-failed': 'port',
  'paper-out': 'paper-out',
  'cover-open': 'cover-open',
  cutter: 'cutter',
  'process-gone': 'restarting',
};

export function troubleOf(reason: string): DeviceTrouble {
  return troubles[reason] ?? 'fault';
}

/** The list for staff, from what core says. */
export function staffNotes(status: StatusView | undefined): StaffNote[] {
  if (!status) return [];
  const devices = status.devices
    .filter(({ state }) => state === 'absent' || state === 'faulty' || state === 'disabled')
    .map(({ id, class: device, state, reason = 'unknown' }): StaffNote => ({
      kind: 'device',
      device,
      trouble: troubleOf(reason),
      closed: state === 'disabled',
      detail: `${id}: ${reason}`,
    }));
  const { needsStaff, notices } = status;
  return [...devices, ...(needsStaff > 0 ? [{ kind: 'needs-staff' as const, count: needsStaff }] : []), ...notices];
}
