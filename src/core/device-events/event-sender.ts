import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { Random } from '../identifiers.ts';
import { RETRY_FIRST_MS } from '../limits.ts';
import type { Transact } from '../store/transact.ts';
import { retryWait } from '../sync/backoff.ts';
import type { PlatformClient } from '../sync/platform-client.ts';
import type { Reachability } from '../sync/reachability.ts';
import { Wake, waitOrWake } from '../sync/wake.ts';
import type { DeviceEvent, DeviceEvents } from './device-events.ts';

export interface EventSenderDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: EventLog;
  readonly transact: Transact;
  readonly kioskId: string;
  readonly deviceEvents: DeviceEvents;
  readonly platform: PlatformClient;
  readonly reachability: Reachability;
}

/** Sends events of devices in their order, beside the cases of citizens: neither waits for the other. */
export class EventSender {
  readonly #deps: EventSenderDeps;
  readonly #wake = new Wake();
  /** Tries of the event that is next. */
  #attempts = 0;

  constructor(deps: EventSenderDeps) {
    this.#deps = deps;
    deps.reachability.onChange(() => this.#wake.call());
  }

  /** A new event was committed. */
  wake(): void {
    this.#wake.call();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, deviceEvents, reachability } = this.#deps;
    while (!signal.aborted) {
      const { sendsIn } = reachability;
      const event = sendsIn === 0 ? deviceEvents.nextWaiting() : undefined;
      const pause = event ? await this.#send(event, signal) : sendsIn === 0 ? undefined : sendsIn;
      if (event === undefined || pause !== undefined) await waitOrWake(clock, pause, this.#wake, signal);
    }
  }

  /** How long to wait before the next try; nothing when the event is settled. */
  async #send(event: DeviceEvent, signal: AbortSignal): Promise<number | undefined> {
    const { random, log, transact, kioskId, deviceEvents, platform, reachability } = this.#deps;
    const { id: record } = event;
    const send = () => platform.submitDeviceEvent(record, { ...event, kioskId }, signal);
    const outcome = await reachability.through(send);
    // The store may be closed by now; what arrived goes once more, and its key makes that harmless.
    if (signal.aborted) return undefined;
    const attempts = this.#attempts + 1;
    if (outcome.kind === 'retry') {
      const { reason } = outcome;
      const waitMs = retryWait(this.#attempts, random.fraction(), outcome.afterMs);
      this.#attempts = attempts;
      log('core.delivery-postponed', { step: 'device-event', record, reason, attempts, waitMs });
      return waitMs;
    }
    const written = transact(() => deviceEvents.settle(record, outcome.kind === 'done' ? 'done' : 'needs-staff'));
    if (!written.ok) {
      log('core.write-failed', { what: 'device-event', cause: written.reason });
      return RETRY_FIRST_MS;
    }
    this.#attempts = 0;
    if (outcome.kind === 'done') log('core.delivered', { step: 'device-event', record, attempts });
    else log('core.delivery-parked', { step: 'device-event', record, reason: outcome.reason, outcome: outcome.kind });
    return undefined;
  }
}
