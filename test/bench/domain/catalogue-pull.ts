import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import './as-core-runs.ts';
import { systemClock } from '../../../src/contract/clock.ts';
import type { CatalogueChange } from '../../../src/contract/platform-api.ts';
import { Catalogue } from '../../../src/core/catalogue/catalogue.ts';
import { CataloguePull } from '../../../src/core/catalogue/catalogue-pull.ts';
import { LiveCatalogue } from '../../../src/core/catalogue/live-catalogue.ts';
import { PulledStore } from '../../../src/core/catalogue/pulled-store.ts';
import { openStore } from '../../../src/core/store/open-store.ts';
import { createTransact } from '../../../src/core/store/transact.ts';
import { manifestText } from '../../../src/domain/catalogue/manifest.ts';
import type { CatalogueItem } from '../../../src/domain/item.ts';
import { type Measure, median } from '../measure.ts';
import { manyItems, sampleItems } from './many-items.ts';
import { timed } from './pause.ts';

const ITEMS = 5_000;
/** As the platform's pages. */
const PAGE = 25;
const ROUNDS = 3;
/** Milliseconds. */
const LOAD_TARGET = 1_000;
const PAUSE_TARGET = 10;

/** A catalogue as it comes from the platform, page by page, over a line that takes no time: all that is left is core's own work. */
export const cataloguePull: Measure = {
  name: 'catalogue-pull',
  explanation: `Taking ${ITEMS} published items over: how long from the last page until they are live, and how long core is deaf meanwhile.`,
  async run({ folder, say }) {
    const store = openStore({ path: join(folder, 'kiosk.db'), now: () => new Date() });
    if (!store.ok) throw new Error(store.detail ?? store.reason);
    const pulled = new PulledStore(store.value.database);
    const samples = manyItems(await sampleItems(), ITEMS);
    const live = new LiveCatalogue(new Catalogue([]));
    const rounds: { ms: number; pause: number; liveMs: number; livePause: number }[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const published = publish(samples, round);
      const before = live.items;
      let untilLive: ReturnType<typeof timed> | undefined;
      const pull = new CataloguePull({
        clock: systemClock,
        log: () => undefined,
        transact: createTransact(store.value.database),
        reachability: { state: 'reachable', onChange: () => () => undefined },
        pulled,
        live,
        onChange: () => undefined,
        platform: {
          catalogueHead: async () => ({ kind: 'done', value: published.head }),
          async catalogueChanges({ after }) {
            await setImmediate();
            const from = after === '' ? 0 : published.changes.findIndex(({ code }) => code > after);
            const more = from + PAGE < ITEMS;
            if (!more) untilLive = timed(() => watchUntil(() => live.items !== before));
            return { kind: 'done', value: { changes: published.changes.slice(from, from + PAGE), more } };
          },
        },
      });
      const { ms, pause } = await timed(() => pull.pull(new AbortController().signal));
      if (live.items.size !== ITEMS || !untilLive) throw new Error(JSON.stringify(live.leftOut[0]));
      const switched = await untilLive;
      rounds.push({ ms, pause, liveMs: switched.ms, livePause: switched.pause });
      say(
        `all in ${ms.toFixed(0)} ms, pause ${pause.toFixed(1)} ms, most of it the disk's; ` +
          `live ${switched.ms.toFixed(0)} ms after the last page, pause ${switched.pause.toFixed(1)} ms`,
      );
    }
    store.value.database.close();
    return {
      rows: [
        {
          name: `catalogue-pulled-${ITEMS}-items-live-ms`,
          value: median(rounds.map(({ liveMs }) => liveMs)),
          target: LOAD_TARGET,
        },
        {
          name: 'catalogue-pulled-switch-pause-ms',
          value: median(rounds.map(({ livePause }) => livePause)),
          target: PAUSE_TARGET,
        },
      ],
      raw: rounds,
    };
  },
};

async function watchUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await setImmediate();
}

/** Each round another text of every item, so that nothing of it is known. */
function publish(samples: readonly CatalogueItem[], version: number) {
  const published = new Date().toISOString();
  const changes = samples
    .map((item): CatalogueChange & { sha256: string } => {
      const content = JSON.stringify({ ...item, version });
      const stamp = { batch: String(version), time: published, sha256: sha256(content), content };
      return { operation: 'I', code: item.code, ...stamp };
    })
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const hash = sha256(manifestText(changes));
  return { changes, head: { version, batch: String(version), publishedAt: published, items: ITEMS, hash } };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
