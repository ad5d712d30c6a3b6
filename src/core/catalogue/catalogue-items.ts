import type { ItemSummary } from '../../contract/application-view.ts';
import { catalogueItem, type CatalogueItem } from '../../domain/item.ts';
import type { Searchable } from '../../domain/search/terms.ts';
import { itemSummaryOf } from '../application/views.ts';

/** What lists and searches need of an item. */
export interface ListedItem {
  readonly summary: ItemSummary;
  readonly version: number;
  readonly searched: Searchable;
}

export function listedItemOf(item: CatalogueItem): ListedItem {
  const { code, name, alsoCalled, department, tags, variants, parts } = item;
  const named = (list: readonly { readonly name: string }[]) => list.map((one) => ({ name: one.name }));
  return {
    summary: itemSummaryOf(item),
    version: item.version,
    searched: {
      code,
      name,
      alsoCalled,
      department: { name: department.name },
      ...(tags && { tags }),
      ...(variants && { variants: named(variants) }),
      ...(parts && { parts: named(parts) }),
    },
  };
}

interface Held {
  readonly listed: ListedItem;
  readonly read: () => string;
}

/**
 * The items of one catalogue, by 实施编码. What lists and searches need is at hand; all of an item is read from its text, which
 * was checked, when somebody asks for it: five thousand whole items would fill the memory with so much that looking through it
 * for what is of no more use keeps everybody waiting.
 */
export class CatalogueItems {
  readonly #held = new Map<string, Held>();

  /** `read`: gives the text of the item, the same each time. */
  add(listed: ListedItem, read: () => string): void {
    this.#held.set(listed.summary.code, { listed, read });
  }

  get size(): number {
    return this.#held.size;
  }

  has(code: string): boolean {
    return this.#held.has(code);
  }

  get(code: string): CatalogueItem | undefined {
    const held = this.#held.get(code);
    return held && catalogueItem.parse(JSON.parse(held.read()));
  }

  listed(code: string): ListedItem | undefined {
    return this.#held.get(code)?.listed;
  }

  /** In the order of the catalogue. */
  *list(): Generator<ListedItem, void, undefined> {
    for (const { listed } of this.#held.values()) yield listed;
  }
}
