import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueItem } from '../../src/domain/item.ts';
import { seniorAllowance } from '../drive/samples.ts';
import { chooseItem, hurry, onPage, press } from '../drive/visit.ts';
import { signIn } from '../drive/whole-visit.ts';
import { expect, test } from './fixtures.ts';

const folder = join(import.meta.dirname, '../../resources/catalogue');
const items = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => catalogueItem.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));

/** The seven elements, and what people ask for besides. */
const headings = {
  name: '事项名称',
  basis: '法定依据',
  limits: '办理时限',
  materials: '申请材料',
  audience: '服务对象',
  places: '办理地址',
  questions: '常见问题',
  flow: '办理流程',
  fees: '收费',
  phones: '联系电话',
};

test('[C-02] the guide of every item has the seven elements, flow, fees, phones and limits, and none is empty', async ({
  kiosk,
}) => {
  const { page } = kiosk;
  await hurry(page);
  expect(items.length).toBeGreaterThanOrEqual(60);
  // Each guide is opened and read by itself.
  test.setTimeout(60_000 + items.length * 3_000);
  await press(page, 'guide');
  for (const item of items) {
    await chooseItem(page, item.code);
    await page.locator('.guide').waitFor();
    const sections = await page
      .locator('[data-element]')
      .evaluateAll((found) =>
        found.map((section) => [
          section.getAttribute('data-element'),
          section.querySelector('h2')?.textContent,
          (section.textContent ?? '').length - (section.querySelector('h2')?.textContent ?? '').length,
        ]),
      );
    expect(Object.fromEntries(sections.map(([name, heading]) => [name, heading]))).toEqual(headings);
    for (const [name, , length] of sections) expect(length, `${item.name}: ${name}`).toBeGreaterThan(0);
    const section = (name: string) => page.locator(`[data-element="${name}"]`);
    await expect(section('name')).toContainText(item.code);
    await expect(section('materials').locator('li')).toHaveCount(item.materials.length);
    await expect(section('flow').locator('li')).toHaveCount(item.guide.flow.length);
    await expect(section('phones')).toContainText(item.guide.phones.complaint);
    await expect(page.locator('.key-facts')).toContainText(`${item.guide.depth} / 3 级`);
    await expect(page.locator('.key-facts')).toContainText(`${item.guide.visits} 次`);
    await press(page, 'back');
    await onPage(page, 'guides');
  }
});

test('[C-05] other answers to the same item ask for other materials, and for no others', async ({ kiosk }) => {
  const { page } = kiosk;
  await hurry(page);
  await signIn(kiosk, 'zhang');
  await chooseItem(page, seniorAllowance.code);
  const answer = async (...options: readonly string[]) => {
    for (const option of options) {
      await page.locator(`.choice[data-name="${option}"]`).click();
      await press(page, 'next');
    }
    await onPage(page, 'materials');
    return page
      .locator('[data-material]')
      .evaluateAll((found) => found.map((material) => material.getAttribute('data-material')));
  };
  const self = await answer('self', '80-to-89', 'long-settled', 'social-card');
  expect(self).toEqual(['M-ID-CARD', 'M-ALLOWANCE-FORM', 'M-HOUSEHOLD-BOOK']);

  // Why each is asked for stands with it, in plain words and with the rule.
  const book = items.find(({ code }) => code === seniorAllowance.code)?.materials.find(({ id }) => id === self[2]);
  await press(page, `why-${self[2]}`);
  for (const words of [book?.reason, book?.basis.title, book?.basis.article, book?.basis.text])
    await expect(page.locator(`[data-material="${self[2]}"]`)).toContainText(words ?? 'nothing');

  for (const situation of ['payment', 'household', 'age-band', 'applicant']) {
    await press(page, 'back');
    await page.locator(`[data-situation="${situation}"]`).waitFor();
  }
  const guardian = await answer('agent', 'guardian', '90-to-99', 'long-settled', 'social-card');
  expect(guardian).toEqual([
    'M-ID-CARD',
    'M-ALLOWANCE-FORM',
    'M-HOUSEHOLD-BOOK',
    'M-ELDER-ID-CARD',
    'M-GUARDIAN-PAPER',
  ]);
});

test('the guide leads straight into the application of its item', async ({ kiosk }) => {
  const { hall, page } = kiosk;
  await hurry(page);
  await press(page, 'guide');
  await chooseItem(page, seniorAllowance.code);
  await page.locator('.guide').waitFor();
  await press(page, 'next');
  await onPage(page, 'consent');
  await page.locator('[data-page="consent"] .choice').click();
  await press(page, 'next');
  await hall.act('reader', { card: 'zhang' });
  await page.locator('[data-card="identified"]').waitFor();
  await press(page, 'next');
  await page.locator('[data-situation="applicant"]').waitFor();
});
