import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import './as-core-runs.ts';
import { CatalogueSearch } from '../../../src/core/catalogue/catalogue-search.ts';
import { checkInTurns, LiveCatalogue } from '../../../src/core/catalogue/live-catalogue.ts';
import { loadCatalogue } from '../../../src/core/catalogue/load-catalogue.ts';
import { type Measure, median } from '../measure.ts';
import { manyItems, sampleItems } from './many-items.ts';
import { timed } from './pause.ts';

const ITEMS = 5_000;
const ROUNDS = 3;
/** Milliseconds. */
const LOAD_TARGET = 1_000;
const PAUSE_TARGET = 10;

/** A whole catalogue read from its folder and checked, item by item as core does it, then put in the place of another. */
export const catalogueLoad: Measure = {
  name: 'catalogue',
  explanation: `Reading and checking ${ITEMS} items, switching to them, and the first search in them; and how long core is deaf meanwhile.`,
  async run({ folder, say }) {
    for (const item of manyItems(await sampleItems(), ITEMS)) {
      await writeFile(join(folder, `${item.code}.json`), JSON.stringify(item));
    }
    const before = await loaded(folder);
    const live = new LiveCatalogue(before);
    const search = new CatalogueSearch();
    const rounds: Record<'load' | 'loadPause' | 'firstSearch' | 'searchPause', number>[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const load = await timed(async () => live.replace(await loaded(folder)));
      const first = await timed(() => search.find(live.items, '居民身份证'));
      rounds.push({
        load: load.ms,
        loadPause: load.pause,
        firstSearch: first.ms,
        searchPause: first.pause,
      });
      say(
        `read and checked in ${load.ms.toFixed(0)} ms, pause ${load.pause.toFixed(1)} ms; ` +
          `first search after it ${first.ms.toFixed(0)} ms, pause ${first.pause.toFixed(1)} ms`,
      );
    }
    return {
      rows: [
        {
          name: `catalogue-load-${ITEMS}-items-ms`,
          value: median(rounds.map(({ load }) => load)),
          target: LOAD_TARGET,
        },
        {
          name: 'catalogue-switch-pause-ms',
          value: median(rounds.map(({ loadPause }) => loadPause)),
          target: PAUSE_TARGET,
        },
        {
          name: 'catalogue-first-search-pause-ms',
          value: median(rounds.map(({ searchPause }) => searchPause)),
          target: PAUSE_TARGET,
        },
      ],
      raw: rounds,
    };
  },
};

async function loaded(folder: string) {
  const catalogue = await loadCatalogue(folder);
  if (!catalogue.ok) throw new Error(catalogue.detail ?? catalogue.reason);
  await checkInTurns(catalogue.value, new AbortController().signal);
  if (catalogue.value.items.size !== ITEMS) throw new Error(JSON.stringify(catalogue.value.leftOut[0]));
  return catalogue.value;
}
