import type { Clock } from '../../contract/clock.ts';
import type { DeviceView } from '../../contract/device-classes.ts';
import type { EventLog } from '../../contract/log.ts';
import type { DeviceEventKind } from '../../contract/platform-api.ts';
import { hallTime } from '../hall-time.ts';
import { makeUuidV7, type Random } from '../identifiers.ts';
import type { KioskOutbox } from '../outbox/kiosk-outbox.ts';
import type { Transact } from '../store/transact.ts';
import type { DeviceEvents, LastTold } from './device-events.ts';
import { sendEvent } from './send-event.ts';

export interface DeviceReporterDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly kioskId: string;
  readonly deviceEvents: DeviceEvents;
  readonly kioskOutbox: Pick<KioskOutbox, 'add'>;
  /** A new event waits to be sent. */
  readonly onEvent: () => void;
}

type About = Pick<DeviceView, 'id' | 'class' | 'driver'>;

/** Turns what becomes of the devices into events for the platform; what it was told before the last restart counts. */
export class DeviceReporter {
  readonly #deps: DeviceReporterDeps;
  readonly #told = new Map<string, LastTold | undefined>();

  constructor(deps: DeviceReporterDeps) {
    this.#deps = deps;
  }

  /** The devices as they are now. */
  look(devices: readonly DeviceView[]): void {
    for (const device of devices) {
      const news = newsOf(device, this.#lastTold(device.id));
      if (news && this.report(device, news.kind, news.reason ?? undefined)) this.#told.set(device.id, news);
    }
  }

  /** False when the disk could not take it. */
  report({ id, class: kind, driver }: About, what: DeviceEventKind, reason?: string): boolean {
    const { clock, random, log, transact, kioskId, deviceEvents, kioskOutbox, onEvent } = this.#deps;
    const now = clock.now();
    const because = reason === undefined ? {} : { reason };
    const about = { id: makeUuidV7(now, random), device: id, class: kind, driver, kind: what, ...because };
    const event = { ...about, at: hallTime(now) };
    const written = transact(() => {
      deviceEvents.add(event);
      sendEvent(kioskOutbox, kioskId, event);
    });
    if (!written.ok) {
      log('core.write-failed', { what: 'device-event', cause: written.reason });
      return false;
    }
    log('core.device-event', { device: id, kind: what, ...because });
    onEvent();
    return true;
  }

  #lastTold(device: string): LastTold | undefined {
    if (!this.#told.has(device)) this.#told.set(device, this.#deps.deviceEvents.lastTold(device));
    return this.#told.get(device);
  }
}

/** Nothing while a device is being opened, or while the process that knows of it is: how it is, is not known then. */
function newsOf({ state, reason = 'unknown' }: DeviceView, told: LastTold | undefined): LastTold | undefined {
  switch (state) {
    case 'opening':
    case 'probing':
      return undefined;
    case 'absent':
    case 'faulty':
      if (reason === 'process-gone' || (told?.kind === 'fault' && told.reason === reason)) return undefined;
      return { kind: 'fault', reason };
    case 'disabled':
      return told?.kind === 'closed' && told.reason === reason ? undefined : { kind: 'closed', reason };
    default:
      if (told?.kind === 'fault') return { kind: 'recovered', reason: null };
      return told?.kind === 'closed' ? { kind: 'opened', reason: null } : undefined;
  }
}
