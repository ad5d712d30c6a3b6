import type { LeftCard as View } from '../../contract/visit-view.ts';
import { untilRung, Wake } from '../sync/wake.ts';
import type { DeviceLink } from './device-link.ts';

export interface LeftCardDeps {
  readonly devices: Pick<DeviceLink, 'watchCard'>;
  readonly onBug: (error: unknown) => void;
}

/**
 * The card of a visit that is over: whether it still lies on the reader. One watch of the reader for all who want to know; the
 * next reading takes the reader over, and ends it.
 */
export class LeftCard {
  readonly #deps: LeftCardDeps;
  readonly #listeners = new Set<Wake>();
  #watching = false;
  #card: View['card'] | undefined;

  constructor(deps: LeftCardDeps) {
    this.#deps = deps;
  }

  /** A visit that used the reader is over. */
  look(): void {
    if (this.#watching) return;
    this.#watching = true;
    this.#card = undefined;
    this.#follow().catch(this.#deps.onBug);
  }

  /** Tells of a card, and of its going; ends then, and without a word where nobody can tell. */
  async *watch(signal: AbortSignal): AsyncGenerator<View, void, undefined> {
    const wake = new Wake();
    this.#listeners.add(wake);
    try {
      let told: View['card'] | undefined;
      while (!signal.aborted) {
        const card = this.#card;
        if (card !== undefined && card !== told) {
          told = card;
          yield { card };
        } else if (this.#watching) {
          await untilRung(wake, signal);
        } else {
          return;
        }
      }
    } finally {
      this.#listeners.delete(wake);
    }
  }

  async #follow(): Promise<void> {
    for await (const card of this.#deps.devices.watchCard(new AbortController().signal)) {
      if (card === 'unknown') break;
      this.#card = card;
      this.#tell();
    }
    this.#watching = false;
    this.#tell();
  }

  #tell(): void {
    for (const wake of this.#listeners) wake.call();
  }
}
