import type { CatalogueItem } from '../../domain/item.ts';
import type { Catalogue, CatalogueNotice } from './catalogue.ts';

/** The catalogue that is live. Who reads it twice may read two of them; who began an application has its item. */
export class LiveCatalogue {
  #current: Catalogue;

  constructor(current: Catalogue) {
    this.#current = current;
  }

  get items(): ReadonlyMap<string, CatalogueItem> {
    return this.#current.items;
  }
  get leftOut(): readonly CatalogueNotice[] {
    return this.#current.leftOut;
  }
  get doubtful(): readonly CatalogueNotice[] {
    return this.#current.doubtful;
  }
  get size(): number {
    return this.#current.size;
  }

  /** Checks the rest, one item at a time with room for others in between. */
  async checkRest(signal: AbortSignal): Promise<void> {
    await checkInTurns(this.#current, signal);
  }

  /** From one moment to the next. */
  replace(next: Catalogue): void {
    this.#current = next;
  }
}

export async function checkInTurns(catalogue: Catalogue, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && catalogue.checkNext()) await new Promise((resolve) => setImmediate(resolve));
}
