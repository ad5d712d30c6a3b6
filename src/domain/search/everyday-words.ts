import { plainText } from './plain-text.ts';

/** What the search knows of everyday language. */
export interface EverydayWords {
  /** Words that say nothing about what is looked for. */
  readonly fillers: readonly string[];
  /** By subject: groups of words for the same thing. A word may be in several groups. */
  readonly sameMeaning: Readonly<Record<string, readonly (readonly string[])[]>>;
}

/** A word of a query, and the groups it is in. */
export interface KnownWord {
  readonly word: string;
  readonly meanings: readonly number[];
}

/** A query taken apart. */
export interface CutQuery {
  /** All of it but the fillers. */
  readonly essence: string;
  /** What stands together. Fillers of one character stay where they are, since many words have such a character inside. */
  readonly runs: readonly string[];
  readonly known: readonly KnownWord[];
}

export class Lexicon {
  readonly #meanings = new Map<string, number[]>();
  readonly #fillers: ReadonlySet<string>;
  readonly #longest: number;

  constructor({ fillers, sameMeaning }: EverydayWords) {
    this.#fillers = new Set(fillers.map(plainText));
    let group = 0;
    for (const words of Object.values(sameMeaning).flat()) {
      for (const word of words.map(plainText)) this.#meanings.set(word, [...(this.#meanings.get(word) ?? []), group]);
      group += 1;
    }
    const all = [...this.#fillers, ...this.#meanings.keys()];
    this.#longest = all.reduce((longest, { length }) => Math.max(longest, length), 0);
  }

  /** The groups of all words inside a text in the form of {@link plainText}. */
  meaningsIn(plain: string): ReadonlySet<number> {
    const found = new Set<number>();
    for (let from = 0; from < plain.length; from += 1) {
      for (let to = from + 1; to <= Math.min(from + this.#longest, plain.length); to += 1) {
        for (const meaning of this.#meanings.get(plain.slice(from, to)) ?? []) found.add(meaning);
      }
    }
    return found;
  }

  /** Takes the longest known word or filler at each place, from left to right. */
  cut(plain: string): CutQuery {
    const known: KnownWord[] = [];
    const runs: string[] = [];
    let run = '';
    let essence = '';
    for (let at = 0; at < plain.length;) {
      const word = this.#longestAt(plain, at);
      const meanings = this.#meanings.get(word);
      const isFiller = !meanings && this.#fillers.has(word);
      if (meanings) known.push({ word, meanings });
      if (!isFiller) essence += word;
      if (isFiller && word.length > 1) {
        runs.push(run);
        run = '';
      } else run += word;
      at += word.length;
    }
    return { essence, runs: [...runs, run].filter((one) => one !== ''), known };
  }

  isFiller(word: string): boolean {
    return this.#fillers.has(word);
  }

  /** The longest word of the lexicon that `plain` has at a place, else one character. */
  #longestAt(plain: string, at: number): string {
    for (let to = Math.min(at + this.#longest, plain.length); to > at; to -= 1) {
      const word = plain.slice(at, to);
      if (this.#meanings.has(word) || this.#fillers.has(word)) return word;
    }
    return plain.charAt(at);
  }
}
