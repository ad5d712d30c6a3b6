import { hallClock } from '../../domain/calendar/day.ts';
import { markup, type Html } from './html.ts';

/** To the second, by the hall's clock. */
export function clock(at: string): string {
  return hallClock(at).replace('T', ' ');
}

/** A name with its value, for a list of facts. */
export function fact(name: string, value: string): Html {
  return markup`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** The same for a value that may be long: it has the width to itself. */
export function wideFact(name: string, value: string): Html {
  return markup`<div class="wide">
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}
