import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleItem } from '../../test/fixtures/sample-item.ts';
import { closeEngines, sqlEngines } from '../../test/fixtures/sql-engines.ts';
import { manifestText } from '../domain/catalogue/manifest.ts';
import type { CatalogueItem } from '../domain/item.ts';
import { createPublishedCatalogue, type PublishedCatalogue } from './catalogue.ts';
import { sha256 } from './content-hash.ts';
import type { SqlDatabase } from './sql.ts';

const at = new Date('2026-11-22T01:30:00Z');
const SERVER_START_MS = 60_000;
const item = (number: number, version = 1): CatalogueItem => ({
  ...sampleItem,
  code: `${sampleItem.code.slice(0, 23)}${String(number).padStart(8, '0')}`,
  version,
});
const items = (count: number) => Array.from({ length: count }, (_, index) => item(index));

afterAll(closeEngines);

describe.each(sqlEngines)('the published catalogue on $name', ({ missing, create }) => {
  if (missing !== undefined) {
    it.skip(missing);
    return;
  }
  let database: SqlDatabase;
  let catalogue: PublishedCatalogue;
  beforeEach(async () => {
    database = await (await create())();
    catalogue = createPublishedCatalogue(database);
  }, SERVER_START_MS);
  afterEach(() => database.close());

  const publish = async (batch: string, list: readonly CatalogueItem[]) => {
    const published = await catalogue.publish(batch, list, at);
    if (!published.ok) throw new Error(published.reason);
    return published.value;
  };
  const operations = async (from: number, to: number) =>
    (await catalogue.changes(from, to, '')).changes.map(
      ({ operation, code }) => `${operation} ${Number(code.slice(23))}`,
    );

  it('is at version 0 before anything was published', async () => {
    expect(await catalogue.head()).toMatchObject({ version: 0, items: 0 });
    expect(await catalogue.changes(0, 1, '')).toEqual({ changes: [], more: false });
  });

  it('has a hash over all its items, and gives each byte for byte with its own', async () => {
    const head = await publish('2026-1', items(3));
    expect(head).toMatchObject({ version: 1, batch: '2026-1', items: 3, publishedAt: at.toISOString() });
    expect(await catalogue.head()).toEqual(head);
    const { changes } = await catalogue.changes(0, 1, '');
    const lines = changes.flatMap((change) => (change.operation === 'D' ? [] : [change]));
    expect(sha256(manifestText(lines))).toBe(head.hash);
    for (const line of lines) expect(sha256(line.content)).toBe(line.sha256);
    expect(changes[0]).toMatchObject({ operation: 'I', batch: '2026-1', time: at.toISOString() });
  });

  it('the same items again are no new version', async () => {
    const first = await publish('2026-1', items(2));
    expect(await publish('2026-2', items(2).toReversed())).toEqual(first);
  });

  it('tells what was added, changed and taken away between two versions, the last word about each item', async () => {
    await publish('2026-1', items(3));
    await publish('2026-2', [item(0), item(1, 2), item(3)]);
    expect(await operations(1, 2)).toEqual(['U 1', 'D 2', 'I 3']);
    await publish('2026-3', [item(0), item(1, 3), item(2)]);
    expect(await operations(2, 3)).toEqual(['U 1', 'I 2', 'D 3']);
    expect(await operations(1, 3)).toEqual(['U 1', 'I 2', 'D 3']);
    // A kiosk that has read the head of version 2 gets version 2, whatever came later.
    expect(await operations(1, 2)).toEqual(['U 1', 'D 2', 'I 3']);
    expect(await operations(3, 3)).toEqual([]);
  });

  it('comes in pages that miss nothing and repeat nothing', async () => {
    await publish('2026-1', items(60));
    const codes: string[] = [];
    for (let more = true; more;) {
      const page = await catalogue.changes(0, 1, codes.at(-1) ?? '');
      codes.push(...page.changes.map(({ code }) => code));
      more = page.more;
    }
    expect(codes).toEqual(items(60).map(({ code }) => code));
  });

  it('[S-13] publishes nothing without a stamp', async () => {
    const { review: _gone, ...unstamped } = item(1);
    expect(await catalogue.publish('2026-1', [item(0), unstamped], at)).toMatchObject({ reason: 'unstamped' });
    expect(await catalogue.head()).toMatchObject({ version: 0 });
  });
});
