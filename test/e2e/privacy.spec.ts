import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { IDLE_BEFORE_WARNING_MS, IDLE_WARNING_MS } from '../../src/renderer/limits.ts';
import { hiddenWords, phone } from '../drive/people.ts';
import { newborn, seniorAllowance } from '../drive/samples.ts';
import { untilAllSent } from '../drive/status.ts';
import { chooseItem, hurry, leaveVisit, onPage, press } from '../drive/visit.ts';
import { signIn, wholeVisit } from '../drive/whole-visit.ts';
import type { Kiosk } from './fixtures.ts';
import { expect, test } from './fixtures.ts';
import { findWords } from './outputs.ts';

/** All of the page: text as it reads without its gaps, and every tag with its attributes. */
async function wholePage(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { outerHTML, textContent } = document.documentElement;
    return `${document.title} ${location.href} ${(textContent ?? '').replaceAll(/\s/g, '')} ${outerHTML}`;
  });
}

/** The strings that live in the page, after a collection of garbage. */
async function heapStrings(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  const { strings }: { strings: string[] } = JSON.parse(chunks.join(''));
  return strings;
}

test.beforeEach(({ kiosk }) => hurry(kiosk.page));

test('no page of a visit holds more of the person than the surname, stars and the last four digits', async ({
  kiosk,
}) => {
  test.setTimeout(90_000);
  const { page } = kiosk;
  const hidden = hiddenWords('li');
  const leaks: string[] = [];
  let pages = 0;
  const { person } = await wholeVisit(kiosk, newborn, {
    card: 'li',
    reached: async (name) => {
      pages += 1;
      const content = await wholePage(page);
      for (const word of hidden) if (content.includes(word)) leaks.push(`${name}: ${word}`);
    },
  });
  expect(person.name).toBe('李**');
  expect(person.idLast4).toMatch(/^\D*3027$/);
  expect(leaks).toEqual([]);
  expect(pages).toBeGreaterThan(25);
});

test('[S-03] [S-07] [M-16] after whole visits neither disk nor logs nor titles nor the memory of the page know the person', async ({
  kiosk,
}) => {
  test.setTimeout(120_000);
  const { app, hall, page } = kiosk;
  const secrets = [...hiddenWords('zhang'), phone];
  const titles = new Set<string>();
  await hall.platform.stop();
  await wholeVisit(kiosk, seniorAllowance, {
    reached: async () => {
      titles.add(`${await page.title()} ${page.url()}`);
    },
  });
  // The case waits sealed on the disk, and the page has nothing left.
  expect(await findWords(hall.dataDir, secrets)).toEqual([]);
  await hall.platform.start();
  await untilAllSent(page);

  const strings = await heapStrings(page);
  expect(strings.some((text) => text.includes('您好，欢迎办事'))).toBe(true);
  expect(strings.filter((text) => secrets.some((word) => text.replaceAll(/\s/g, '').includes(word)))).toEqual([]);

  await app.close();
  expect(await findWords(hall.dataDir, secrets)).toEqual([]);
  expect(await findWords(join(hall.folder, 'ports'), secrets)).toEqual([]);
  const logs = await Promise.all(
    ['kiosk/logs/shell.log', 'kiosk/logs/core.log', 'kiosk/logs/devices.log', 'platform.log'].map((name) =>
      readFile(join(hall.folder, name), 'utf8'),
    ),
  );
  for (const log of logs) for (const word of secrets) expect(log).not.toContain(word);
  for (const log of logs) expect(log.length).toBeGreaterThan(100);
  expect([...titles]).toEqual(['政务服务自助终端 app://kiosk/index.html']);
  expect(await readFile(join(hall.dataDir, 'logs/core.log'), 'utf8')).toContain('core.visit-ended');
});

test('[S-03] each visit has a page in a process of its own, and the process ends with the visit', async ({ kiosk }) => {
  const { app } = kiosk;
  const processOfPage = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0);
  const pages = () =>
    app.evaluate(({ app: application }) =>
      application
        .getAppMetrics()
        .filter(({ type }) => type === 'Tab')
        .map(({ pid }) => pid),
    );
  const seen = new Set<number>();
  for (let visit = 0; visit < 3; visit += 1) {
    seen.add(await processOfPage());
    await signIn(kiosk, 'zhang');
    await kiosk.hall.act('reader', { card: null });
    await leaveVisit(kiosk.page);
    await expect.poll(async () => [...seen].includes(await processOfPage())).toBe(false);
    await expect.poll(async () => (await pages()).filter((pid) => seen.has(pid))).toEqual([]);
  }
  expect(seen.size).toBe(3);
});

test('no card is looked for before the notice is agreed to; whoever refuses is shown the way to a window', async ({
  kiosk,
}) => {
  const { hall, page } = kiosk;
  const story: string[] = [];
  const found = hall.next('reader', 'card-found').then(() => story.push('card looked for'));
  await hall.act('reader', { card: 'zhang' });
  await press(page, 'apply');
  await onPage(page, 'consent');
  await expect(page.locator('button[data-name="next"]')).toBeDisabled();
  await press(page, 'other');
  await onPage(page, 'window');
  await expect(page.locator('[data-page="window"]')).toContainText('没有收集您的任何信息');
  story.push('refused');
  await press(page, 'next');
  await press(page, 'apply');
  await page.locator('[data-page="consent"] .choice').click();
  story.push('agreed');
  await press(page, 'next');
  await found;
  expect(story).toEqual(['refused', 'agreed', 'card looked for']);
});

test('whoever is silent is asked, has more time by one press as often as needed, and is wiped when gone', async ({
  kiosk,
}) => {
  const { page } = kiosk;
  await signIn(kiosk, 'zhang');
  await chooseItem(page, seniorAllowance.code);
  await page.locator('[data-situation]').waitFor();
  const warning = page.locator('[data-dialog="idle"]');
  for (let time = 0; time < 10; time += 1) {
    await page.clock.runFor(IDLE_BEFORE_WARNING_MS);
    await warning.waitFor();
    await press(page, 'more-time');
    await warning.waitFor({ state: 'detached' });
    await expect(page.locator('[data-situation]')).toBeVisible();
  }
  await page.clock.runFor(IDLE_BEFORE_WARNING_MS);
  await warning.waitFor();
  await page.clock.runFor(IDLE_WARNING_MS);
  await onPage(page, 'home');
  await kiosk.logged('core.visit-ended', { cause: 'idle' });
  await expectNothingOpen(kiosk);
});

async function expectNothingOpen({ page }: Kiosk): Promise<void> {
  const answer = await page.evaluate(async () => {
    const bridge: { application: { view: () => Promise<{ ok: boolean; error?: { code: string } }> } } = Reflect.get(
      window,
      'kiosk',
    );
    const view = await bridge.application.view();
    return view.error?.code;
  });
  expect(answer).toBe('SESSION_NEEDED');
}
