import type { Unit, Way } from './readings.ts';
import { there } from './there.ts';

/** How a text has what was typed: up to which of its units, and in how far not literally. */
export interface Spelled {
  readonly end: number;
  /** Units that were typed as another character of the same sound. */
  readonly alike: number;
  /** Units of which the first letters were typed alone. */
  readonly initials: number;
  /** Units that were typed in letters that are taken for theirs. */
  readonly blurred: number;
  /** Units that were typed in letters. */
  readonly letters: number;
}

/** One way in which a unit takes up some of what was typed, up to the place `to`. */
interface Step {
  readonly to: number;
  readonly as: 'itself' | 'alike' | Way['kind'];
}

/** What was typed, for trying it on many texts. */
export class Typed {
  readonly #units: readonly Unit[];
  /** By place: what is typed from there on. */
  readonly #rests: readonly string[];
  /** By place in what was typed: units have few ways on from there, and most units come again and again. */
  readonly #steps: readonly Map<Unit, readonly Step[]>[];

  constructor(units: readonly Unit[]) {
    this.#units = units;
    this.#steps = units.map(() => new Map());
    const characters = units.map(({ character }) => character);
    this.#rests = characters.map((_one, from) => characters.slice(from).join(''));
  }

  /**
   * Whether the units from `at` on can be typed as this: each as its character, as another of its sound, as its syllable or
   * as the first letters of it, in any mixture; the last syllable may be unfinished. The most literal way is taken.
   */
  spells(units: readonly Unit[], at: number, from = 0): Spelled | undefined {
    if (from === this.#units.length) return { end: at, alike: 0, initials: 0, blurred: 0, letters: 0 };
    const unit = units[at];
    if (!unit) return undefined;
    let best: Spelled | undefined;
    for (const { to, as } of this.steps(unit, from)) {
      const rest = this.spells(units, at + 1, to);
      const spelled = rest && counted(rest, as);
      if (spelled && (!best || loose(spelled) < loose(best))) best = spelled;
    }
    return best;
  }

  /** The ways in which a unit takes up what is typed from a place on. */
  steps(unit: Unit, from: number): readonly Step[] {
    const ofPlace = there(this.#steps[from]);
    const known = ofPlace.get(unit);
    if (known) return known;
    const steps = this.#findSteps(unit, from);
    ofPlace.set(unit, steps);
    return steps;
  }

  /** Whether a unit, or the end of a text, can follow where everything before a place is taken up. */
  goesOn(unit: Unit | undefined, from: number): boolean {
    return from === this.#units.length || (unit !== undefined && this.steps(unit, from).length > 0);
  }

  #findSteps(unit: Unit, from: number): Step[] {
    const typed = there(this.#units[from]);
    if (typed.character === unit.character) return [{ to: from + 1, as: 'itself' }];
    if (typed.sounds.length > 0) {
      const isAlike = typed.sounds.some((sound) => unit.sounds.includes(sound));
      return isAlike ? [{ to: from + 1, as: 'alike' }] : [];
    }
    // One letter alone is no beginning of a syllable.
    if (this.#units.length === 1) return [];
    const rest = there(this.#rests[from]);
    return unit.ways.flatMap(({ letters, kind }): Step[] => {
      if (rest.startsWith(letters)) return [{ to: from + letters.length, as: kind }];
      return letters.startsWith(rest) ? [{ to: this.#units.length, as: 'initial' }] : [];
    });
  }
}

function counted(rest: Spelled, as: Step['as']): Spelled {
  if (as === 'itself') return rest;
  if (as === 'alike') return { ...rest, alike: rest.alike + 1 };
  const letters = rest.letters + 1;
  if (as === 'initial') return { ...rest, letters, initials: rest.initials + 1 };
  return { ...rest, letters, blurred: rest.blurred + (as === 'blurred' ? 1 : 0) };
}

function loose({ alike, initials, blurred }: Spelled): number {
  return alike + initials + blurred;
}
