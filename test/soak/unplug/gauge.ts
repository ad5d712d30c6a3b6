import { setImmediate } from 'node:timers/promises';
import { getHeapSpaceStatistics } from 'node:v8';

/**
 * Loaded into the device process before its own code (`--expose-gc --import`). At each SIGUSR2 it collects all garbage and tells
 * the parent what is left.
 */
const COLLECTIONS = 4;
/** Compiled code: made anew and dropped as functions are used more or less, and bounded by the program itself. */
const holdsCode = /^(code|trusted)_/;

async function tell(): Promise<void> {
  // What one collection finalizes frees more in the next.
  for (let time = 0; time < COLLECTIONS; time += 1) {
    // Of the last resort: the usual one keeps the pages that it emptied, and what is resident would tell of them only.
    globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await setImmediate();
  }
  const objects = getHeapSpaceStatistics()
    .filter(({ space_name: name }) => !holdsCode.test(name))
    .reduce((sum, { space_used_size: used }) => sum + used, 0);
  const { external } = process.memoryUsage();
  process.send?.({ type: 'gauge', heap: objects + external, handles: process.getActiveResourcesInfo().toSorted() });
}

process.on('SIGUSR2', () => void tell());
