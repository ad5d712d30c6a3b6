import { countyItems, colloquialQueries } from '../../fixtures/search/search-data.ts';
import { createSearchIndex } from '../../../src/core/catalogue/search-data.ts';
import type { Measure } from '../measure.ts';
import { sampleItems } from './many-items.ts';

const SHOWN = 3;
/** Of fifty. */
const TARGET = 45;

/** How many of the searches that were written before there was a search are answered. */
export const colloquial: Measure = {
  name: 'colloquial',
  explanation: `Of 50 searches as people say them, those with a right item among the first ${SHOWN}.`,
  async run({ say }) {
    const index = createSearchIndex();
    const items = [...(await sampleItems()), ...countyItems];
    for (const item of items) index.add(item);
    const names = new Map(items.map(({ code, name }) => [code, name]));
    const raw = colloquialQueries.map(({ query, items: right }) => {
      const hits = index.search(query, SHOWN).map(({ code }) => names.get(code) ?? code);
      const place = hits.findIndex((name) => right.includes(name));
      if (place < 0) say(`missed: ${query} (${right.join(', ')}); found: ${hits.join(', ') || 'nothing'}`);
      return { query, place, hits };
    });
    const found = raw.filter(({ place }) => place >= 0);
    say(`${items.length} items; first of all in ${raw.filter(({ place }) => place === 0).length}`);
    return { rows: [{ name: 'search-top-3-of-50', value: found.length, target: TARGET, atLeast: true }], raw };
  },
};
