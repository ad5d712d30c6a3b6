import type { Lexicon } from './everyday-words.ts';
import type { SearchField } from './match.ts';
import { plainText } from './plain-text.ts';
import { Postings } from './postings.ts';
import type { Readings } from './readings.ts';
import { Starts } from './starts.ts';
import { textsOf, type Searchable, type Term } from './terms.ts';

interface SearchedItem {
  readonly code: string;
  readonly name: string;
  /** Each of its texts, with the weightiest field that has it. */
  readonly terms: ReadonlyMap<Term, SearchField>;
}

/** The items with everything a search looks things up in. */
export class Searched {
  readonly readings: Readings;
  readonly lexicon: Lexicon;
  readonly postings = new Postings();
  readonly starts = new Starts();
  readonly items: SearchedItem[] = [];
  readonly #terms = new Map<string, Term>();

  constructor(readings: Readings, lexicon: Lexicon) {
    this.readings = readings;
    this.lexicon = lexicon;
  }

  /** Every text once, however many items have it. */
  get terms(): Iterable<Term> {
    return this.#terms.values();
  }

  add(item: Searchable): void {
    const place = this.items.length;
    const terms = new Map<Term, SearchField>();
    for (const { field, text } of textsOf(item)) {
      const term = this.#termOf(text);
      if (terms.has(term)) continue;
      terms.set(term, field);
      term.owners.push({ item: place, field });
      this.postings.add(place, field, term);
    }
    this.items.push({ code: item.code, name: item.name, terms });
  }

  #termOf(text: string): Term {
    const known = this.#terms.get(text);
    if (known) return known;
    const plain = plainText(text);
    const units = this.readings.unitsOf(plain);
    const term: Term = {
      shown: text,
      plain,
      units,
      letters: units.map(({ ways }) => ways[1]?.letters ?? ways[0].letters).join(''),
      meanings: this.lexicon.meaningsIn(plain),
      owners: [],
    };
    this.#terms.set(text, term);
    this.starts.add(term);
    return term;
  }
}
