import { searchFields, type SearchField } from './match.ts';
import type { Unit } from './readings.ts';

const weights: Record<SearchField, number> = {
  name: 1,
  'also-called': 0.98,
  variant: 0.9,
  part: 0.8,
  tag: 0.75,
  department: 0.5,
};

/** How much a match in this field counts, from 0 to 1. */
export function weightOf(field: SearchField): number {
  return weights[field];
}

/** What the search reads of an item. */
export interface Searchable {
  readonly code: string;
  readonly name: string;
  /** Short names and everyday names. */
  readonly alsoCalled: readonly string[];
  readonly department: { readonly name: string };
  readonly tags?: readonly string[] | undefined;
  /** 办理项 */
  readonly variants?: readonly { readonly name: string }[] | undefined;
  /** Of an 一件事 */
  readonly parts?: readonly { readonly name: string }[] | undefined;
}

/** A text of one item or of many. */
export interface Term {
  /** As it is written. */
  readonly shown: string;
  readonly plain: string;
  readonly units: readonly Unit[];
  /** As it is typed in letters, each character in its usual reading. */
  readonly letters: string;
  readonly meanings: ReadonlySet<number>;
  readonly owners: Owner[];
}

export interface Owner {
  /** The item's place in the index. */
  readonly item: number;
  readonly field: SearchField;
}

/** The texts of an item with their fields, the weightiest first. */
export function textsOf(item: Searchable): { readonly field: SearchField; readonly text: string }[] {
  const names = (list: readonly { readonly name: string }[] = []) => list.map(({ name }) => name);
  const texts: Record<SearchField, readonly string[]> = {
    name: [item.name],
    'also-called': item.alsoCalled,
    variant: names(item.variants),
    part: names(item.parts),
    tag: item.tags ?? [],
    department: [item.department.name],
  };
  return searchFields.flatMap((field) => texts[field].map((text) => ({ field, text })));
}
