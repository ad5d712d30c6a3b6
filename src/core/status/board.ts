import type { Clock } from '../../contract/clock.ts';
import type { StatusView } from '../../contract/visit-view.ts';
import { STATUS_LOOK_MS } from '../limits.ts';
import { Wake, waitOrWake } from '../sync/wake.ts';

/** Tells everybody who watches how the kiosk is, at once and at every change; those that the clock makes, soon after. */
export class StatusBoard {
  readonly #clock: Clock;
  readonly #compose: () => StatusView;
  readonly #watchers = new Set<Wake>();

  constructor(clock: Clock, compose: () => StatusView) {
    this.#clock = clock;
    this.#compose = compose;
  }

  view(): StatusView {
    return this.#compose();
  }

  changed(): void {
    for (const wake of this.#watchers) wake.call();
  }

  async *watch(signal: AbortSignal): AsyncGenerator<StatusView, void, undefined> {
    const wake = new Wake();
    this.#watchers.add(wake);
    try {
      let last = '';
      while (!signal.aborted) {
        const view = this.#compose();
        const text = JSON.stringify(view);
        if (text !== last) {
          last = text;
          yield view;
        }
        await waitOrWake(this.#clock, STATUS_LOOK_MS, wake, signal);
      }
    } finally {
      this.#watchers.delete(wake);
    }
  }
}
