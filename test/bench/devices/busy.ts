import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HallSimulators } from '../../../scripts/hall/simulators.ts';
import { z } from 'zod';
import { DeviceProcess } from '../../fixtures/device-process.ts';
import { linkTo } from '../../fixtures/link-to.ts';
import { nextEvent } from '../../fixtures/next-event.ts';
import type { BenchContext, Measure, Measured } from '../measure.ts';
import type { Workplace } from './uses.ts';
import { uses } from './uses.ts';

const BUSY_MS = 15_000;
const QUIET_MS = 2_000;
const TARGET_MS = 10;

/** One of each class; the speeds are those that such devices have. */
const devices = [
  { class: 'id-reader', driver: 'sam-reader', profile: 'serial-115200', baudRate: 115_200 },
  { class: 'ticket-printer', driver: 'escpos-printer', profile: '80mm-gs-h', baudRate: 115_200 },
  { class: 'rating-pad', driver: 'table-pad', profile: 'four-key-ff68', baudRate: 9_600 },
  { class: 'document-scanner', driver: 'escl-scanner', profile: 'generic', baudRate: undefined },
  { class: 'code-reader', driver: 'ssi-scanner', profile: 'imager', baudRate: 9_600 },
  { class: 'cue-lamps', driver: 'slot-lamp', profile: 'slots-11-15', baudRate: 9_600 },
] as const;

const watcher = join(import.meta.dirname, 'loop-delay.ts');
const loopDelay = z.object({
  type: z.literal('loop-delay'),
  p50: z.number(),
  p90: z.number(),
  p99: z.number(),
  max: z.number(),
  samples: z.int().positive(),
});
/** How long the event loop was held up since it was asked before. */
type LoopDelay = z.infer<typeof loopDelay>;

/** Uses all devices at the same time. One whose use ends with an error ends the others and the measure. */
async function useAll(hands: Omit<Workplace, 'over'>): Promise<Readonly<Record<string, number>>> {
  const stop = new AbortController();
  const over = AbortSignal.any([AbortSignal.timeout(BUSY_MS), stop.signal]);
  const place = { ...hands, over };
  try {
    const counts = Object.entries(uses).map(async ([id, use]) => [id, await use(place)] as const);
    return Object.fromEntries(await Promise.all(counts));
  } finally {
    stop.abort();
  }
}

interface Taken {
  readonly quiet: LoopDelay;
  readonly busy: LoopDelay;
  readonly counts: Readonly<Record<string, number>>;
}

async function take(kiosk: DeviceProcess, hands: Pick<Workplace, 'act' | 'next'>): Promise<Taken> {
  await kiosk.ask(loopDelay);
  await setTimeout(QUIET_MS);
  const quiet = await kiosk.ask(loopDelay);
  const counts = await useAll({ client: kiosk.client, ...hands });
  return { quiet, busy: await kiosk.ask(loopDelay), counts };
}

async function run({ folder, say }: BenchContext): Promise<Measured> {
  const simulated = devices.map(({ baudRate, driver, profile, class: id }) => ({
    id,
    driver,
    profile,
    ...(baudRate === undefined ? {} : { baudRate }),
  }));
  const events = new EventEmitter();
  const simulators = await HallSimulators.open(join(folder, 'ports'), simulated, (id, event) => events.emit(id, event));
  try {
    const configs = devices.map(({ baudRate, ...device }) => {
      const link = linkTo(simulators.ports.get(device.class) ?? '', baudRate);
      return { id: device.class, ...device, link };
    });
    const kiosk = await DeviceProcess.start(folder, configs, watcher);
    try {
      const {
        quiet,
        busy: delay,
        counts,
      } = await take(kiosk, {
        act: (id, action) => simulators.act(id, action),
        next: (id, name) => nextEvent(events, id, name),
      });
      say(`uses: ${JSON.stringify(counts)}`);
      say(`p99 ${delay.p99.toFixed(2)} ms, longest ${delay.max.toFixed(1)} ms; at rest p99 ${quiet.p99.toFixed(2)} ms`);
      const idle = devices.filter(({ class: id }) => !counts[id]);
      if (idle.length > 0) throw new Error(`not used: ${idle.map(({ class: id }) => id).join(', ')}`);
      return {
        rows: [{ name: 'loop-delay-p99', value: delay.p99, target: TARGET_MS }],
        raw: { unit: 'ms', quiet, busy: delay, counts },
      };
    } finally {
      await kiosk.stop();
    }
  } finally {
    await simulators.close();
  }
}

export const busy: Measure = {
  name: 'busy',
  explanation:
    'How long the event loop of the device process is held up, in milliseconds, the 1 ms between two looks included, while six ' +
    'devices are used without pause: cards, tickets, presses, scanned pages, codes, lamps; their simulators are another process.',
  run,
};
