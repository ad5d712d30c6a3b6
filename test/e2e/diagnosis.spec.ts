import people from '../../drivers/sam-reader/people.json' with { type: 'json' };
import { decodeEscpos, paperText } from '../fixtures/paper/decode.ts';
import { hiddenWords } from '../drive/people.ts';
import { signIn } from '../drive/staff.ts';
import { onPage, press } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';

test.describe.configure({ timeout: 120_000 });

/** As the card has it: two bytes a character, the lower one first. */
const onCard = (text: string) => Buffer.from(text, 'utf16le').toString('hex');

test('[M-14] a maintainer tries the printer and the reader by hand and sees their bytes, nothing of the person among them', async ({
  kiosk,
}) => {
  const { page, hall } = kiosk;
  await signIn(page, 'maintainer');
  await press(page, 'other');
  await onPage(page, 'staff-diagnosis');
  await expect(page.locator('[data-fact="version-kiosk"]')).toContainText(/\d+\.\d+\.\d+/);
  await expect(page.locator('[data-fact="version-electron"]')).toContainText(/\d+\.\d+\.\d+/);
  await expect(page.locator('[data-fact="device-reader"]')).toContainText('sam-reader serial-115200');

  await press(page, 'try-printer');
  const steps = page.locator('.trial-steps');
  await expect(steps).toHaveAttribute('data-verdict', 'passed', { timeout: 30_000 });
  await expect(page.locator('[data-step="test-page"]')).toHaveAttribute('data-outcome', 'passed');
  expect(hall.printed().map((bytes) => paperText(decodeEscpos(bytes)))).toEqual([expect.stringContaining('打印测试')]);
  // ESC @, with which each document begins.
  await expect(page.locator('.frame-line[data-to="device"]', { hasText: /(^| )1b 40/ }).first()).toBeVisible();
  await press(page, 'back');

  await press(page, 'try-reader');
  await page.locator('[data-name="do-card"]').waitFor();
  await hall.act('reader', { card: 'li' });
  await expect(steps).toHaveAttribute('data-verdict', 'passed', { timeout: 30_000 });
  await expect(page.locator('[data-step="card"]')).toHaveAttribute('data-outcome', 'passed');
  const shown = (await page.locator('.frame-hex').allTextContents()).join('\n').replaceAll(' ', '');
  // Frames of the reader (GA/T 467-2019), the longest of which is the card's text and photo.
  expect(shown).toContain('aaaaaa9669');
  await expect(page.locator('.frame-about', { hasText: /\d{4} 字节/ }).first()).toBeVisible();
  for (const hidden of hiddenWords('li')) {
    expect(shown).not.toContain(onCard(hidden));
    expect(await page.locator('body').textContent()).not.toContain(hidden);
  }
  // In its place stands the person whom the reader's driver makes up.
  expect(shown).toContain(onCard(people.zhang.name));
});

test('staff of the hall have no diagnostics', async ({ kiosk }) => {
  const { page } = kiosk;
  await signIn(page, 'hall-staff');
  await expect(page.locator('button[data-name="other"]')).toHaveCount(0);
  const answer = await page.evaluate(() => window.kiosk.staff.facts());
  expect(answer).toEqual({ ok: false, error: { code: 'ROLE_NEEDED' } });
});
