import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { soak } from '../soak/unplug/cycles.ts';
import { pulledIn } from '../soak/unplug/pulls.ts';

/** The short form of `npm run soak:devices`. */
const CYCLES = 40;
/** About as long again as on a machine that has much else to do. */
const LIMIT_MS = 180_000;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unplug-'));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

test(
  'devices unplugged in every state work again, and the device process holds no more than before',
  async () => {
    const { cycles, growth, bugs, leftFrom } = await soak(folder, 0, CYCLES);
    expect(cycles.length).toBeGreaterThanOrEqual(CYCLES);
    expect(new Set(cycles.map(({ state }) => state))).toEqual(new Set(pulledIn));
    // The same by the word of the device process; a disabled device stays so, whether it is plugged in or not.
    expect(Object.keys(leftFrom)).toEqual(expect.arrayContaining(['opening', 'probing', 'ready', 'busy', 'faulty']));
    expect(bugs).toEqual([]);
    expect(growth).toEqual([]);
  },
  LIMIT_MS,
);
