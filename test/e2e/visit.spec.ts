import { decodeEscpos, paperText } from '../fixtures/paper/decode.ts';
import type { Received } from '../../src/platform/store.ts';
import type { Sample } from '../drive/samples.ts';
import { signal } from '../drive/processes.ts';
import { newborn, prepackagedFood, seniorAllowance, smallShop } from '../drive/samples.ts';
import { untilAllSent } from '../drive/status.ts';
import { chooseItem, fillApplication, hurry, onPage, press, signAndSubmit, typeOnScreen } from '../drive/visit.ts';
import type { WholeVisit } from '../drive/whole-visit.ts';
import { lookUpProgress, signIn, wholeVisit } from '../drive/whole-visit.ts';
import { countArrivals } from '../tour/arrivals.ts';
import type { Kiosk } from './fixtures.ts';
import { expect, test } from './fixtures.ts';

test.beforeEach(({ kiosk }) => hurry(kiosk.page));

/** The same visit with the platform there and with it gone; everything must have arrived exactly once in the end. */
async function onlineAndOffline(kiosk: Kiosk, sample: Sample): Promise<{ online: WholeVisit; received: Received }> {
  const { hall, page } = kiosk;
  const online = await wholeVisit(kiosk, sample);
  await untilAllSent(page);
  await hall.platform.stop();
  const offline = await wholeVisit(kiosk, sample, { level: 'dissatisfied' });
  expect([online.receipt, offline.receipt]).toEqual(['printed', 'printed']);
  const papers = hall.printed().map((bytes) => paperText(decodeEscpos(bytes)));
  expect(papers).toHaveLength(2);
  expect(papers[1]).toContain(offline.number);
  expect(papers[1]).toContain('正式办件编号由平台生成');
  await hall.platform.start();
  await untilAllSent(page);

  const received = await hall.platform.received();
  const arrived = countArrivals(received, [online.number, offline.number]);
  expect(arrived.exactlyOnce, arrived.lines.join('\n')).toBe(true);
  for (const one of received.cases) {
    expect(one).toMatchObject({ itemCode: sample.code, applicant: { name: '张宁', idNumber: '990101198803092111' } });
    expect(one.materials.map(({ id }) => id)).toEqual(sample.materials);
    expect(one.materials.flatMap(({ pages }) => pages)).toHaveLength(sample.scans);
  }
  expect(received.ratings.map(({ level }) => level)).toEqual(['satisfied', 'dissatisfied']);
  return { online, received };
}

test.describe('a whole visit', () => {
  test.setTimeout(180_000);

  for (const sample of [seniorAllowance, prepackagedFood]) {
    test(`[C-11] ${sample.name}: from the card to the rating, with the platform there and with it gone`, async ({
      kiosk,
    }) => {
      const { received } = await onlineAndOffline(kiosk, sample);
      expect(received.cases.map(({ parts }) => parts)).toEqual([[], []]);
    });
  }

  test('[C-11] [C-12] 新生儿出生一件事: online and offline, each shared field asked once, one case with three parts', async ({
    kiosk,
  }) => {
    const { online, received } = await onlineAndOffline(kiosk, newborn);
    expect(online.seen).toEqual([
      'parent',
      'settle-with',
      'marriage',
      'card-delivery',
      'applicantName',
      'applicantId',
      'phone',
      'otherParentId',
      'childSex',
      'childBirth',
      'birthCertificate',
      'childNation',
      'insuredYears',
      'cardBank',
      'mailAddress',
    ]);
    for (const parent of received.cases) {
      expect(parent.parts.map(({ name }) => name)).toEqual([
        '出生登记',
        '城乡居民基本医疗保险参保登记',
        '社会保障卡申领',
      ]);
      expect(new Set([parent.officialNumber, ...parent.partNumbers]).size).toBe(4);
      // Each department gets the shared answers, and nothing that only another one asked for.
      const fields = (name: string) => parent.parts.map((part) => name in part.fields);
      expect(fields('phone')).toEqual([true, true, true]);
      expect(fields('childNation')).toEqual([true, false, false]);
      expect(fields('mailAddress')).toEqual([false, false, true]);
    }
  });
});

