import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { decodeEscpos, paperText } from '../fixtures/paper/decode.ts';
import { hiddenWords } from '../drive/people.ts';
import { seniorAllowance } from '../drive/samples.ts';
import { untilAllSent } from '../drive/status.ts';
import { chooseItem, fillApplication, hurry, press, signAndSubmit } from '../drive/visit.ts';
import { signIn } from '../drive/whole-visit.ts';
import { expect, test } from './fixtures.ts';

/** What is left of a receipt without the white space that lays it out. */
function wordsOf(bytes: Uint8Array): string {
  return paperText(decodeEscpos(bytes)).replaceAll(/\s/g, '');
}

test('[C-23] the receipt says all that it must, masked; out of paper loses nothing, and printed again it has the official number', async ({
  kiosk,
}) => {
  const { hall, page } = kiosk;
  await hurry(page);
  await hall.act('printer', { paper: 'out' });
  await signIn(kiosk, 'zhang');
  await chooseItem(page, seniorAllowance.code);
  await fillApplication(page, seniorAllowance.answers);
  const number = await signAndSubmit(page);
  await expect(page.locator('[data-receipt="failed"]')).toHaveAttribute('data-reason', 'paper-out');
  await untilAllSent(page);
  expect(hall.printed()).toEqual([]);

  await hall.act('printer', { paper: 'ok' });
  await press(page, 'print-again');
  await page.locator('[data-receipt="printed"]').waitFor();
  const [receipt = new Uint8Array()] = hall.printed();
  const { cases } = await hall.platform.received();
  const words = wordsOf(receipt);
  for (const word of [
    '安澜县政务服务中心',
    `临时编号（凭此查询进度）${number}`,
    `办件编号${cases[0]?.officialNumber}`,
    seniorAllowance.name,
    '申请人张*',
    '证件号码尾号2111',
    '办理部门安澜县民政局',
    `提交时间${cases[0]?.handedInAt.slice(0, 10)}`,
    '当前状态已提交，尚未受理',
    '已收材料（3项）',
    '申请人居民身份证电子',
    '高龄津贴申请表电子',
    '居民户口簿（首页和老人本人页）1页',
    '法定办结时限20个工作日',
    '承诺办结时限7个工作日',
    '咨询电话',
    '投诉电话',
  ])
    expect(words).toContain(word);
  for (const word of hiddenWords('zhang')) expect(words).not.toContain(word);

  const { items } = decodeEscpos(receipt);
  expect(items.at(-1)).toMatchObject({ kind: 'cut' });
  const codes = items.flatMap((item) => (item.kind === 'qr' ? [item.content] : []));
  expect(codes).toEqual([cases[0]?.receiptCode]);
  // Opaque: nothing of the case or the person can be read out of it.
  expect(codes[0]).toMatch(/^[0-9A-Z]{12,}$/);
  for (const word of [...hiddenWords('zhang'), number.replaceAll('-', ''), cases[0]?.officialNumber ?? 'none'])
    expect(codes[0]).not.toContain(word);
  const shown = PNG.sync.read(await page.locator('.handed-in-code').screenshot());
  expect(jsQR(Uint8ClampedArray.from(shown.data), shown.width, shown.height)?.data).toBe(codes[0]);
});
