import { randomUUID } from 'node:crypto';
import { smallShop } from '../drive/samples.ts';
import { untilAllSent } from '../drive/status.ts';
import { chooseItem, fillApplication, hurry, onPage, press, signAndSubmit, typeOnScreen } from '../drive/visit.ts';
import { lookUpProgress, signIn } from '../drive/whole-visit.ts';
import { expect, test } from './fixtures.ts';

test('[P-07] the provisional number finds the case before and after it is sent, then with its official number, which finds it too', async ({
  kiosk,
}) => {
  const { hall, page } = kiosk;
  await hurry(page);
  await hall.platform.stop();
  await signIn(kiosk, 'zhang');
  await chooseItem(page, smallShop.code);
  await fillApplication(page, smallShop.answers);
  const number = await signAndSubmit(page);
  await press(page, 'next');
  await page.locator('[data-level="skip"]').click();
  await onPage(page, 'end');
  await press(page, 'next');
  expect(await lookUpProgress(page, number)).toEqual({ stage: 'waiting-to-send', official: '上报后自动生成' });

  await hall.platform.start();
  await untilAllSent(page);
  const { cases } = await hall.platform.received();
  const official = cases[0]?.officialNumber ?? '';
  expect(official).toMatch(/^990101\d{10,}$/);
  const found = await lookUpProgress(page, number);
  expect(found.official).toBe(official);
  expect(await lookUpProgress(page, official)).toEqual(found);
  // As people type it: without its dashes, in small letters, on the keys of the screen.
  await press(page, 'progress');
  await typeOnScreen(page, number.replaceAll('-', ''));
  await press(page, 'next');
  await expect(page.locator('[data-fact="official-number"] .fact-value')).toHaveText(official);
});

test('a number that nobody has and a platform that is away are told apart, and say what to do', async ({ kiosk }) => {
  const { hall, page } = kiosk;
  await hurry(page);
  await press(page, 'progress');
  await page.locator('.keys').waitFor();
  await page.keyboard.type('99010120261122');
  await press(page, 'next');
  await expect(page.locator('[data-name="UNKNOWN_NUMBER"]')).toContainText('请对照凭证核对每一位');
  await hall.platform.stop();
  await press(page, 'next');
  await expect(page.locator('[data-name="PLATFORM_UNREACHABLE"]')).toContainText('请稍后再试，或到窗口查询');
});

test('what the platform told is shown although it is away now: the announcement, what is missing, and as of when', async ({
  kiosk,
}) => {
  const { hall, page } = kiosk;
  await hurry(page);
  await signIn(kiosk, 'zhang');
  await chooseItem(page, smallShop.code);
  await fillApplication(page, smallShop.answers);
  const number = await signAndSubmit(page);
  await press(page, 'next');
  await page.locator('[data-level="skip"]').click();
  await onPage(page, 'end');
  await press(page, 'next');
  await onPage(page, 'home');
  await untilAllSent(page);
  const [sent] = (await hall.platform.received()).cases;
  if (!sent) throw new Error('the case was sent');
  const defects = [
    { material: '营业场所证明', what: '缺少房东签名' },
    { what: '照片不清楚', how: '重新拍一张' },
  ];
  await hall.platform.publish({ id: randomUUID(), kind: 'supplement', content: { caseId: sent.id, defects } });
  const at = '2026-11-22T10:00:00+08:00';
  const records = [
    { kind: 'delivery', carrier: '示例快递', waybillEnd: '7890', state: 'sent', at },
    { kind: 'payment', name: '工本费', amountFen: 2_050, state: 'paid', at },
    { kind: 'payment', name: '登记费', amountFen: 500, state: 'due', at },
  ];
  await hall.platform.publish({ id: randomUUID(), kind: 'side-records', content: { caseId: sent.id, records } });
  const announcement = {
    announcement: randomUUID(),
    title: '周六上午开放',
    text: '星期六 9:00 到 12:00 可以办理。',
    from: '2026-01-01T00:00:00+08:00',
    until: '2099-01-01T00:00:00+08:00',
    review: { number: '安保审〔2026〕90号', office: '安澜县政务服务管理局', reviewedOn: '2026-11-20', verdict: 'open' },
  };
  await hall.platform.publish({
    id: randomUUID(),
    kind: 'announcement',
    content: announcement,
    kiosks: [sent.kioskId],
  });
  // The kiosk asks every half a minute.
  await expect(page.locator('[data-name="announcement"]')).toContainText('周六上午开放', { timeout: 45_000 });
  await hall.platform.stop();
  expect((await lookUpProgress(page, number)).stage).toBe('applied');
  await press(page, 'progress');
  await typeOnScreen(page, number.replaceAll('-', ''));
  await press(page, 'next');
  await expect(page.locator('[data-name="supplement"] li')).toHaveText([
    '营业场所证明 · 缺少房东签名',
    '照片不清楚 · 重新拍一张',
  ]);
  await expect(page.locator('[data-name="as-of"]')).toContainText('平台暂时连不上');
  await expect(page.locator('[data-fact="delivery"]')).toContainText('示例快递，单号尾号 7890：已寄出');
  await expect(page.locator('[data-fact="payment"] .fact-line')).toContainText([
    '工本费 20.50 元：已缴',
    '登记费 5.00 元：待缴',
  ]);
});
