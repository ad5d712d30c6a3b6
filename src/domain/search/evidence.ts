import type { CutQuery } from './everyday-words.ts';
import { fieldWeightAt, itemAt } from './postings.ts';
import type { Searched } from './searched.ts';
import type { Term } from './terms.ts';
import { there } from './there.ts';

/** Something of the query that an item may have. */
interface Feature {
  readonly weight: number;
  /** Where it is found, and how much of the weight that earns. */
  readonly sources: readonly { readonly places: readonly number[]; readonly credit: number }[];
  readonly isIn: (term: Term) => boolean;
}

const PAIR_WEIGHT = 1;
const CHARACTER_WEIGHT = 0.25;
const WORD_WEIGHT = 2;
/** What a pair of other characters that sound the same earns. */
const ALIKE_CREDIT = 0.5;

/** How much of a query each item has: its pairs of characters, its characters and the meanings of its words, rare ones counting more. */
export class Evidence {
  readonly #size: number;
  readonly #features: readonly Feature[];
  readonly #all: number;

  constructor(searched: Searched, query: CutQuery) {
    this.#size = searched.items.length;
    this.#features = [
      ...query.runs.flatMap((run) => pairFeatures(searched, run)),
      ...characterFeatures(searched, query),
      ...query.known.map(({ meanings }) => wordFeature(searched, meanings)),
    ];
    this.#all = this.#features.reduce((sum, { weight }) => sum + weight, 0);
  }

  /** By item, from 0 to 1. */
  shares(): Float64Array {
    const shares = new Float64Array(this.#size);
    const given = new Float64Array(this.#size);
    for (const { weight, sources } of this.#features) {
      for (const { places, credit } of sources) {
        const full = (weight * credit) / this.#all;
        for (const place of places) {
          const item = itemAt(place);
          const more = full * fieldWeightAt(place) - there(given[item]);
          if (more <= 0) continue;
          given[item] = there(given[item]) + more;
          shares[item] = there(shares[item]) + more;
        }
      }
      for (const { places } of sources) for (const place of places) given[itemAt(place)] = 0;
    }
    return shares;
  }

  /** How much of it one text has. */
  weightIn(term: Term): number {
    return this.#features.reduce((sum, { weight, isIn }) => sum + (isIn(term) ? weight : 0), 0);
  }
}

/** What few items have tells them apart; what none has still counts as something that was looked for. */
function rarity(size: number, found: number): number {
  return Math.log(1 + size / Math.max(found, 0.5));
}

function pairFeatures({ items, postings, readings }: Searched, run: string): Feature[] {
  const units = readings.unitsOf(run);
  return units.slice(1).map((after, place) => {
    const before = there(units[place]);
    const text = before.character + after.character;
    const literal = postings.ofPair(before, after);
    const alike = postings.ofSoundPair(before, after);
    const found = literal.length > 0 ? literal.length : alike.reduce((sum, places) => sum + places.length, 0);
    return {
      weight: PAIR_WEIGHT * rarity(items.length, found),
      sources: [{ places: literal, credit: 1 }, ...alike.map((places) => ({ places, credit: ALIKE_CREDIT }))],
      isIn: ({ plain }: Term) => plain.includes(text),
    };
  });
}

function characterFeatures({ items, postings, lexicon }: Searched, { essence }: CutQuery): Feature[] {
  return [...new Set(essence)].flatMap((character) => {
    if (lexicon.isFiller(character)) return [];
    const places = postings.ofCharacter(character);
    return {
      weight: CHARACTER_WEIGHT * rarity(items.length, places.length),
      sources: [{ places, credit: 1 }],
      isIn: ({ plain }: Term) => plain.includes(character),
    };
  });
}

function wordFeature({ items, postings }: Searched, meanings: readonly number[]): Feature {
  const sources = meanings.map((meaning) => ({ places: postings.ofMeaning(meaning), credit: 1 }));
  return {
    weight:
      WORD_WEIGHT *
      rarity(
        items.length,
        sources.reduce((sum, { places }) => sum + places.length, 0),
      ),
    sources,
    isIn: (term) => meanings.some((meaning) => term.meanings.has(meaning)),
  };
}
