import { setImmediate } from 'node:timers/promises';
import type { FoundItem } from '../../contract/application-view.ts';
import type { SearchIndex } from '../../domain/search/search-index.ts';
import { itemSummaryOf } from '../application/views.ts';
import { SEARCH_HITS, SEARCH_ITEMS_A_TURN } from '../limits.ts';
import type { Catalogue } from './load-catalogue.ts';

/** Finds items of a catalogue. Its index is made at the first search and goes with the catalogue it is of. */
export class CatalogueSearch {
  readonly #indexes = new WeakMap<Catalogue, Promise<SearchIndex>>();

  /** The best first; nothing for a query without a letter or digit. */
  async find(catalogue: Catalogue, query: string): Promise<FoundItem[]> {
    const index = await this.#indexOf(catalogue);
    return index.search(query, SEARCH_HITS).flatMap(({ code, why }) => {
      const item = catalogue.items.get(code);
      return item ? [{ item: itemSummaryOf(item), why }] : [];
    });
  }

  #indexOf(catalogue: Catalogue): Promise<SearchIndex> {
    const index = this.#indexes.get(catalogue) ?? makeIndex(catalogue);
    this.#indexes.set(catalogue, index);
    return index;
  }
}

/** Some items at a time, so that whatever else core is asked is answered in between. */
async function makeIndex({ items }: Catalogue): Promise<SearchIndex> {
  // Read at the first search: a start does not wait for it.
  const { createSearchIndex } = await import('./search-data.ts');
  const index = createSearchIndex();
  let added = 0;
  for (const item of items.values()) {
    index.add(item);
    added += 1;
    if (added % SEARCH_ITEMS_A_TURN === 0) await setImmediate();
  }
  return index;
}
