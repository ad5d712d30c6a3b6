import { searchFields, type SearchField } from './match.ts';
import { soundPair, type Unit } from './readings.ts';
import { weightOf, type Term } from './terms.ts';

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
  return fieldWeights[place & FIELD_MASK] ?? 0;
}

/**
 * Which items have what, in their order: characters and pairs of characters, pairs of sounds, meanings. A place is the item
 * and the weightiest field that has it, in one number.
 */
export class Postings {
  readonly #characters = new Map<string, number[]>();
  readonly #soundPairs = new Map<number, number[]>();
  readonly #meanings = new Map<number, number[]>();

  /** Item by item, and within each the weightiest field first. */
  add(item: number, field: SearchField, { units, meanings }: Term): void {
    const place = (item << FIELD_BITS) | searchFields.indexOf(field);
    for (const [at, { character }] of units.entries()) {
      post(this.#characters, character, place);
      const next = units[at + 1];
      if (next) post(this.#characters, character + next.character, place);
    }
    for (const pair of soundPairsOf(units)) post(this.#soundPairs, pair, place);
    for (const meaning of meanings) post(this.#meanings, meaning, place);
  }

  /** Places of one character or of two that follow each other. */
  ofCharacters(characters: string): readonly number[] {
    return this.#characters.get(characters) ?? none;
  }

  ofSoundPair(pair: number): readonly number[] {
    return this.#soundPairs.get(pair) ?? none;
  }

  ofMeaning(meaning: number): readonly number[] {
    return this.#meanings.get(meaning) ?? none;
  }
}

/** All pairs of sounds that follow each other in a text. */
export function soundPairsOf(units: readonly Unit[]): number[] {
  return units.flatMap(({ sounds }, at) =>
    sounds.flatMap((before) => (units[at + 1]?.sounds ?? []).map((after) => soundPair(before, after))),
  );
}

function post<K>(map: Map<K, number[]>, key: K, place: number): void {
  const places = map.get(key);
  if (!places) map.set(key, [place]);
  else if (itemAt(places.at(-1) ?? -1) !== itemAt(place)) places.push(place);
}
