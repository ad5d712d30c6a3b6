import { afterEach, beforeEach, expect, it } from 'vitest';
import { ManualClock, removeFolder, seniorAllowance, startCore } from '../../../test/fixtures/core-bench.ts';

let bench: Awaited<ReturnType<typeof startCore>>;
beforeEach(async () => {
  bench = await startCore({ clock: new ManualClock() });
});
afterEach(() => {
  bench.stop();
  removeFolder(bench.folder);
  expect(bench.bugs).toEqual([]);
});

it('finds items for anybody, before a visit, and says why', async () => {
  const [best] = await bench.core.catalogue.search({ query: ' gaoling 津贴 ' });
  const [listed] = (await bench.core.catalogue.list()).filter(({ code }) => code === seniorAllowance);
  expect(best).toEqual({ item: listed, why: { match: 'pinyin', field: 'also-called', text: '高龄津贴' } });
});

it('finds nothing for nothing, and refuses what is too long to be a search', async () => {
  expect(await bench.core.catalogue.search({ query: ' ，' })).toEqual([]);
  await expect(bench.core.catalogue.search({ query: '津'.repeat(61) })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

it('leaves no trace of what was typed in the log', async () => {
  await bench.core.catalogue.search({ query: '欧阳试样的津贴' });
  expect(JSON.stringify(bench.log.events)).not.toMatch(/欧阳|津贴/);
});

it('finds nothing in a kiosk that is not in service', async () => {
  const other = await startCore({ clock: new ManualClock(), config: { catalogue: '/nowhere' } });
  await expect(other.core.catalogue.search({ query: '津贴' })).rejects.toMatchObject({ code: 'NOT_IN_SERVICE' });
  other.stop();
  removeFolder(other.folder);
});
