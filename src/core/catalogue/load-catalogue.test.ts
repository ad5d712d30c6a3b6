import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleItem, sampleLifeEvent } from '../../../test/fixtures/sample-item.ts';
import { wholeItems } from '../../../test/fixtures/whole-items.ts';
import type { CatalogueItem } from '../../domain/item.ts';
import type { CatalogueItems } from './catalogue-items.ts';
import { loadCatalogue } from './load-catalogue.ts';

const broken = join(import.meta.dirname, '../../../test/fixtures/catalogue-broken');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
});
afterEach(() => rm(folder, { recursive: true }));

const put = (file: string, item: CatalogueItem) => writeFile(join(folder, file), JSON.stringify(item));

async function load() {
  const loaded = await loadCatalogue(folder);
  if (!loaded.ok) throw new Error(`${loaded.reason}: ${loaded.detail}`);
  // In this order: `items` checks whatever is not checked yet.
  const { items, leftOut, doubtful } = loaded.value;
  return { items, leftOut, doubtful };
}

const codesOf = (items: CatalogueItems) => Array.from(items.list(), ({ summary }) => summary.code);

const other: CatalogueItem = { ...sampleLifeEvent, code: '11990101MB000001934990500002000', name: '出生一件事' };

test('serves what is valid, by code, and overlooks files of other kinds', async () => {
  await put('a.json', sampleItem);
  await put('b.json', other);
  await writeFile(join(folder, 'README.md'), '# not an item');
  const { items, leftOut, doubtful } = await load();
  expect(wholeItems(items)).toStrictEqual([sampleItem, other]);
  expect({ leftOut, doubtful }).toStrictEqual({ leftOut: [], doubtful: [] });
});

test.each([
  ['no-basis.json', /^materials\.0\.basis:/],
  ['unknown-question.json', /^fields\.0\.when\.0\.question: /],
])('with the broken item %s the rest is served and the broken one is named', async (file, problem) => {
  await put('a.json', sampleItem);
  await writeFile(join(folder, file), await readFile(join(broken, file)));
  const { items, leftOut } = await load();
  expect(codesOf(items)).toStrictEqual([sampleItem.code]);
  expect(leftOut).toStrictEqual([{ file, problem: expect.stringMatching(problem) }]);
});

test('a file cut off in the middle is left out and named', async () => {
  await put('a.json', sampleItem);
  await writeFile(join(folder, 'b.json'), JSON.stringify(other).slice(0, 900));
  const { items, leftOut } = await load();
  expect(codesOf(items)).toStrictEqual([sampleItem.code]);
  expect(leftOut).toStrictEqual([{ file: 'b.json', problem: expect.stringContaining('JSON') }]);
});

test('[P-02] of two items with the same code the first file is kept and the second named', async () => {
  await put('a.json', sampleItem);
  await put('b.json', { ...other, code: sampleItem.code });
  const { items, leftOut } = await load();
  expect(items.get(sampleItem.code)?.name).toBe(sampleItem.name);
  expect(leftOut).toStrictEqual([{ file: 'b.json', problem: `code: ${sampleItem.code} is already in the catalogue` }]);
});

test('[P-02] the same basic code under two names, or one name under two codes, is served and doubted', async () => {
  const elsewhere = { name: '安澜县医疗保障局', creditCode: '11990101MB0000035Q' };
  await put('a.json', sampleItem);
  await put('b.json', {
    ...sampleItem,
    code: `${elsewhere.creditCode}4990500001000`,
    name: '长寿津贴',
    department: elsewhere,
  });
  await put('c.json', { ...other, name: sampleItem.name });
  const { items, doubtful } = await load();
  expect(items.size).toBe(3);
  expect(doubtful).toStrictEqual([
    { file: 'b.json', problem: 'code: the basic code is that of 高龄津贴 too' },
    { file: 'c.json', problem: expect.stringContaining('name: 高龄津贴 has another basic code') },
  ]);
});

test('an item with a doubtful credit code is served and named', async () => {
  const creditCode = '91350211M0000XUF46';
  await put('a.json', { ...sampleItem, code: `${creditCode}4990500001000`, department: { name: '某局', creditCode } });
  const { items, doubtful } = await load();
  expect(items.size).toBe(1);
  expect(doubtful).toStrictEqual([{ file: 'a.json', problem: expect.stringMatching(/^code: .*check character/) }]);
});

test('a folder that is not there is refused by name', async () => {
  const loaded = await loadCatalogue(join(folder, 'gone'));
  expect(loaded).toMatchObject({ ok: false, reason: 'folder-unreadable', detail: expect.stringContaining('gone') });
});

test('a folder with nothing valid is refused, and the first broken file is named', async () => {
  expect(await loadCatalogue(folder)).toMatchObject({ ok: false, reason: 'no-valid-item' });
  await writeFile(join(folder, 'z.json'), '{}');
  const loaded = await loadCatalogue(folder);
  expect(loaded).toMatchObject({
    ok: false,
    reason: 'no-valid-item',
    detail: expect.stringMatching(/^z\.json: \w+: /),
  });
});

test('a start checks no more than it takes to find one valid item', async () => {
  await writeFile(join(folder, 'a.json'), '{}');
  await put('b.json', sampleItem);
  await writeFile(join(folder, 'c.json'), '{');
  const loaded = await loadCatalogue(folder);
  if (!loaded.ok) throw new Error(loaded.reason);
  const catalogue = loaded.value;
  expect(catalogue.size).toBe(3);
  expect(catalogue.leftOut.map(({ file }) => file)).toStrictEqual(['a.json']);
  expect(catalogue.checkNext()).toBe(true);
  expect(catalogue.leftOut.map(({ file }) => file)).toStrictEqual(['a.json', 'c.json']);
  expect(catalogue.checkNext()).toBe(false);
  expect(codesOf(catalogue.items)).toStrictEqual([sampleItem.code]);
});

test('an item stays as it was checked, whatever becomes of its file', async () => {
  await put('a.json', sampleItem);
  const { items } = await load();
  await put('a.json', { ...sampleItem, name: '别的事项' });
  expect(items.get(sampleItem.code)).toStrictEqual(sampleItem);
  await rm(join(folder, 'a.json'));
  expect(items.get(sampleItem.code)?.name).toBe(sampleItem.name);
  expect(items.get('nothing')).toBeUndefined();
});

test('a file that cannot be read is left out and named', async () => {
  await put('a.json', sampleItem);
  await mkdir(join(folder, 'b.json'));
  const { items, leftOut } = await load();
  expect(codesOf(items)).toStrictEqual([sampleItem.code]);
  expect(leftOut).toStrictEqual([{ file: 'b.json', problem: expect.stringContaining('EISDIR') }]);
});
