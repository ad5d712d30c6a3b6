import { setImmediate as turn } from 'node:timers/promises';
import type { SeededRandom } from '../../../src/devices/faults/random.ts';
import type { SimulatedClock } from './simulated-clock.ts';

/** Simulated time of one exchange over a good line. */
const EXCHANGE_MS = 80;
/** A lost line is noticed at once, or when somebody's patience ends. */
const LONGEST_FAILURE_MS = 3_000;
/** So many turns of the event loop in which nothing happens: nobody has anything left to do but to wait. */
const QUIET_TURNS = 4;

/** What one kiosk asked at which moment. */
export interface Asked {
  readonly kiosk: number;
  readonly method: string;
  /** Milliseconds since 1970, simulated. */
  readonly at: number;
}

/** The line of all kiosks to a real platform, on which time is simulated and traffic is counted. */
export class SimulatedLine {
  readonly asked: Asked[] = [];
  online = true;
  readonly #clock: SimulatedClock;
  readonly #random: SeededRandom;
  #busy = 0;
  #idle = Promise.withResolvers<void>();

  constructor(clock: SimulatedClock, random: SeededRandom) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The fetch of one kiosk. */
  fetchOf(kiosk: number): typeof globalThis.fetch {
    return async (input, init) => {
      const request = new Request(input, init);
      const { signal, method } = request;
      if (!this.online) {
        await this.#clock.delay(this.#random.below(LONGEST_FAILURE_MS), signal);
        throw new TypeError('fetch failed', { cause: Object.assign(new Error('no route'), { code: 'EHOSTUNREACH' }) });
      }
      this.asked.push({ kiosk, method, at: this.#clock.now().getTime() });
      const { status, headers, body } = await this.#exchange(request);
      await this.#clock.delay(EXCHANGE_MS, signal);
      return new Response(body.byteLength === 0 ? null : body, { status, headers });
    };
  }

  /** Lets everybody do what can be done now, and time goes on by one moment. */
  async goOn(): Promise<void> {
    await this.settle();
    this.#clock.step();
  }

  async settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
      if (this.#busy > 0) {
        await this.#idle.promise;
        quiet = 0;
      }
      await turn();
    }
  }

  async #exchange(request: Request) {
    if (this.#busy === 0) this.#idle = Promise.withResolvers();
    this.#busy += 1;
    try {
      const response = await globalThis.fetch(request);
      return { status: response.status, headers: response.headers, body: await response.arrayBuffer() };
    } finally {
      this.#busy -= 1;
      if (this.#busy === 0) this.#idle.resolve();
    }
  }
}
