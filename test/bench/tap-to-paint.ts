import { spawn } from 'node:child_process';
import type { Page } from '@playwright/test';
import { QUICK_TAP_MS, restFinger } from '../drive/finger.ts';
import {
  chooseItem,
  fillApplication,
  onPage,
  press,
  rate,
  receiptOutcome,
  signAndSubmit,
  typeOnScreen,
  walkPastReader,
  walkToReader,
} from '../drive/visit.ts';
import type { BenchContext, Measure, Measured } from './measure.ts';
import { percentile } from './measure.ts';
import type { Stage } from './stage.ts';
import { answers, item, onStage } from './stage.ts';

const VISITS = 2;
const TARGET = 50;

interface Tap {
  readonly page: string;
  readonly ms: number;
}

interface Watched {
  /** Resolves when the frames after the tap that ends now are on the screen. */
  readonly answered: () => Promise<void>;
  readonly taken: () => Promise<Tap[]>;
}

/**
 * Takes each tap by the Event Timing API: from the moment the browser got the event until the frame after it was presented,
 * the longest of the events of one tap (pointerdown, pointerup, click). The API passes over events below 16 ms; their taps
 * count as 16 ms.
 */
async function watchTaps(page: Page): Promise<Watched> {
  // Told at once, and kept here: a page does not outlive its visit.
  const taps = new Map<string, Tap>();
  await page.exposeFunction('benchTap', (key: string, tap: Tap) => {
    if (tap.ms > (taps.get(key)?.ms ?? 0)) taps.set(key, tap);
  });
  let answered = Promise.withResolvers<void>();
  await page.exposeFunction('benchAnswered', () => answered.resolve());
  // A page that is gone answers nothing more.
  page.on('framenavigated', () => answered.resolve());
  const watch = () => {
    const tell: (key: string, tap: { page: string; ms: number }) => void = Reflect.get(window, 'benchTap');
    const taken: { page: string; at: number; ms: number }[] = [];
    const told = (tap: { page: string; at: number; ms: number }) =>
      tell(`${performance.timeOrigin} ${tap.at}`, { page: tap.page, ms: tap.ms });
    const answer: () => void = Reflect.get(window, 'benchAnswered');
    const kinds = ['pointerdown', 'pointerup', 'click'];
    // The frame that a callback is called for is on the screen when the one after it begins.
    const frame = (then: () => void) => requestAnimationFrame(then);
    window.addEventListener('pointerup', () => frame(() => frame(() => frame(answer))), { capture: true });
    for (const kind of kinds)
      window.addEventListener(
        kind,
        (event) => {
          if (kind !== 'pointerdown') return;
          const name = document.querySelector('[data-page]')?.getAttribute('data-page') ?? '';
          const tap = { page: name, at: event.timeStamp, ms: 16 };
          taken.push(tap);
          told(tap);
        },
        { capture: true },
      );
    const take = (entries: PerformanceEntryList): void => {
      for (const entry of entries) {
        const tap = taken.findLast(({ at }) => at <= entry.startTime);
        if (!tap || !kinds.includes(entry.name)) continue;
        tap.ms = Math.max(tap.ms, entry.duration);
        told(tap);
      }
    };
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    const options = { type: 'event', durationThreshold: 16 };
    observer.observe(options);
    Reflect.set(window, 'benchTakeRest', () => take(observer.takeRecords()));
  };
  await page.addInitScript(watch);
  await page.evaluate(watch);
  return {
    answered: () => {
      answered = Promise.withResolvers();
      return answered.promise;
    },
    async taken() {
      await page.evaluate(() => Reflect.get(window, 'benchTakeRest')());
      return [...taps.values()];
    },
  };
}

async function walkEverywhere({ hall, page }: Stage): Promise<void> {
  await press(page, 'guide');
  await onPage(page, 'guides');
  await chooseItem(page, item);
  await onPage(page, 'guide');
  await press(page, 'back');
  await onPage(page, 'guides');
  await press(page, 'back');
  await walkToReader(page);
  await hall.act('reader', { card: 'zhang' });
  await walkPastReader(page);
  await hall.act('reader', { card: null });
  await chooseItem(page, item);
  await fillApplication(page, answers);
  const number = await signAndSubmit(page);
  await receiptOutcome(page);
  await onPage(page, 'rating');
  await rate(page, 'satisfied');
  await onPage(page, 'end');
  await press(page, 'next');
  await onPage(page, 'home');
  await press(page, 'progress');
  await typeOnScreen(page, number);
  await press(page, 'next');
  await page.locator('[data-stage]').waitFor();
  await press(page, 'back');
}

async function run({ folder, say }: BenchContext): Promise<Measured> {
  return onStage(folder, async (stage) => {
    // One of the two cores is taken away, as a busy machine does.
    const busy = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
    try {
      const { answered, taken } = await watchTaps(stage.page);
      restFinger(stage.page, { milliseconds: QUICK_TAP_MS, answered });
      for (let visit = 0; visit < VISITS; visit += 1) await walkEverywhere(stage);
      const taps = await taken();
      const times = taps.map(({ ms }) => ms);
      const pages = Object.groupBy(taps, ({ page }) => page);
      for (const [page, of] of Object.entries(pages)) {
        const ms = (of ?? []).map((tap) => tap.ms);
        say(`${page}: ${ms.length} taps, p95 ${percentile(ms, 0.95).toFixed(0)} ms, longest ${Math.max(...ms)} ms`);
      }
      return {
        rows: [{ name: 'tap-to-paint-p95', value: percentile(times, 0.95), target: TARGET }],
        raw: { unit: 'ms', taps },
      };
    } finally {
      busy.kill('SIGKILL');
    }
  });
}

export const tapToPaint: Measure = {
  name: 'tap-to-paint-p95',
  explanation:
    'Milliseconds from a tap to the next frame on the screen by the Event Timing API, on every page of two visits and the ' +
    'enquiries, each key included, while another program keeps one core busy; the finger comes as soon as anybody can react to what it presses and rests on the glass as a quick one does. What comes later from core (a next page that ' +
    'needs its answer) is in the frame after that.',
  run,
};
