import { searchFields, type SearchField } from './match.ts';
import type { Unit } from './readings.ts';
import { weightOf, type Term } from './terms.ts';
import { there } from './there.ts';

/** Field numbers fit below; so does the sign. */
const FIELD_BITS = 3;
const FIELD_MASK = 2 ** FIELD_BITS - 1;
const none: readonly number[] = [];
const fieldWeights = searchFields.map(weightOf);

/** The item of a place. */
export function itemAt(place: number): number {
  return place >> FIELD_BITS;
}

/** How much the field of a place counts. */
export function fieldWeightAt(place: number): number {
  return there(fieldWeights[place & FIELD_MASK]);
}

/** By the first of two, then by the second: many small maps, none of which takes long to grow. */
type Pairs<K> = Map<K, Map<K, number[]>>;

/**
 * Which items have what, in their order: characters and pairs of characters, pairs of sounds, meanings. A place is the item
 * and the weightiest field that has it, in one number.
 */
export class Postings {
  readonly #characters = new Map<string, number[]>();
  readonly #pairs: Pairs<string> = new Map();
  readonly #soundPairs: Pairs<number> = new Map();
  readonly #meanings = new Map<number, number[]>();

  /** Item by item, and within each the weightiest field first. */
  add(item: number, field: SearchField, { units, meanings }: Term): void {
    const place = (item << FIELD_BITS) | searchFields.indexOf(field);
    for (const [at, { character, sounds }] of units.entries()) {
      post(this.#characters, character, place);
      const next = units[at + 1];
      if (!next) continue;
      post(secondOf(this.#pairs, character), next.character, place);
      for (const sound of sounds) {
        const following = secondOf(this.#soundPairs, sound);
        for (const nextSound of next.sounds) post(following, nextSound, place);
      }
    }
    for (const meaning of meanings) post(this.#meanings, meaning, place);
  }

  ofCharacter(character: string): readonly number[] {
    return this.#characters.get(character) ?? none;
  }

  /** Where these two follow each other. */
  ofPair(before: Unit, after: Unit): readonly number[] {
    return this.#pairs.get(before.character)?.get(after.character) ?? none;
  }

  /** Where two of the same sounds follow each other: a list for each way to read them. */
  ofSoundPair(before: Unit, after: Unit): readonly (readonly number[])[] {
    return before.sounds.flatMap((sound) => {
      const following = this.#soundPairs.get(sound);
      return after.sounds.map((nextSound) => following?.get(nextSound) ?? none);
    });
  }

  ofMeaning(meaning: number): readonly number[] {
    return this.#meanings.get(meaning) ?? none;
  }
}

function secondOf<K>(pairs: Pairs<K>, first: K): Map<K, number[]> {
  const known = pairs.get(first);
  if (known) return known;
  const second = new Map<K, number[]>();
  pairs.set(first, second);
  return second;
}

function post<K>(map: Map<K, number[]>, key: K, place: number): void {
  const places = map.get(key) ?? [];
  const last = places.at(-1);
  if (last === undefined) map.set(key, places);
  else if (itemAt(last) === itemAt(place)) return;
  places.push(place);
}
