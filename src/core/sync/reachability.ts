import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import { HEALTH_EVERY_MS, HEALTH_WHEN_DOWN_EVERY_MS } from '../limits.ts';
import type { PlatformClient } from './platform-client.ts';
import { waitOrWake, Wake } from './wake.ts';

export type PlatformState = 'reachable' | 'unreachable' | 'unknown';

export interface ReachabilityDeps {
  readonly clock: Clock;
  readonly platform: Pick<PlatformClient, 'health'>;
  readonly log: EventLog;
  /** What the platform's clock said between two moments of ours. */
  readonly onTime?: (time: string, askedAt: Date, answeredAt: Date) => void;
}

/** Whether the platform is there, by its own health call: a network that is up says nothing about it. */
export class Reachability {
  readonly #deps: ReachabilityDeps;
  readonly #wake = new Wake();
  readonly #listeners = new Set<(state: PlatformState) => void>();
  #state: PlatformState = 'unknown';

  constructor(deps: ReachabilityDeps) {
    this.#deps = deps;
  }

  get state(): PlatformState {
    return this.#state;
  }

  onChange(listener: (state: PlatformState) => void): void {
    this.#listeners.add(listener);
  }

  /** A call got no answer: ask now instead of at the next turn. */
  doubt(): void {
    this.#wake.call();
  }

  /** Asks until stopped. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const askedAt = this.#deps.clock.now();
      const outcome = await this.#deps.platform.health(signal);
      if (signal.aborted) return;
      if (outcome.kind === 'done') {
        this.#deps.onTime?.(outcome.value.time, askedAt, this.#deps.clock.now());
        this.#become('reachable');
      } else this.#become('unreachable', outcome.reason);
      const pause = this.#state === 'reachable' ? HEALTH_EVERY_MS : HEALTH_WHEN_DOWN_EVERY_MS;
      await waitOrWake(this.#deps.clock, pause, this.#wake, signal);
    }
  }

  #become(state: PlatformState, reason?: string): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#deps.log('core.platform-changed', { state, ...(reason !== undefined && { reason }) });
    for (const listener of this.#listeners) listener(state);
  }
}
