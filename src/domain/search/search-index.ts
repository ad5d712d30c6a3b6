import { takeOneLetterOff, takeOneOff, takeSpelled, type Answer } from './answers.ts';
import { Evidence } from './evidence.ts';
import { Lexicon, type EverydayWords } from './everyday-words.ts';
import type { SearchField, SearchMatch } from './match.ts';
import { plainText } from './plain-text.ts';
import { Readings, type ReadingTable } from './readings.ts';
import { Searched } from './searched.ts';
import type { Searchable } from './terms.ts';
import { there } from './there.ts';

export interface SearchHit {
  readonly code: string;
  /** From 0 to 1; 1 is the item's very name. */
  readonly score: number;
  /** Which of the item's texts answers the query, and how. */
  readonly why: { readonly match: SearchMatch; readonly field: SearchField; readonly text: string };
}

/** What an item earns that has all words of the query, but not as they were typed. */
const ALL_WORDS = 0.6;
/** What has the words of a query much less than the best answer has them is no answer. */
const WORTH_SHOWING = 0.5;

/** Finds items by what people type. What is found, and in which order, does not depend on the order of adding. */
export class SearchIndex {
  readonly #searched: Searched;

  constructor(readings: ReadingTable, words: EverydayWords) {
    this.#searched = new Searched(new Readings(readings), new Lexicon(words));
  }

  /** Each code once. */
  add(item: Searchable): void {
    this.#searched.add(item);
  }

  /** The best answers first; of equals, that of the shorter name, then by code. */
  search(query: string, limit: number): SearchHit[] {
    const plain = plainText(query);
    if (plain === '') return [];
    const cut = this.#searched.lexicon.cut(plain);
    const literal = this.#literal(cut.essence === '' ? [plain] : [...new Set([plain, cut.essence])]);
    const evidence = new Evidence(this.#searched, cut);
    const shares = evidence.shares();
    const ranked = this.#ranked(literal, shares).slice(0, limit);
    return ranked.map(({ item, score, code }) => {
      const answer = literal.get(item);
      if (answer?.score === score) return { code, score, why: whyOf(answer) };
      return { code, score, why: { match: 'words', ...this.#bestText(item, evidence) } };
    });
  }

  /** The best literal answer of each item. */
  #literal(texts: readonly string[]): ReadonlyMap<number, Answer> {
    const best = new Map<number, Answer>();
    const take = (answer: Answer) => {
      const known = best.get(answer.item);
      if (!known || isBetter(answer, known)) best.set(answer.item, answer);
    };
    for (const text of texts) takeSpelled(this.#searched, text, take);
    for (const text of texts) {
      if (!/^[a-z]+$/.test(text)) takeOneOff(this.#searched, text, take);
      else if (best.size === 0) takeOneLetterOff(this.#searched, text, take);
    }
    return best;
  }

  #ranked(literal: ReadonlyMap<number, Answer>, shares: Float64Array) {
    const least = shares.reduce((best, share) => Math.max(best, share), 0) * WORTH_SHOWING;
    const ranked: { item: number; score: number; code: string; length: number }[] = [];
    for (const [item, share] of shares.entries()) {
      const answer = literal.get(item);
      if (!answer && (share === 0 || share < least)) continue;
      const { code, name } = there(this.#searched.items[item]);
      ranked.push({ item, score: Math.max(share * ALL_WORDS, answer?.score ?? 0), code, length: name.length });
    }
    return ranked.toSorted((a, b) => b.score - a.score || a.length - b.length || (a.code < b.code ? -1 : 1));
  }

  #bestText(item: number, evidence: Evidence): { field: SearchField; text: string } {
    let best = { field: 'name' as SearchField, text: '', weight: -1 };
    for (const [term, field] of there(this.#searched.items[item]).terms) {
      const weight = evidence.weightIn(term);
      if (weight > best.weight) best = { field, text: term.shown, weight };
    }
    return { field: best.field, text: best.text };
  }
}

function isBetter(a: Answer, b: Answer): boolean {
  return a.score > b.score || (a.score === b.score && a.text < b.text);
}

function whyOf({ match, field, text }: Answer): SearchHit['why'] {
  return { match, field, text };
}