test('[C-13] what the card says is not typed again: it is shown with its source, and can be said to be wrong', async ({
  kiosk,
}) => {
  const { page } = kiosk;
  await signIn(kiosk, 'zhang');
  await chooseItem(page, seniorAllowance.code);
  const sources: Record<string, string | null> = {};
  const typed: string[] = [];
  await fillApplication(page, seniorAllowance.answers, async (name) => {
    if (name !== 'question') return;
    const question = page.locator('[data-field]');
    const field = (await question.getAttribute('data-field')) ?? '';
    if ((await question.getAttribute('data-known')) !== null)
      sources[field] = await page.locator('.known-source').textContent();
    else if ((await page.locator('.keys').count()) > 0) typed.push(field);
  });
  const known = ['applicantName', 'applicantId', 'applicantSex', 'applicantBirth', 'homeAddress'];
  expect(sources).toEqual(Object.fromEntries(known.map((field) => [field, '来自您的身份证'])));
  expect(typed).toEqual(['phone', 'monthlyIncome']);
  for (const field of known) {
    await expect(page.locator(`[data-fact="${field}"] .fact-note`)).toHaveText('来自您的身份证');
  }

  await press(page, 'change-homeAddress');
  await onPage(page, 'question');
  await press(page, 'replace');
  await typeOnScreen(page, 'a18');
  await press(page, 'next');
  await onPage(page, 'check');
  await expect(page.locator('[data-fact="homeAddress"] .fact-value')).toHaveText('a18');
  await expect(page.locator('[data-fact="homeAddress"] .fact-note')).toHaveCount(0);
});

test('[C-06] every page asks one thing and leads back; an answer changed from the check page leads back there', async ({
  kiosk,
}) => {
  test.setTimeout(90_000);
  const { page } = kiosk;
  await signIn(kiosk, 'li');
  await chooseItem(page, prepackagedFood.code);
  const steps: string[] = [];
  await fillApplication(page, prepackagedFood.answers, async (name) => {
    if (name !== 'situation' && name !== 'question') return;
    await expect(page.locator('h1')).toHaveCount(1);
    await expect(page.locator('[data-page] .choices, [data-page] .keypad, [data-page] .known')).toHaveCount(1);
    await expect(page.locator('button[data-name="back"]')).toBeVisible();
    steps.push((await page.locator('.steps').textContent()) ?? '');
  });
  // How far the way still is stands on every page, and no two pages say the same.
  expect(new Set(steps).size).toBe(steps.length);

  const facts = page.locator('.check-section [data-fact]');
  await facts.first().waitFor();
  const withoutWay = await facts.evaluateAll((all) =>
    all.filter((fact) => !fact.querySelector('button')).map((fact) => fact.getAttribute('data-fact')),
  );
  expect(withoutWay).toEqual(['M-ID-CARD', 'M-FOOD-FORM']);

  await press(page, 'change-machines');
  await onPage(page, 'question');
  await press(page, 'clear');
  await typeOnScreen(page, '7');
  await press(page, 'next');
  await onPage(page, 'check');
  await expect(page.locator('[data-fact="machines"] .fact-value')).toHaveText('7 台');
  await press(page, 'change-hasWarehouse');
  await onPage(page, 'question');
  await press(page, 'back');
  await onPage(page, 'check');
});

test('[A-13] nothing needs a drag, presses act on release, and two taps on submit within 300 ms hand in once', async ({
  kiosk,
}) => {
  const { page } = kiosk;
  await signIn(kiosk, 'zhang');
  await chooseItem(page, smallShop.code);
  await fillApplication(page, smallShop.answers);
  await press(page, 'next');
  // Whoever cannot draw a line signs with dots.
  const pad = page.locator('[data-page="sign"] canvas');
  for (const x of [200, 260, 320]) await pad.click({ position: { x, y: 80 } });
  const submit = page.locator('button[data-name="next"]:not([data-disabled])');
  const box = await submit.boundingBox();
  if (!box) throw new Error('the button has no place');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await expect(page.locator('[data-page="sign"]')).toBeVisible();
  await page.mouse.move(x, y - 400);
  await page.mouse.up();
  await expect(page.locator('[data-page="sign"]')).toBeVisible();

  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1_000));
  await page.mouse.click(x, y);
  await page.clock.runFor(250);
  await page.mouse.click(x, y);
  await page.clock.resume();
  await onPage(page, 'handed-in');
  await untilAllSent(page);
  const { cases } = await kiosk.hall.platform.received();
  expect(cases).toHaveLength(1);
});

test('a case that the page calls handed in outlives the death of core at that moment', async ({ kiosk }) => {
  const { app, hall, page } = kiosk;
  await hall.platform.stop();
  await signIn(kiosk, 'zhang');
  await chooseItem(page, smallShop.code);
  await fillApplication(page, smallShop.answers);
  const number = await signAndSubmit(page);
  await signal(app, 'core', 'SIGKILL');
  await kiosk.logged('shell.process-lost', { name: 'core' });
  await onPage(page, 'home');
  expect(await lookUpProgress(page, number)).toMatchObject({ stage: 'waiting-to-send' });
  await hall.platform.start();
  await untilAllSent(page);
  const { cases } = await hall.platform.received();
  expect(cases.map(({ provisionalNumber }) => provisionalNumber)).toEqual([number]);
});
