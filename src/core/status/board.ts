import type { StatusView } from '../../contract/visit-view.ts';
import { untilRung, Wake } from '../sync/wake.ts';

/** Tells everybody who watches how the kiosk is, at once and at every change. */
export class StatusBoard {
  readonly #compose: () => StatusView;
  readonly #watchers = new Set<Wake>();

  constructor(compose: () => StatusView) {
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
        await untilRung(wake, signal);
      }
    } finally {
      this.#watchers.delete(wake);
    }
  }
}
