import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { clippedTexts, crampedControls } from './measure.ts';

/** What is wrong with the page that shows now. */
async function problemsOf(page: Page): Promise<string[]> {
  // A page of its own for the results, as newer ways have, cannot be opened in the kiosk.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return [
    ...grave.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html).join(' ')}`),
    ...(await crampedControls(page)),
    ...(await clippedTexts(page)),
  ];
}

/** Judges and photographs each page of a walk. */
export function inspector(page: Page, folder: string) {
  const problems: string[] = [];
  let pages = 0;
  const look = async (where: string) => {
    pages += 1;
    await page.screenshot({ path: `reports/pictures/${folder}/${String(pages).padStart(2, '0')}-${where}.png` });
    problems.push(...(await problemsOf(page)).map((problem) => `${where}: ${problem}`));
  };
  return { look, problems, pages: () => pages };
}
