import { press } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';

test.use({
  hallOptions: {
    config: { selfTest: { at: '00:00' }, speaker: 'none' },
    actions: { printer: [{ paper: 'out' }] },
  },
});

test('a kiosk that was switched on after its hour tests itself, closes the printer without paper, says so and reports it', async ({
  kiosk,
}, testInfo) => {
  const { page, hall, logged } = kiosk;
  await logged('core.self-tested', { cause: 'opening', verdict: 'failed' });
  await expect(page.locator('[data-name="staff-notes"]')).toBeVisible();
  await press(page, 'help');
  const note = page.locator('[data-note="device"][data-trouble="paper-out"]');
  await expect(note).toContainText('已停用');
  await page.screenshot({ path: testInfo.outputPath('closed.png') });
  await press(page, 'close');
  await logged('core.delivered', { step: 'self-test' });
  const { selfTests } = await hall.platform.received();
  expect(selfTests).toMatchObject([{ kioskId: 'HALL01', cause: 'opening', attended: false }]);
  expect(selfTests[0]?.devices.map(({ device, verdict }) => [device, verdict])).toEqual([
    ['reader', 'passed'],
    ['printer', 'failed'],
    ['pad', 'passed'],
  ]);
});
