import { AxeBuilder } from '@axe-core/playwright';
import { walkAllPages } from '../drive/all-pages.ts';
import { landscape, portrait } from '../../scripts/hall/launch.ts';
import { hurry } from '../drive/visit.ts';
import { expect, test } from './fixtures.ts';
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
      const problems: string[] = [];
      let pages = 0;
      await walkAllPages(kiosk, async (where) => {
        pages += 1;
        await page.screenshot({ path: `reports/pictures/${name}/${String(pages).padStart(2, '0')}-${where}.png` });
        // A page of its own for the results, as newer ways have, cannot be opened in the kiosk.
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        for (const { id, nodes } of grave)
          problems.push(`${where}: ${id} at ${nodes.map(({ html }) => html).join(' ')}`);
        for (const problem of await crampedControls(page)) problems.push(`${where}: ${problem}`);
        for (const problem of await clippedTexts(page)) problems.push(`${where}: ${problem}`);
      });
      expect(problems.join('\n')).toBe('');
      expect(pages).toBeGreaterThan(30);
    });
  });
}
