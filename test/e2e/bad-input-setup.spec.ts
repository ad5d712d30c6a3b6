import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Hall } from '../../scripts/hall/hall.ts';
import { press } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';
import type { Kiosk } from './fixtures.ts';

const samples = join(import.meta.dirname, '../../resources/catalogue');
const broken = join(import.meta.dirname, '../fixtures/catalogue-broken');

/** The person reads where to go instead; the maintainer what is wrong and where. */
async function expectOutOfService({ page, logged }: Kiosk, reason: string, detail: RegExp): Promise<void> {
  const shown = page.locator(`[data-page="out-of-service"] [data-reason="${reason}"]`);
  await expect(shown).toBeVisible();
  await expect(page.locator('[data-page="out-of-service"]')).toContainText('请使用旁边的自助终端，或到窗口办理');
  await expect(shown.locator('code')).toHaveText(detail);
  await expect(page.locator('[data-entry]')).toHaveCount(0);
  await logged('core.out-of-service', { reason });
}

async function staffRead({ page }: Kiosk, note: string, detail: string): Promise<void> {
  await expect(page.locator('[data-name="staff-notes"]')).toBeVisible();
  await press(page, 'help');
  await expect(page.locator(`[data-note="${note}"]`).filter({ hasText: detail })).toBeVisible();
  await press(page, 'close');
}

async function changeConfig(hall: Hall, change: (text: string) => string): Promise<void> {
  await writeFile(hall.configPath, change(await readFile(hall.configPath, 'utf8')));
}

/** A catalogue of the test's own: the named samples and the broken items. */
async function useCatalogue(hall: Hall, good: readonly string[]): Promise<void> {
  const folder = join(hall.folder, 'catalogue');
  await mkdir(folder);
  await cp(broken, folder, { recursive: true });
  for (const name of good) await cp(join(samples, name), join(folder, name));
  await changeConfig(hall, (text) => JSON.stringify({ ...JSON.parse(text), catalogue: folder }));
}

test.describe('a configuration with a mistyped key', () => {
  test.use({
    opensWith: 'out-of-service',
    before: { start: (hall: Hall) => changeConfig(hall, (text) => text.replace('"phone"', '"phon"')) },
  });
  test('keeps the kiosk out of service and names the place', async ({ kiosk }) => {
    await expectOutOfService(kiosk, 'config-invalid', /hall\.phone.*hall: .*"phon"/);
    await kiosk.logged('devices.started', { devices: 0 });
  });
});

test.describe('without a configuration', () => {
  test.use({ opensWith: 'out-of-service', before: { start: (hall: Hall) => rm(hall.configPath) } });
  test('the kiosk is out of service and names the file', async ({ kiosk }) => {
    await expectOutOfService(kiosk, 'config-unreadable', /ENOENT.*kiosk\.json/);
  });
});

test.describe('a catalogue with broken items', () => {
  test.use({ before: { start: (hall: Hall) => useCatalogue(hall, ['newborn.json', 'senior-allowance.json']) } });
  test('offers the others, and staff read which file and where', async ({ kiosk }) => {
    const { page, logged } = kiosk;
    await logged('core.item-left-out', { file: 'no-basis.json' });
    await logged('core.item-left-out', { file: 'unknown-question.json' });
    await staffRead(kiosk, 'item-left-out', 'no-basis.json: ');
    await press(page, 'guide');
    await expect(page.locator('[data-item]')).toHaveCount(2);
  });
});

test.describe('a catalogue without a single valid item', () => {
  test.use({ opensWith: 'out-of-service', before: { start: (hall: Hall) => useCatalogue(hall, []) } });
  test('keeps the kiosk out of service and names the first broken file', async ({ kiosk }) => {
    await expectOutOfService(kiosk, 'catalogue-invalid', /no-valid-item: no-basis\.json: materials/);
  });
});

test.describe('a store of a newer version', () => {
  test.use({ opensWith: 'out-of-service', before: { start: async (hall: Hall) => makeNewer(storeOf(hall)) } });
  test('keeps the kiosk out of service and is not touched', async ({ kiosk }) => {
    const before = await readFile(storeOf(kiosk.hall));
    await expectOutOfService(kiosk, 'store-newer', /kiosk\.db was written by a newer version/);
    expect((await readFile(storeOf(kiosk.hall))).equals(before)).toBe(true);
    const store = new Sqlite(storeOf(kiosk.hall), { readonly: true });
    expect(store.prepare('SELECT what FROM from_the_future').pluck().all()).toEqual(['kept']);
    store.close();
  });
});

function storeOf(hall: Hall): string {
  return join(hall.dataDir, 'kiosk.db');
}

/** "kisk", the mark of the kiosk's own stores. */
const APPLICATION_ID = 0x6b69736b;

function makeNewer(path: string): void {
  const store = new Sqlite(path);
  store.pragma(`application_id = ${APPLICATION_ID}`);
  store.pragma('user_version = 999');
  store.exec(`CREATE TABLE from_the_future (what TEXT); INSERT INTO from_the_future VALUES ('kept')`);
  store.close();
}
