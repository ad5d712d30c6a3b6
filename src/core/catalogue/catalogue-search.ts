import { setImmediate } from 'node:timers/promises';
import type { FoundItem } from '../../contract/application-view.ts';
import type { SearchIndex } from '../../domain/search/search-index.ts';
import { SEARCH_HITS, SEARCH_ITEMS_A_TURN } from '../limits.ts';
import type { CatalogueItems } from './catalogue-items.ts';

/** Finds items of a catalogue. Its index is made at the first search and goes with the catalogue it is of. */
export class CatalogueSearch {
  readonly #indexes = new WeakMap<CatalogueItems, Promise<SearchIndex>>();

  /** The best first; nothing for a query without a letter or digit. */
  async find(items: CatalogueItems, query: string): Promise<FoundItem[]> {
    const index = await this.#indexOf(items);
    return index.search(query, SEARCH_HITS).flatMap(({ code, why }) => {
      const listed = items.listed(code);
      return listed ? [{ item: listed.summary, why }] : [];
    });
  }

  #indexOf(items: CatalogueItems): Promise<SearchIndex> {
    const index = this.#indexes.get(items) ?? makeIndex(items);
    this.#indexes.set(items, index);
    return index;
  }
}

/** Some items at a time, so that whatever else core is asked is answered in between. */
async function makeIndex(items: CatalogueItems): Promise<SearchIndex> {
  // Read at the first search: a start does not wait for it.
  const { createSearchIndex } = await import('./search-data.ts');
  const index = createSearchIndex();
  let added = 0;
  for (const { searched } of items.list()) {
    index.add(searched);
    added += 1;
    if (added % SEARCH_ITEMS_A_TURN === 0) await setImmediate();
  }
  return index;
}
