import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock, removeFolder, startCore } from '../../test/fixtures/core-bench.ts';

type Bench = Awaited<ReturnType<typeof startCore>>;
const HOUR = 3_600_000;

let clock: ManualClock;
let bench: Bench;
beforeEach(async () => {
  // At 9:30 in the hall.
  clock = new ManualClock();
  bench = await startCore({ clock });
});
afterEach(() => {
  bench.stop();
  removeFolder(bench.folder);
});

/** Everything that is to happen in these hours happens, a quarter of an hour at a time. */
async function pass(hours: number): Promise<void> {
  for (let quarter = 0; quarter < 4 * hours; quarter += 1) {
    clock.advance(HOUR / 4);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('core ends itself once in the night after a day, and not before', async () => {
  await pass(17);
  expect(bench.log.count('core.renewing')).toBe(0);
  expect(bench.restarts()).toBe(0);
  await pass(3);
  expect(bench.log.count('core.renewing')).toBe(1);
  expect(bench.restarts()).toBe(1);
});

it('not while somebody is at the kiosk', async () => {
  await bench.core.session.start({ locale: 'zh-CN' });
  await pass(20);
  expect(bench.restarts()).toBe(0);
  await bench.core.session.end({ cause: 'left' });
  await pass(23);
  expect(bench.restarts()).toBe(1);
});

it('not in the night in which it was started', async () => {
  await pass(17);
  bench.stop();
  bench = await startCore({ clock, folder: bench.folder });
  await pass(5);
  expect(bench.restarts()).toBe(0);
  await pass(20);
  expect(bench.restarts()).toBe(1);
});
