import type { Unit } from './readings.ts';
import type { Term } from './terms.ts';
import { there } from './there.ts';
import type { Typed } from './typed.ts';

/** A text and a place in it are one number; nobody types what stands further back in a text. */
const PLACE_BITS = 8;
const PLACES = 2 ** PLACE_BITS;

type Take = (term: Term, at: number) => void;
type Following = Map<Unit | undefined, number[]>;

/** Where in all texts what was typed may begin: places by their character and the next, so that most are never looked at. */
export class Starts {
  readonly #terms: Term[] = [];
  readonly #places = new Map<Unit, Following>();

  /** `units` are the same objects for the same characters. */
  add(term: Term): void {
    const first = this.#terms.length << PLACE_BITS;
    this.#terms.push(term);
    for (const [at, unit] of term.units.slice(0, PLACES).entries()) {
      const following: Following = this.#places.get(unit) ?? new Map();
      this.#places.set(unit, following);
      const next = term.units[at + 1];
      const places = following.get(next);
      if (places) places.push(first | at);
      else following.set(next, [first | at]);
    }
  }

  /** Calls `take` with all places where these two characters are. */
  eachOfPair(unit: Unit, next: Unit, take: Take): void {
    this.#read(this.#places.get(unit)?.get(next), take);
  }

  /** Calls `take` with all places that are worth trying. */
  each(typed: Typed, take: Take): void {
    for (const [unit, following] of this.#places) {
      const steps = typed.steps(unit, 0);
      if (steps.length === 0) continue;
      for (const [next, places] of following) {
        if (steps.some(({ to }) => typed.goesOn(next, to))) this.#read(places, take);
      }
    }
  }

  #read(places: readonly number[] = [], take: Take): void {
    for (const place of places) {
      take(there(this.#terms[place >> PLACE_BITS]), place & (PLACES - 1));
    }
  }
}
