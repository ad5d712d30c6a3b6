import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  applyForAllowance,
  makeFolder,
  ManualClock,
  removeFolder,
  startCore,
} from '../../../test/fixtures/core-bench.ts';

const DAY = 24 * 3_600_000;
let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => removeFolder(folder));

it('a clock that was set back is told to staff once, and cases go on with numbers of their own', async () => {
  const ahead = new ManualClock();
  ahead.advance(400 * DAY);
  const first = await startCore({ clock: ahead, folder });
  await applyForAllowance(first);
  const before = await first.core.application.submit();
  first.stop();

  const second = await startCore({ clock: new ManualClock(), folder });
  expect((await second.core.system.status()).notices).toMatchObject([
    { kind: 'clock-set-back', detail: expect.stringMatching(/^2027-.* → 2026-11-22T09:30:00/) },
  ]);
  await applyForAllowance(second);
  const after = await second.core.application.submit();
  expect(after.provisionalNumber).not.toBe(before.provisionalNumber);
  expect((await second.core.system.status()).waiting).toBe(4);
  second.stop();

  const third = await startCore({ clock: new ManualClock(), folder });
  expect((await third.core.system.status()).notices).toHaveLength(1);
  third.stop();
});
