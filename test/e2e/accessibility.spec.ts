import { standardDevices } from '../../scripts/hall/hall-devices.ts';
import { walkAllPages } from '../drive/all-pages.ts';
import { walkDevicePages } from '../drive/device-pages.ts';
import { shortCatalogue } from '../drive/short-visit.ts';
import { landscape, portrait } from '../../scripts/hall/launch.ts';
import { forgetCard } from '../drive/left-card.ts';
import { walkStaffPages } from '../drive/staff.ts';
import { hurry } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';
import { inspector } from './inspector.ts';
import { clippedTexts, crampedControls } from './measure.ts';

for (const [name, size] of Object.entries({ portrait, landscape })) {
  test.describe(name, () => {
    test.use({ size });
    test(`[A-02] [A-16] every page: nothing serious for axe, targets of 60 px 8 px apart, nothing cut off (${name})`, async ({
      kiosk,
    }) => {
      test.setTimeout(180_000);
      const { page } = kiosk;
      await hurry(page);
      const { look, problems, pages } = inspector(page, name);
      await walkAllPages(kiosk, look);
      expect(problems.join('\n')).toBe('');
      expect(pages()).toBeGreaterThan(30);
    });

    test.describe('with a scanner, a code reader, lamps and a presence sensor', () => {
      test.use({
        hallOptions: { catalogue: shortCatalogue, devices: [...standardDevices, 'scanner', 'codes', 'lamps'] },
      });
      test(`the same of every page that has to do with them (${name})`, async ({ kiosk }) => {
        test.setTimeout(180_000);
        const { page, logged } = kiosk;
        await logged('devices.state-changed', { device: 'scanner', to: 'ready' });
        await hurry(page);
        const { look, problems, pages } = inspector(page, `devices-${name}`);
        await walkDevicePages(kiosk, look);
        expect(problems.join('\n')).toBe('');
        expect(pages()).toBe(10);
      });
    });

    test(`the same of every page for staff, and of the one for a card left behind (${name})`, async ({ kiosk }) => {
      test.setTimeout(180_000);
      const { look, problems, pages } = inspector(kiosk.page, `staff-${name}`);
      await walkStaffPages(kiosk, look);
      await forgetCard(kiosk);
      await look('left-item');
      expect(problems.join('\n')).toBe('');
      expect(pages()).toBeGreaterThanOrEqual(5);
    });
  });
}

test('the measures see what is too small, too close together or cut off', async ({ kiosk }) => {
  const { page } = kiosk;
  await page.evaluate(() => {
    const put = (tag: string, name: string, style: Partial<CSSStyleDeclaration>) => {
      const element = document.createElement(tag);
      element.dataset['name'] = name;
      Object.assign(element.style, { position: 'fixed', top: '300px', height: '80px' }, style);
      document.body.append(element);
      return element;
    };
    put('button', 'tiny', { left: '0', width: '40px', height: '40px' });
    put('button', 'near', { left: '43px', width: '80px' });
    const text = put('p', 'cut', { left: '200px', width: '60px', overflow: 'hidden', whiteSpace: 'nowrap' });
    text.textContent = 'cut off here';
  });
  const cramped = (await crampedControls(page)).join();
  expect(cramped).toContain('button tiny "" is 40.0 x 40.0');
  expect(cramped).toContain('button tiny "" and button near "" are 3.0, -40.0 apart');
  expect((await clippedTexts(page)).join()).toContain('"cut off here" runs out of p');
});
