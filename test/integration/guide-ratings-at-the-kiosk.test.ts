import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPlatform, type Platform } from '../../src/platform/server.ts';
import { adapters } from '../fixtures/adapters.ts';
import { ManualClock, pass, removeFolder, startCore } from '../fixtures/core-bench.ts';
import { officeClient } from '../fixtures/office-client.ts';

describe.each(adapters)('core over $name', (adapter) => {
  let over: ReturnType<typeof adapter.open>;
  let clock: ManualClock;
  let platform: Platform;
  let bench: Awaited<ReturnType<typeof startCore>>;
  beforeEach(async () => {
    over = adapter.open();
    clock = new ManualClock();
    platform = await createPlatform({ clock, log: () => undefined });
    bench = await startCore({ clock, platform: await over.at(platform.url) });
  });
  afterEach(async () => {
    bench.stop();
    expect(bench.bugs).toEqual([]);
    removeFolder(bench.folder);
    await over.close();
    await platform.close();
  });

  /** Two guides of the kiosk's, which the platform publishes as well. */
  async function offered(): Promise<[string, string]> {
    const codes = (await bench.core.catalogue.list()).map(({ code }) => code);
    const items = codes.flatMap((code) => bench.room.service?.catalogue.items.get(code) ?? []);
    await platform.publishCatalogue('2026-1', items);
    const [one, two] = codes;
    if (one === undefined || two === undefined) throw new Error('the kiosk offers less than two items');
    return [one, two];
  }
  async function counted() {
    const { items } = await officeClient(platform.url).statistics.items({ kind: 'day', day: '2026-11-22' });
    return Object.fromEntries(
      items.flatMap(({ code, ratingsPerGuide: { part } }) => (part > 0 ? [[code, part] as const] : [])),
    );
  }

  it('a guide is rated once in a visit without saying who, waits for the platform through a crash, and counts once', async () => {
    const [one, two] = await offered();
    const { core, log } = bench;
    await log.until('core.platform-changed', 1, { state: 'reachable' });
    await platform.setFault({ kind: 'status', status: 503 });
    const press = { itemCode: one, level: 'dissatisfied' } as const;
    await expect(core.rating.submitGuide(press)).rejects.toMatchObject({ code: 'SESSION_NEEDED' });
    await core.session.start({ locale: 'zh-CN' });
    await expect(core.rating.submitGuide({ ...press, itemCode: 'NONE' })).rejects.toMatchObject({
      code: 'UNKNOWN_ITEM',
    });
    // Nobody consented to anything, and no card was laid.
    await core.rating.submitGuide(press);
    await expect(core.rating.submitGuide({ ...press, level: 'satisfied' })).rejects.toMatchObject({
      code: 'ALREADY_RATED',
    });
    await core.rating.submitGuide({ itemCode: two, level: 'satisfied' });
    await core.session.end({ cause: 'finished' });
    // The next person has a visit of their own.
    await core.session.start({ locale: 'zh-CN' });
    await core.rating.submitGuide(press);
    expect(await core.system.status()).toMatchObject({ waiting: 3 });

    const { folder } = bench;
    bench.stop();
    await platform.setFault({ kind: 'none' });
    bench = await startCore({ clock, platform: await over.at(platform.url), folder });
    await bench.log.until('core.delivered', 3, { step: 'guide-rating' });
    expect(await bench.core.system.status()).toMatchObject({ waiting: 0, needsStaff: 0 });
    expect(await counted()).toEqual({ [one]: 2, [two]: 1 });
  });

  it('one whose answer got lost counts once', async () => {
    const [one] = await offered();
    const { core, log } = bench;
    await log.until('core.platform-changed', 1, { state: 'reachable' });
    await platform.setFault({ kind: 'lose-answers', share: 1 });
    await core.session.start({ locale: 'zh-CN' });
    await core.rating.submitGuide({ itemCode: one, level: 'very-dissatisfied' });
    const after = (event: 'core.delivery-postponed' | 'core.delivered') => () => {
      pass(bench, clock, 1_000);
      return log.count(event);
    };
    await expect.poll(after('core.delivery-postponed')).toBe(1);
    expect(log.count('core.delivered')).toBe(0);
    await platform.setFault({ kind: 'none' });
    await expect.poll(after('core.delivered')).toBe(1);
    expect((await platform.received()).replays).toBeGreaterThan(0);
    expect(await counted()).toEqual({ [one]: 1 });
  });
});
