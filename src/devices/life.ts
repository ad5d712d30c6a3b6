import type { DeviceState } from '../contract/device-classes.ts';

/** Where one configured device is in its life. */
export interface Life {
  readonly state: DeviceState;
  /** Why it is absent, faulty or disabled. While `busy`: the fault that counts once it is given back. */
  readonly reason?: string;
}

export type LifeEvent =
  /** Its line is open and the driver is on it; the first probe begins. */
  | { readonly kind: 'opened' }
  | { readonly kind: 'open-failed'; readonly reason: string }
  /** A probe, or the device by itself, says that all is well. */
  | { readonly kind: 'well' }
  | { readonly kind: 'unwell'; readonly reason: string }
  /** The line broke: somebody pulled the plug. */
  | { readonly kind: 'unplugged' }
  /** The driver threw or hung; its line is closed, and both begin anew. */
  | { readonly kind: 'driver-failed'; readonly reason: string }
  | { readonly kind: 'lent' }
  | { readonly kind: 'returned' }
  | { readonly kind: 'disabled'; readonly reason: string }
  | { readonly kind: 'enabled' };

type EventKind = LifeEvent['kind'];

/** `same`: the state stays and so does the reason. `healed`: ready, or faulty when a reason was noted meanwhile. */
type Step = DeviceState | 'same' | 'healed';

/**
 * Every state against every event. A port that is tried again and again stays `absent` meanwhile, and a device whose
 * driver failed stays `faulty` until it is well: nobody is helped by a display that flickers.
 */
const table: Readonly<Record<DeviceState, Readonly<Record<EventKind, Step>>>> = {
  opening: {
    opened: 'probing',
    'open-failed': 'absent',
    well: 'same',
    unwell: 'same',
    unplugged: 'absent',
    'driver-failed': 'faulty',
    lent: 'same',
    returned: 'same',
    disabled: 'disabled',
    enabled: 'same',
  },
  absent: {
    opened: 'probing',
    'open-failed': 'absent',
    well: 'same',
    unwell: 'same',
    unplugged: 'same',
    'driver-failed': 'faulty',
    lent: 'same',
    returned: 'same',
    disabled: 'disabled',
    enabled: 'same',
  },
  probing: {
    opened: 'same',
    'open-failed': 'absent',
    well: 'ready',
    unwell: 'faulty',
    unplugged: 'absent',
    'driver-failed': 'faulty',
    lent: 'same',
    returned: 'same',
    disabled: 'disabled',
    enabled: 'same',
  },
  ready: {
    opened: 'same',
    'open-failed': 'absent',
    well: 'same',
    unwell: 'faulty',
    unplugged: 'absent',
    'driver-failed': 'faulty',
    lent: 'busy',
    returned: 'same',
    disabled: 'disabled',
    enabled: 'same',
  },
  busy: {
    opened: 'same',
    'open-failed': 'absent',
    well: 'busy',
    unwell: 'busy',
    unplugged: 'absent',
    'driver-failed': 'faulty',
    lent: 'same',
    returned: 'healed',
    disabled: 'disabled',
    enabled: 'same',
  },
  faulty: {
    opened: 'same',
    'open-failed': 'absent',
    well: 'ready',
    unwell: 'faulty',
    unplugged: 'absent',
    'driver-failed': 'faulty',
    lent: 'busy',
    returned: 'same',
    disabled: 'disabled',
    enabled: 'same',
  },
  disabled: {
    opened: 'same',
    'open-failed': 'same',
    well: 'same',
    unwell: 'same',
    unplugged: 'same',
    'driver-failed': 'same',
    lent: 'same',
    returned: 'same',
    disabled: 'disabled',
    enabled: 'opening',
  },
};

/** The life after an event. Total: an event that a state knows nothing of leaves it as it is. */
export function nextLife(life: Life, event: LifeEvent): Life {
  const step = table[life.state][event.kind];
  if (step === 'same') return life;
  if (step === 'healed')
    return life.reason === undefined ? { state: 'ready' } : { state: 'faulty', reason: life.reason };
  // A faulty device is lent for a self-test only: its fault is not forgotten by that.
  const reason = event.kind === 'lent' ? life.reason : reasonOf(event);
  return reason === undefined ? { state: step } : { state: step, reason };
}

function reasonOf(event: LifeEvent): string | undefined {
  if (event.kind === 'unplugged') return 'unplugged';
  return 'reason' in event ? event.reason : undefined;
}
