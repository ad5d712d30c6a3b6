import type { SearchField, SearchMatch } from './match.ts';
import { OneOff } from './one-off.ts';
import type { Searched } from './searched.ts';
import { weightOf, type Term } from './terms.ts';
import { there } from './there.ts';
import { Typed, type Spelled } from './typed.ts';

/** That an item answers a query. */
export interface Answer {
  /** The item's place among the searched. */
  readonly item: number;
  /** From 0 to 1; 1 is the item's very name. */
  readonly score: number;
  readonly match: SearchMatch;
  /** Which of the item's texts it is. */
  readonly field: SearchField;
  readonly text: string;
}

/** What a match earns at least and, when the query is all of the text, at most. */
type LiteralMatch = Exclude<SearchMatch, 'words'>;
const bands: Record<LiteralMatch, readonly [number, number]> = {
  same: [1, 1],
  within: [0.8, 0.95],
  pinyin: [0.75, 0.95],
  sound: [0.7, 0.9],
  initials: [0.6, 0.8],
  'one-off': [0.55, 0.8],
};

/** A shorter query with one character off could be anything. */
const ONE_OFF_CHARACTERS = 4;
const ONE_OFF_LETTERS = 6;

type Take = (answer: Answer) => void;

/** Texts that have the query as it was typed: in characters, in letters, or in others that sound the same. */
export function takeSpelled({ readings, starts }: Searched, plain: string, take: Take): void {
  const typed = new Typed(readings.unitsOf(plain));
  starts.each(typed, (term, at) => {
    const spelled = typed.spells(term.units, at);
    if (spelled) takeAll(term, matchOf(term, at, spelled), (spelled.end - at) / term.units.length, take);
  });
}

function matchOf(term: Term, at: number, { end, alike, initials, letters }: Spelled): LiteralMatch {
  if (initials > 0) return 'initials';
  if (alike > 0) return 'sound';
  if (letters > 0) return 'pinyin';
  return at === 0 && end === term.units.length ? 'same' : 'within';
}

/** Texts that have the query but for one character. */
export function takeOneOff({ readings, starts }: Searched, plain: string, take: Take): void {
  if (plain.length < ONE_OFF_CHARACTERS) return;
  const oneOff = new OneOff(plain);
  const units = readings.unitsOf(plain);
  starts.eachOfPair(there(units[0]), there(units[1]), (term, at) => {
    if (oneOff.hasLeftAt(term.plain, at)) takeNear(term, plain.length / term.plain.length, take);
  });
  const middle = oneOff.left.length;
  starts.eachOfPair(there(units[middle]), there(units[middle + 1]), (term, at) => {
    if (oneOff.hasRightAt(term.plain, at)) takeNear(term, plain.length / term.plain.length, take);
  });
}

/** Texts that are typed like the query but for one letter. */
export function takeOneLetterOff({ terms }: Searched, plain: string, take: Take): void {
  if (plain.length < ONE_OFF_LETTERS) return;
  const oneOff = new OneOff(plain);
  for (const term of terms) if (oneOff.isIn(term.letters)) takeNear(term, plain.length / term.letters.length, take);
}

function takeNear(term: Term, share: number, take: Take): void {
  takeAll(term, 'one-off', Math.min(1, share), take);
}

function takeAll(term: Term, match: LiteralMatch, share: number, take: Take): void {
  for (const { item, field } of term.owners) {
    take({ item, score: scoreOf(match, share, field), match, field, text: term.shown });
  }
}

/** @param share how much of the text the query is, from 0 to 1 */
function scoreOf(match: LiteralMatch, share: number, field: SearchField): number {
  const [least, most] = bands[match];
  return (least + (most - least) * share) * weightOf(field);
}
