/**
 * Numbers that look like chance and are the same for the same seed (mulberry32 by Tommy Ettinger, public domain). Not for
 * secrets.
 */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  /** One of several; throws when there is none. */
  of<T>(choices: readonly T[]): T {
    const index = this.below(choices.length);
    const chosen = choices[index];
    if (chosen === undefined) throw new RangeError('nothing to choose from');
    return chosen;
  }
}
