import { expect, it } from 'vitest';
import { countHits, missedPlaces, places } from './hits.ts';

it('counts what kills met, by place', () => {
  expect(countHits(['scan', 'sync', 'scan'])).toEqual({ 'hits in scan': 2, 'hits in sync': 1 });
  expect(countHits([])).toEqual({});
});

it('of a thousand kills some have to have met each place', () => {
  const enough = countHits(places.flatMap((place) => Array.from({ length: 10 }, () => place)));
  expect(missedPlaces({ kills: 1_000, ...enough })).toEqual([]);
  expect(missedPlaces({ kills: 1_000, ...enough, 'hits in migration': 9 })).toEqual([
    'only 9 kills met migration, and 10 should have',
  ]);
  expect(missedPlaces({ kills: 25, 'hits in scan': 1 })).toEqual([]);
  expect(missedPlaces({ kills: 25 })).toEqual(['no kill met any work']);
});
