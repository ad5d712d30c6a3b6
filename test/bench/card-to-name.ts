import type { Page } from '@playwright/test';
import { leaveVisit, walkToReader } from '../drive/visit.ts';
import { lineTime, momentOf } from './line-event.ts';
import type { BenchContext, Measure, Measured } from './measure.ts';
import { median } from './measure.ts';
import { onStage } from './stage.ts';

const ROUNDS = 15;
const TARGET = 1.1;
/** Length of the find command and of its answer: the round of the conversation that the event `card-found` lies in. */
const FIND_BYTES = 10;

/** The moment at which the name is in the document, in milliseconds since 1970. */
function nameShown(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (!document.querySelector('[data-card="identified"] [data-fact="name"] .card-name')?.textContent) return;
          observer.disconnect();
          resolve(performance.timeOrigin + performance.now());
        });
        observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
      }),
  );
}

interface Round {
  readonly bytes: number;
  readonly limit: number;
  readonly fromFound: number;
  readonly fromPut: number;
}

async function run({ folder, say }: BenchContext): Promise<Measured> {
  return onStage(folder, async ({ hall, page }) => {
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      await walkToReader(page);
      const events = Promise.all(['card-laid', 'card-found', 'card-read'].map((kind) => hall.next('reader', kind)));
      const shown = nameShown(page);
      await hall.act('reader', { card: 'zhang' });
      const [laid, found, read] = (await events).map(momentOf);
      if (!laid || !found || !read) throw new Error('the reader told nothing');
      const bytes = FIND_BYTES + (read.bytesIn - found.bytesIn) + (read.bytesOut - found.bytesOut);
      const limit = lineTime(bytes);
      const nameAt = await shown;
      const fromFound = nameAt - found.at + lineTime(FIND_BYTES);
      rounds.push({ bytes, limit, fromFound, fromPut: nameAt - laid.at });
      await hall.act('reader', { card: null });
      await leaveVisit(page);
    }
    const part = (pick: (round: Round) => number) => median(rounds.map(pick));
    say(
      `line's own time ${part(({ limit }) => limit).toFixed(1)} ms for ${part(({ bytes }) => bytes)} bytes; ` +
        `name after ${part(({ fromPut }) => fromPut).toFixed(1)} ms, ` +
        `from the find that saw the card ${part(({ fromFound }) => fromFound).toFixed(1)} ms`,
    );
    return {
      rows: [
        { name: 'card-to-name', value: part(({ fromFound, limit }) => fromFound / limit), target: TARGET },
        { name: 'card-put-to-name', value: part(({ fromPut, limit }) => fromPut / limit), target: TARGET },
      ],
      raw: { unit: 'ms', rounds },
    };
  });
}

export const cardToName: Measure = {
  name: 'card-to-name',
  explanation:
    'Against bytes x 10 / baud of find, select and read in both directions at 115200, over a real terminal whose other end ' +
    'is paced. card-to-name counts from the first bit of the find that sees the card until the name is in the document; ' +
    'card-put-to-name from the card on the reader, with the wait for that find. The simulated reader needs no time for its radio.',
  run,
};
