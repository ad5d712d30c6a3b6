import { createSearchIndex } from '../../../src/core/catalogue/search-data.ts';
import type { CatalogueItem } from '../../../src/domain/item.ts';
import type { SearchIndex } from '../../../src/domain/search/search-index.ts';
import { plainText } from '../../../src/domain/search/plain-text.ts';
import { Readings } from '../../../src/domain/search/readings.ts';
import { colloquialQueries, readingTable } from '../../fixtures/search/search-data.ts';
import { type Measure, percentile } from '../measure.ts';
import { manyItems, sampleItems } from './many-items.ts';

const ITEMS = 5_000;
const GROWN = 50_000;
/** Milliseconds. */
const TARGET = 10;
const HITS = 20;
const NAMES = 25;
/** Every search so often before it counts, so that code is compiled. */
const WARM_UP = 2;
const ROUNDS = 4;

/** Searches of all kinds, each by itself, from what was typed to the sorted answer. */
export const searchSpeed: Measure = {
  name: 'search',
  explanation: `How long a search takes among ${ITEMS} items, and among ${GROWN}.`,
  async run({ say }) {
    const samples = await sampleItems();
    const few = time(manyItems(samples, ITEMS));
    const p95 = percentile(few.times, 0.95);
    say(
      `${ITEMS} items: p50 ${percentile(few.times, 0.5).toFixed(2)} ms, slowest ${few.slowest}; index in ${few.made} ms`,
    );
    const many = time(manyItems(samples, GROWN));
    const growth = [0.5, 0.95].map((part) => percentile(many.times, part).toFixed(2));
    say(`${GROWN} items: p50 ${growth[0]} ms, p95 ${growth[1]} ms, slowest ${many.slowest}; index in ${many.made} ms`);
    return {
      rows: [{ name: `search-p95-${ITEMS}-items-ms`, value: p95, target: TARGET }],
      raw: { [ITEMS]: few, [GROWN]: many },
    };
  },
};

function time(items: readonly CatalogueItem[]) {
  const began = performance.now();
  const index = createSearchIndex();
  for (const item of items) index.add(item);
  const made = Math.round(performance.now() - began);
  const taken: { query: string; ms: number }[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const query of queriesFor(items)) {
      const ms = timeOne(index, query);
      if (round >= 0) taken.push({ query, ms });
    }
  }
  const slowest = taken.toSorted((a, b) => b.ms - a.ms)[0];
  return { times: taken.map(({ ms }) => ms), slowest: `${slowest?.query} ${slowest?.ms.toFixed(1)} ms`, made };
}

function timeOne(index: SearchIndex, query: string): number {
  const began = performance.now();
  index.search(query, HITS);
  return performance.now() - began;
}

/** As people say it; names in full, with a wrong character, in pinyin and by initials; and what nearly everything has. */
function queriesFor(items: readonly CatalogueItem[]): string[] {
  const readings = new Readings(readingTable);
  const step = Math.floor(items.length / NAMES);
  const names = Array.from({ length: NAMES }, (_each, place) => items[place * step]?.name ?? '').map(plainText);
  const letters = names.map((name) => readings.unitsOf(name).map(({ ways }) => ways[1]?.letters ?? ways[0].letters));
  return [
    ...colloquialQueries.map(({ query }) => query),
    ...names,
    ...names.map((name) => `${name.slice(0, 3)}龙${name.slice(4)}`),
    ...letters.map((name) => name.slice(0, 5).join('')),
    ...letters.map((name) => name.map((syllable) => syllable.charAt(0)).join('')),
    ...names.map((name, place) => name.slice(0, 2) + (letters[place]?.slice(2, 4).join('') ?? '')),
    '登记',
    '证',
    'dengji',
    'dj',
  ];
}
