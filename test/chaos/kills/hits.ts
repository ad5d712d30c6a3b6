/** What a kill can meet. `start`: of a kiosk whose store needs no migration. */
export const places = ['start', 'scan', 'hand-in', 'sync', 'migration', 'backup', 'restore'] as const;
export type Place = (typeof places)[number];

const nameOf = (place: Place) => `hits in ${place}`;

/** As counts of a report. A kill may meet two at once, as the sending of one case and the next one's page; or nothing. */
export function countHits(hits: readonly Place[]): Record<string, number> {
  return Object.fromEntries(
    places
      .filter((place) => hits.includes(place))
      .map((place) => [nameOf(place), hits.filter((hit) => hit === place).length]),
  );
}

/** In each place at least one of so many kills has to have met the work; few kills need only have met some. */
const KILLS_FOR_A_HIT = 100;

/** The places that the kills of all rounds missed, by their counts. */
export function missedPlaces(counts: Readonly<Record<string, number>>): string[] {
  const hits = places.map((place) => ({ place, count: counts[nameOf(place)] ?? 0 }));
  if (hits.every(({ count }) => count === 0)) return ['no kill met any work'];
  const least = Math.floor((counts['kills'] ?? 0) / KILLS_FOR_A_HIT);
  return hits
    .filter(({ count }) => count < least)
    .map(({ place, count }) => `only ${count} kills met ${place}, and ${least} should have`);
}
