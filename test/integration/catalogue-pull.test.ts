import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/contract/clock.ts';
import { catalogueItem, type CatalogueItem } from '../../src/domain/item.ts';
import { createPlatform } from '../../src/platform/server.ts';
import { adapters } from '../fixtures/adapters.ts';
import { applyForAllowance, seniorAllowance } from '../fixtures/core-bench.ts';
import { type Hall, type Kiosk, openHall } from '../fixtures/hall.ts';
import { readRegion } from '../../scripts/catalogue/read.ts';
import { join } from 'node:path';

const samples = await readRegion(join(import.meta.dirname, '../../resources/catalogue'));
const allowance = catalogueItem.parse(samples.find(({ code }) => code === seniorAllowance));
const going = new AbortController().signal;

describe.each(adapters)('core over $name', (adapter) => {
  let hall: Hall;
  beforeEach(async () => {
    hall = await openHall(adapter, systemClock);
  });
  afterEach(() => hall.close());

  async function publish(batch: string, items: readonly CatalogueItem[]): Promise<void> {
    const published = await hall.platform.publishCatalogue(batch, items);
    if (!published.ok) throw new Error(published.reason);
  }

  const newer = (change: Partial<CatalogueItem> = {}): CatalogueItem => ({
    ...allowance,
    version: allowance.version + 1,
    ...change,
  });
  const withAllowance = (item: CatalogueItem) => samples.map((one) => (one.code === item.code ? item : one));
  const pull = (on: Kiosk) => on.room.service?.cataloguePull.pull(going);
  const listed = async (on: Kiosk) => (await on.core.catalogue.list()).map(({ code }) => code);
  const shown = async (on: Kiosk) => (await on.core.catalogue.item({ code: seniorAllowance })).version;

  /** Passes requests on, and lets the test do something else with the pages of a catalogue. */
  function onPages(meddle: (page: number, go: () => Promise<Response>) => Promise<Response>): typeof fetch {
    let pages = 0;
    return (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (!url.endsWith('/catalogue/changes')) return fetch(input, init);
      pages += 1;
      return meddle(pages, () => fetch(input, init));
    };
  }

  describe('the catalogue comes from the platform', () => {
    it('all of it by itself after the start, later only what changed: added, altered and taken away', async () => {
      await publish('2026-1', withAllowance(newer({ name: '八十岁以上高龄津贴' })));
      const on = await hall.start();
      await on.log.until('core.catalogue-switched');
      expect(await listed(on)).toHaveLength(samples.length);
      expect(await shown(on)).toBe(allowance.version + 1);

      const gone = samples.find(({ parts, code }) => !parts && code !== seniorAllowance);
      const { variants: _variants, ...plain } = newer();
      const added = { ...plain, code: `${seniorAllowance.slice(0, 23)}00777000`, name: '百岁老人慰问金' };
      const next = [...withAllowance(newer({ version: 20 })).filter((item) => item !== gone), added];
      await publish('2026-2', next);
      await pull(on);
      expect(
        on.log.events.filter(({ event }) => event === 'core.catalogue-switched').map(({ fields }) => fields),
      ).toEqual([
        { version: 1, batch: '2026-1', items: samples.length, how: 'all' },
        { version: 2, batch: '2026-2', items: samples.length, how: 'changes' },
      ]);
      expect(await shown(on)).toBe(20);
      expect(new Set(await listed(on))).toEqual(new Set(next.map(({ code }) => code)));

      await pull(on);
      expect(on.log.count('core.catalogue-switched')).toBe(2);
    });

    it('[P-01] an interrupted pull leaves the old catalogue whole, here and after a restart', async () => {
      let isCut = true;
      const cutAtSecondPage = onPages((page, go) =>
        isCut && page % 2 === 0 ? Promise.reject(new TypeError('the line is down')) : go(),
      );
      await publish('2026-1', withAllowance(newer()));
      const on = await hall.start({ fetch: cutAtSecondPage });
      await on.log.until('core.catalogue-kept');
      expect(on.log.count('core.catalogue-kept', { reason: 'interrupted' })).toBe(1);
      expect(await shown(on)).toBe(allowance.version);
      expect(await listed(on)).toHaveLength(samples.length);

      on.stop();
      const again = await hall.start({ platform: await hall.entry('http://127.0.0.1:9') });
      expect(await shown(again)).toBe(allowance.version);
      expect(await listed(again)).toHaveLength(samples.length);

      again.stop();
      isCut = false;
      const third = await hall.start({ fetch: cutAtSecondPage });
      await third.log.until('core.catalogue-switched');
      expect(await shown(third)).toBe(allowance.version + 1);
    });

    it('a kiosk that stops in the middle of a pull has the old catalogue when it starts again', async () => {
      await publish('2026-1', withAllowance(newer()));
      const reached = Promise.withResolvers<void>();
      const on = await hall.start({
        fetch: onPages((page, go) => {
          if (page === 1) return go();
          reached.resolve();
          return new Promise(() => undefined);
        }),
      });
      await reached.promise;
      on.stop();
      const again = await hall.start({ platform: await hall.entry('http://127.0.0.1:9') });
      expect(await shown(again)).toBe(allowance.version);
      expect(await listed(again)).toHaveLength(samples.length);
    });

    it('what was altered on its way is not taken', async () => {
      await publish('2026-1', withAllowance(newer()));
      const on = await hall.start({
        fetch: onPages(async (_page, go) => {
          const answer = await go();
          const text = (await answer.text()).replaceAll('不收费', '收费十元');
          return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } });
        }),
      });
      await on.log.until('core.catalogue-kept');
      expect(on.log.count('core.catalogue-kept', { reason: 'hash-mismatch' })).toBe(1);
      expect(await shown(on)).toBe(allowance.version);
    });

    it('an item that went missing on its way is noticed, and all is asked for again', async () => {
      await publish('2026-1', samples);
      let isShort = false;
      const on = await hall.start({
        fetch: onPages(async (_page, go) => {
          if (!isShort) return go();
          isShort = false;
          return Response.json({ changes: [], more: false });
        }),
      });
      await on.log.until('core.catalogue-switched');
      isShort = true;
      await publish('2026-2', withAllowance(newer()));
      await pull(on);
      expect(on.log.events.findLast(({ event }) => event === 'core.catalogue-switched')?.fields).toMatchObject({
        version: 2,
        how: 'all',
      });
      expect(await shown(on)).toBe(allowance.version + 1);
    });

    it('a catalogue that this kiosk can use nothing of does not take the place of one that works', async () => {
      const useless = { ...newer(), materials: newer().materials.map((one) => ({ ...one, name: '其他材料' })) };
      await publish('2026-1', [useless]);
      const on = await hall.start();
      await on.log.until('core.catalogue-kept');
      expect(on.log.count('core.catalogue-kept', { reason: 'no-valid-item' })).toBe(1);
      expect(await listed(on)).toHaveLength(samples.length);
    });

    it('an item that this kiosk cannot use is left out and named to staff; the others go live', async () => {
      const broken = newer({ guide: { ...allowance.guide, limits: { legal: 5, promised: 7 } } });
      await publish('2026-1', withAllowance(broken));
      const on = await hall.start();
      await on.log.until('core.catalogue-switched');
      expect(
        on.log.count('core.item-left-out', { problem: 'guide.limits: promises more days than the law allows' }),
      ).toBe(1);
      expect(await listed(on)).toHaveLength(samples.length - 1);
      expect((await on.core.system.status()).notices).toMatchObject([{ kind: 'item-left-out' }]);
    });

    it('after a pull the kiosk starts with what it pulled, also without the platform', async () => {
      await publish('2026-1', [newer({ version: 9 })]);
      const on = await hall.start();
      await on.log.until('core.catalogue-switched');
      on.stop();
      const again = await hall.start({ platform: await hall.entry('http://127.0.0.1:9') });
      expect(await listed(again)).toEqual([seniorAllowance]);
      expect(await shown(again)).toBe(9);
    });

    it('a case carries the version that the citizen saw, though a newer one went live in between', async () => {
      await publish('2026-1', withAllowance(newer({ version: 11 })));
      const on = await hall.start();
      await on.log.until('core.catalogue-switched');
      await applyForAllowance(on);
      const [first] = allowance.materials;
      await publish('2026-2', withAllowance(newer({ version: 12, materials: first ? [first] : [] })));
      await pull(on);
      expect(await shown(on)).toBe(12);
      await on.core.application.submit();
      await on.log.until('core.delivered', 2);
      const { cases } = await hall.platform.received();
      expect(cases).toMatchObject([{ itemVersion: 11 }]);
      expect(cases[0]?.materials.map(({ id }) => id)).toContain('M-HOUSEHOLD-BOOK');
    });
  });

  describe('publishing by hand', () => {
    it('takes a pack at the admin address, and refuses what has no stamp', async () => {
      await hall.platform.close();
      hall.platform = await createPlatform({ clock: systemClock, log: () => undefined, admin: true });
      const put = (items: readonly object[]) =>
        fetch(`${hall.platform.url}/admin/catalogue`, {
          method: 'PUT',
          body: JSON.stringify({ format: 1, batch: '2026-1', items }),
        });
      const { review: _gone, ...unstamped } = allowance;
      const refused = await put([unstamped]);
      expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('unstamped')]);
      expect((await put([{ name: 'x' }])).status).toBe(400);
      const taken = await put(samples);
      expect([taken.status, await taken.json()]).toEqual([
        200,
        expect.objectContaining({ version: 1, items: samples.length }),
      ]);
    });
  });
});
