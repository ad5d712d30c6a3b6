import { setImmediate } from 'node:timers/promises';
import type { FoundItem } from '../../contract/application-view.ts';
import type { CatalogueItem } from '../../domain/item.ts';
import type { SearchIndex } from '../../domain/search/search-index.ts';
import { itemSummaryOf } from '../application/views.ts';
import { SEARCH_HITS, SEARCH_ITEMS_A_TURN } from '../limits.ts';

/** All items of a catalogue; another catalogue is another map. */
type Items = ReadonlyMap<string, CatalogueItem>;

/** Finds items of a catalogue. Its index is made at the first search and goes with the catalogue it is of. */
export class CatalogueSearch {
  readonly #indexes = new WeakMap<Items, Promise<SearchIndex>>();

  /** The best first; nothing for a query without a letter or digit. */
  async find(items: Items, query: string): Promise<FoundItem[]> {
    const index = await this.#indexOf(items);
    return index.search(query, SEARCH_HITS).flatMap(({ code, why }) => {
      const item = items.get(code);
      return item ? [{ item: itemSummaryOf(item), why }] : [];
    });
  }

  #indexOf(items: Items): Promise<SearchIndex> {
    const index = this.#indexes.get(items) ?? makeIndex(items);
    this.#indexes.set(items, index);
    return index;
  }
}

/** Some items at a time, so that whatever else core is asked is answered in between. */
async function makeIndex(items: Items): Promise<SearchIndex> {
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
