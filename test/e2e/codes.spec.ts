import { standardDevices } from '../../scripts/hall/hall-devices.ts';
import { walkToProgress } from '../drive/codes.ts';
import { finishVisit, handInShort, shortCatalogue } from '../drive/short-visit.ts';
import { untilAllSent } from '../drive/status.ts';
import { hurry, onPage, press, receiptOutcome } from '../drive/visit.ts';
import { decodeEscpos, paperText } from '../fixtures/paper/decode.ts';
import { expect, test } from './fixtures.ts';

test.use({ hallOptions: { catalogue: shortCatalogue, devices: [...standardDevices, 'codes'] } });

test('[S-14] a code that is an address, a script, of a foreign scheme, far too long or hidden is refused in words, and goes nowhere', async ({
  kiosk,
}) => {
  test.setTimeout(120_000);
  const { page, hall, logged } = kiosk;
  await hurry(page);
  await walkToProgress(kiosk);
  const address = page.url();
  for (const [code, reason, words] of [
    ['https://hall.example/receipt?n=1', 'foreign-address', '本机不会打开'],
    ['http://hall.example/receipt', 'forbidden-scheme', '本机不会打开'],
    ['javascript:alert(document.domain)', 'forbidden-scheme', '本机不会打开'],
    ['weixin://dl/business', 'forbidden-scheme', '本机不会打开'],
    ['data:text/html,<script>alert(1)</script>', 'forbidden-scheme', '本机不会打开'],
    ['<script>alert(1)</script>', 'unexpected', '不是收件凭证上的码'],
    [`YS${'7'.repeat(3_000)}`, 'too-long', '太长'],
    ['YS-HALL01\u202E-261122', 'hidden-characters', '看不见的字符'],
    ['6901234567892', 'unexpected', '不是收件凭证上的码'],
  ] as const) {
    await hall.act('codes', { show: code, symbology: 'Q1' });
    await expect(page.locator(`[data-name="code-${reason}"]`)).toContainText(words);
    await expect(page.locator('.entry-value')).toHaveText('');
    await press(page, 'back');
    await onPage(page, 'home');
    await walkToProgress(kiosk);
  }
  expect(page.url()).toBe(address);
  await logged('core.code-refused', { reason: 'too-long' });
});

test('the code on the printed receipt finds the case; a code that is shown where nobody waits for one does nothing', async ({
  kiosk,
}) => {
  test.setTimeout(120_000);
  const { page, hall } = kiosk;
  await hurry(page);
  const number = await handInShort(kiosk);
  expect(await receiptOutcome(page)).toBe('printed');
  await finishVisit(page);
  await untilAllSent(page);
  const [receipt] = hall.printed();
  const code = /[0-9A-HJKMNP-TV-Z]{26}/.exec(paperText(decodeEscpos(receipt ?? new Uint8Array())))?.[0] ?? '';
  expect(code).toHaveLength(26);

  await hall.act('codes', { show: code, symbology: 'Q1' });
  await onPage(page, 'home');
  await walkToProgress(kiosk);
  await expect(page.locator('.entry-value')).toHaveText('');
  await hall.act('codes', { show: code, symbology: 'Q1' });
  await expect(page.locator('[data-stage]')).toBeVisible();
  await expect(page.locator('.progress')).toContainText(number);
});
