import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { catalogueItem, type CatalogueItem } from '../../src/domain/item.ts';
import { runCatalogueTool } from './commands.ts';

const samples = join(import.meta.dirname, '../../resources/catalogue');
const now = new Date('2026-11-22T10:00:00+08:00');
const run = (...args: string[]) => runCatalogueTool(args, now);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function sample(name = 'senior-allowance'): Promise<CatalogueItem> {
  return catalogueItem.parse(JSON.parse(await readFile(join(samples, `${name}.json`), 'utf8')));
}
async function put(item: object, name = 'item.json'): Promise<void> {
  await writeFile(join(folder, name), JSON.stringify(item));
}

describe('lint', () => {
  test('[P-02] [H-24] finds nothing in the sample catalogue', async () => {
    expect(await run('lint', samples)).toMatchObject({ code: 0, text: expect.stringMatching(/ 0 findings$/) });
  });

  test('[H-24] [P-02] finds planted faults, says where and with what, and ends with 1', async () => {
    const item = await sample();
    const [material, ...materials] = item.materials;
    await put({ ...item, tags: undefined, materials: [{ ...material, name: '其他材料' }, ...materials] });
    await put(item, 'twice.json');
    const { text, code } = await run('lint', folder);
    expect(code).toBe(1);
    expect(text).toContain(`${item.name} (${item.code})\n    materials.0.name: a catch-all`);
    expect(text).toContain('tags: missing');
    expect(text).toContain('code: is used twice');
    expect(text).toMatch(/2 items, \d+ findings$/);
  });
});

test('diff names what came, went and changed', async () => {
  const item = await sample();
  await put({ ...item, version: 9 });
  await copyFile(join(samples, 'newborn.json'), join(folder, 'newborn.json'));
  const other = await mkdtemp(join(tmpdir(), 'catalogue-'));
  try {
    await copyFile(join(samples, 'senior-allowance.json'), join(other, 'item.json'));
    await copyFile(join(samples, 'name-change.json'), join(other, 'name-change.json'));
    const { text, code } = await run('diff', folder, other);
    expect(code).toBe(1);
    expect(text).toContain('I 姓名变更登记');
    expect(text).toContain('D 新生儿出生一件事');
    expect(text).toContain(`U ${item.name} (${item.code})\n    version: 9 -> ${item.version}`);
    expect(text).toMatch(/1 added, 1 changed, 1 taken away$/);
    expect(await run('diff', folder, folder)).toMatchObject({ code: 0 });
  } finally {
    await rm(other, { recursive: true });
  }
});

test('[P-28] twins finds the place that differs', async () => {
  expect(await run('twins', samples)).toMatchObject({ code: 0 });
  const item = await sample();
  await put(item);
  const twin: CatalogueItem = catalogueItem.parse(
    JSON.parse(await readFile(join(samples, 'regions/990102/senior-allowance.json'), 'utf8')),
  );
  await put({ ...twin, guide: { ...twin.guide, limits: { legal: 20, promised: 9 } } }, 'twin.json');
  const { text, code } = await run('twins', folder);
  expect(code).toBe(1);
  expect(text).toContain(`990500001000 limits: ${item.code} and ${twin.code}\n    promised: 7 -> 9`);
});

test('[M-12] fresh: seven working days are no alarm, eight are', async () => {
  const item = await sample();
  await put(item);
  const notices = join(folder, 'notices.list');
  const notice = {
    batch: '18',
    operation: 'U',
    code: item.code,
    name: item.name,
    version: item.version + 1,
    decree: '安政办函〔2026〕18号',
    // A Monday without holidays behind it.
    publishedOn: '2026-11-02',
  };
  await writeFile(notices, JSON.stringify([notice]));
  const live = await mkdtemp(join(tmpdir(), 'catalogue-'));
  try {
    await copyFile(join(folder, 'item.json'), join(live, 'item.json'));
    const on = (day: string) => run('fresh', live, notices, '--on', day);
    expect(await on('2026-11-11')).toMatchObject({ code: 0, text: expect.stringContaining('waiting U') });
    expect(await on('2026-11-12')).toMatchObject({ code: 1, text: expect.stringContaining('OVERDUE U') });
    expect((await on('2026-11-12')).text).toContain(`8 working days ago; here version ${item.version}`);
  } finally {
    await rm(live, { recursive: true });
  }
});

test('[S-13] pack refuses an item without a stamp, and writes nothing', async () => {
  await put({ ...(await sample()), review: undefined });
  const out = join(folder, 'out.pack');
  expect(await run('pack', folder, out)).toMatchObject({ code: 1, text: expect.stringMatching(/^unstamped: \d/) });
  await expect(readFile(out)).rejects.toThrow('ENOENT');
});

test('pack makes one file that lint reads like the folder', async () => {
  const out = join(folder, 'pack.json');
  expect(await run('pack', samples, out)).toMatchObject({ code: 0 });
  expect(z.object({ format: z.literal(1) }).safeParse(JSON.parse(await readFile(out, 'utf8'))).success).toBe(true);
  expect(await run('lint', out)).toStrictEqual(await run('lint', samples));
});

test.each([
  [['lint'], 'Usage:'],
  [['paint', 'x'], 'Usage:'],
  [['diff', 'x'], 'Usage:'],
  [['pack', 'x'], 'Usage:'],
  [['fresh', 'x', '--on', 'soon'], 'Usage:'],
  [['lint', '--hard'], '--hard'],
  [['lint', '/nowhere'], 'not there'],
  [['twins', '/nowhere'], 'not there'],
])('%j ends with 2 and says what is wrong', async (args, words) => {
  expect(await run(...args)).toMatchObject({ code: 2, text: expect.stringContaining(words) });
});

test('a file that is no item is named', async () => {
  await put({ name: 'x' });
  expect(await run('lint', folder)).toMatchObject({ code: 2, text: expect.stringContaining('item.json') });
  await rm(join(folder, 'item.json'));
  expect(await run('lint', folder)).toMatchObject({ code: 2, text: expect.stringContaining('no item files') });
});
