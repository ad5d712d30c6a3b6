import { join } from 'node:path';
import { expect, test } from 'vitest';
import { colloquialQueries, countyItems } from '../../../test/fixtures/search/search-data.ts';
import { wholeItems } from '../../../test/fixtures/whole-items.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { createSearchIndex } from './search-data.ts';

test('[C-03] of fifty searches as people say them at least 45 have a right item among the first three', async () => {
  const loaded = await loadCatalogue(join(import.meta.dirname, '../../../resources/catalogue'));
  if (!loaded.ok) throw new Error(loaded.detail);
  const items = [...wholeItems(loaded.value.items), ...countyItems];
  const names = new Map(items.map(({ code, name }) => [code, name]));
  const index = createSearchIndex();
  for (const item of items) index.add(item);

  expect(new Set(colloquialQueries.map(({ query }) => query)).size).toBe(50);
  const known = new Set(names.values());
  expect(colloquialQueries.flatMap((one) => one.items).filter((name) => !known.has(name))).toStrictEqual([]);
  const answered = colloquialQueries.filter((one) =>
    index.search(one.query, 3).some(({ code }) => one.items.includes(names.get(code) ?? '')),
  );
  expect(answered.length).toBeGreaterThanOrEqual(45);
});
