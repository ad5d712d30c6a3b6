import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeviceClass } from '../../../src/contract/device-classes.ts';
import { hands } from './hands.ts';
import type { Holdings } from './holdings.ts';
import { counted, growthOf, holdingsOf } from './holdings.ts';
import { BACK_MS, CYCLE_MS } from './limits.ts';
import { deviceIds, Place } from './place.ts';
import type { PulledIn } from './pulls.ts';
import { pull, statesOf } from './pulls.ts';

export interface Cycle {
  readonly id: DeviceClass;
  readonly state: PulledIn;
  /** From plugging in again, or enabling, until it is ready or already in use again, in milliseconds. */
  readonly backMs: number;
}

export interface Soaked {
  readonly cycles: readonly Cycle[];
  readonly before: Holdings;
  readonly after: Holdings;
  /** What grew that must not have. */
  readonly growth: readonly string[];
  /** Bugs that the device process has told of. */
  readonly bugs: readonly string[];
  /** The states out of which devices went `absent`, by the log of the device process. */
  readonly leftFrom: Readonly<Record<string, number>>;
}

/** One plug pulled and put in again; the device has to work afterwards. */
async function cycle(place: Place, id: DeviceClass, state: PulledIn, count: number): Promise<Cycle> {
  const goesOn = await pull(place, id, state, count);
  if (state === 'disabled') await place.act(id, { plug: true });
  const start = performance.now();
  if (state === 'disabled') await place.client.devices.enable({ id });
  else await place.act(id, { plug: true });
  // Somebody who watched it before has it again at once.
  await place.until(id, ['ready', 'busy'], BACK_MS);
  const backMs = performance.now() - start;
  await goesOn?.();
  await hands[id].use(place, count);
  await place.until(id, ['ready']);
  return { id, state, backMs };
}

/** Rejects when something that should have happened never did. */
async function inTime<T>(work: Promise<T>, waits: () => string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`hangs: ${waits()}`)), CYCLE_MS);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** All devices at the same time, each from state to state, until there were so many cycles; at least one of each kind. */
async function cycles(place: Place, wanted: number): Promise<Cycle[]> {
  const done: Cycle[] = [];
  let begun = 0;
  const turnsOf = async (id: DeviceClass): Promise<void> => {
    const states = statesOf(id);
    for (let count = 0; count < states.length || begun < wanted; count += 1) {
      begun += 1;
      const state = states[count % states.length] ?? 'ready';
      try {
        done.push(await inTime(cycle(place, id, state, count), () => place.waits(id)));
      } catch (error) {
        throw new Error(`${id}, pulled while ${state}, turn ${count}`, { cause: error });
      }
    }
  };
  await Promise.all(deviceIds.map(turnsOf));
  return done;
}

/** So many cycles to warm up, every device once in every state at least; then so many that count. */
export async function soak(folder: string, warmUp: number, wanted: number): Promise<Soaked> {
  const place = await Place.open(folder);
  try {
    const { pid } = place.process;
    await cycles(place, warmUp);
    const before = await holdingsOf(place.process);
    const done = await cycles(place, wanted);
    const after = await holdingsOf(place.process);
    if (place.process.pid !== pid) throw new Error('the device process is another one');
    const lines = await logOf(folder);
    return {
      cycles: done,
      before,
      after,
      growth: growthOf(before, after),
      bugs: lines
        .filter(({ event }) => event === 'devices.bug' || event === 'devices.driver-crashed')
        .map((line) => JSON.stringify(line)),
      leftFrom: counted(
        lines
          .filter(({ event, to }) => event === 'devices.state-changed' && to === 'absent')
          .map(({ from }) => String(from)),
      ),
    };
  } finally {
    await place.close();
  }
}

async function logOf(folder: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const text = await readFile(join(folder, 'devices.log'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Readonly<Record<string, unknown>> => JSON.parse(line));
}
