import { setImmediate } from 'node:timers/promises';
import { CATALOGUE_ITEMS_A_TURN } from '../limits.ts';
import type { Catalogue, CatalogueNotice } from './catalogue.ts';
import type { CatalogueItems } from './catalogue-items.ts';
import type { ItemVerdict } from './judge-item.ts';

/** The catalogue that is live. Who reads it twice may read two of them; who began an application has its item. */
export class LiveCatalogue {
  #current: Catalogue;

  constructor(current: Catalogue) {
    this.#current = current;
  }

  get items(): CatalogueItems {
    return this.#current.items;
  }
  get leftOut(): readonly CatalogueNotice[] {
    return this.#current.leftOut;
  }
  get doubtful(): readonly CatalogueNotice[] {
    return this.#current.doubtful;
  }
  get verdicts(): ReadonlyMap<string, ItemVerdict> {
    return this.#current.verdicts;
  }
  get size(): number {
    return this.#current.size;
  }

  /** Checks the rest, some items at a time with room for others in between. */
  async checkRest(signal: AbortSignal): Promise<void> {
    await checkInTurns(this.#current, signal);
  }

  /** From one moment to the next. */
  replace(next: Catalogue): void {
    this.#current = next;
  }
}

export async function checkInTurns(catalogue: Catalogue, signal: AbortSignal): Promise<void> {
  for (let checked = 1; !signal.aborted && catalogue.checkNext(); checked += 1) {
    if (checked % CATALOGUE_ITEMS_A_TURN === 0) await setImmediate();
  }
}
