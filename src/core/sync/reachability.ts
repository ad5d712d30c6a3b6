import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
} from 'cockatiel';
import type { Clock } from '../../contract/clock.ts';
import type { EventLog } from '../../contract/log.ts';
import type { Random } from '../identifiers.ts';
import { BREAKER_FAILURES, HEALTH_EVERY_MS, HEALTH_WHEN_DOWN_EVERY_MS, RESUME_WINDOW_MS } from '../limits.ts';
import { retryWait } from './backoff.ts';
import type { PlatformClient } from './platform-client.ts';
import { isVersionGap } from './spoken-versions.ts';
import { waitOrWake, Wake } from './wake.ts';

export type PlatformState = 'reachable' | 'unreachable' | 'unknown';

export interface ReachabilityDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly platform: Pick<PlatformClient, 'health'>;
  readonly log: EventLog;
  /** Which one it is in the log, where there are several. */
  readonly target?: string;
  /** What the platform's clock said between two moments of ours. */
  readonly onTime?: (time: string, askedAt: Date, answeredAt: Date) => void;
}

/** What every way to the platform may answer; see {@link isFailing}. */
type Answered = { readonly kind: string; readonly reason?: string };

/**
 * Whether the platform is there, by its own health call (a network that is up says nothing about it) and by how the calls
 * for records end. One breaker stands before all of those: when several in a row fail without the platform's own word, no
 * record goes for a while, and then the health call is the one that tries.
 */
export class Reachability {
  readonly #deps: ReachabilityDeps;
  readonly #wake = new Wake();
  readonly #listeners = new Set<(state: PlatformState) => void>();
  readonly #breaker: CircuitBreakerPolicy;
  #state: PlatformState = 'unknown';
  #unreachableSince = 0;
  #sendingFrom = 0;
  /** How often the breaker opened since a record last arrived. */
  #trips = 0;
  #versionsAskedAt = Number.NEGATIVE_INFINITY;

  constructor(deps: ReachabilityDeps) {
    this.#deps = deps;
    this.#breaker = circuitBreaker(handleWhenResult(isFailing), {
      breaker: new ConsecutiveBreaker(BREAKER_FAILURES),
      // The time to try again is ours to say, by our clock: only `run` calls while it is open.
      halfOpenAfter: Number.NEGATIVE_INFINITY,
    });
  }

  get state(): PlatformState {
    return this.#state;
  }

  /** Milliseconds until records may go: not at once when the platform is just back. Nothing while it is not there. */
  get sendsIn(): number | undefined {
    if (this.#state !== 'reachable') return undefined;
    const wait = this.#sendingFrom - this.#deps.clock.now().getTime();
    // It never was more: the clock was set back meanwhile.
    return wait > RESUME_WINDOW_MS ? 0 : Math.max(0, wait);
  }

  onChange(listener: (state: PlatformState) => void): void {
    this.#listeners.add(listener);
  }

  /**
   * Sends a record, or asks for news, through the breaker. Only while the state is not `unreachable`. That news can be read
   * says nothing for records that are not taken.
   */
  async through<A extends Answered>(send: () => Promise<A>, what: 'record' | 'news' = 'record'): Promise<A> {
    const answer = await this.#breaker.execute(send);
    if (answer.kind === 'done' && what === 'record') this.#trips = 0;
    if (isVersionGap(answer.reason)) this.#askVersions();
    if (isFailing(answer)) {
      if (this.#breaker.state === CircuitState.Open && this.#state !== 'unreachable') {
        this.#trips += 1;
        this.#become('unreachable', answer.reason);
      }
      // Asks now instead of at the next turn.
      this.#wake.call();
    }
    return answer;
  }

  /** Asks until stopped. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, random, platform } = this.#deps;
    while (!signal.aborted) {
      if (this.#breaker.state === CircuitState.Open && this.#state === 'unreachable') {
        await waitOrWake(clock, retryWait(this.#trips, random.fraction()), new Wake(), signal);
        if (signal.aborted) return;
      }
      const ask = () => platform.health(signal);
      // A health call that goes well says nothing for the calls that do not, but closes the breaker that they opened.
      const isOpen = this.#breaker.state !== CircuitState.Closed;
      const askedAt = clock.now();
      const outcome = isOpen ? await this.#breaker.execute(ask) : await ask();
      if (signal.aborted) return;
      if (outcome.kind === 'done') {
        this.#deps.onTime?.(outcome.value.time, askedAt, clock.now());
        this.#become('reachable');
      } else this.#become('unreachable', outcome.reason);
      await waitOrWake(clock, this.#pause(), this.#wake, signal);
    }
  }

  /** The health call tells of them; now and then is enough for all the records that wait for another one. */
  #askVersions(): void {
    const now = this.#deps.clock.now().getTime();
    if (Math.abs(now - this.#versionsAskedAt) < HEALTH_WHEN_DOWN_EVERY_MS) return;
    this.#versionsAskedAt = now;
    this.#wake.call();
  }

  /** Not in step with other kiosks. */
  #pause(): number {
    const spread = 1 - this.#deps.random.fraction() / 2;
    return (this.#state === 'reachable' ? HEALTH_EVERY_MS : HEALTH_WHEN_DOWN_EVERY_MS) * spread;
  }

  #become(state: PlatformState, reason?: string): void {
    if (state === this.#state) return;
    const { clock, random, log, target } = this.#deps;
    const now = clock.now().getTime();
    if (state === 'unreachable') this.#unreachableSince = now;
    else if (this.#state === 'unreachable') {
      const window = Math.min(RESUME_WINDOW_MS, Math.max(0, now - this.#unreachableSince));
      this.#sendingFrom = now + Math.floor(window * (1 - random.fraction()));
    }
    this.#state = state;
    log('core.platform-changed', {
      state,
      ...(reason !== undefined && { reason }),
      ...(target !== undefined && { target }),
    });
    for (const listener of this.#listeners) listener(state);
  }
}

/** `in-progress`, `stopped` and what its version does not have say nothing against the platform. */
function isFailing(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null || !('kind' in answer) || !('reason' in answer)) return false;
  return (
    answer.kind === 'retry' &&
    answer.reason !== 'in-progress' &&
    answer.reason !== 'stopped' &&
    !isVersionGap(answer.reason)
  );
}
