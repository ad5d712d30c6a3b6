import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { decodeEscpos } from '../fixtures/paper/decode.ts';
import { paperHtml } from '../fixtures/paper/picture.ts';
import { bareFolder } from '../../scripts/hall/launch.ts';
import { launchElectron } from './electron.ts';

const FRAMES = 2;

/** A made-up page of a household register, as it lies under the camera. */
const documentHtml = `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; background: #3b4a4f; display: grid; place-items: center; height: 100vh; font-family: 'Noto Sans CJK SC', sans-serif }
  main { background: #fbf8ef; width: 940px; height: 660px; padding: 36px 56px; box-sizing: border-box; transform: rotate(-1.2deg); box-shadow: 0 12px 40px #0008 }
  h1 { text-align: center; letter-spacing: .4em; font-size: 40px; margin: 0 0 24px; color: #7a1f16 }
  table { width: 100%; border-collapse: collapse; font-size: 26px } td { border: 2px solid #9a8f7a; padding: 12px 16px }
  footer { margin-top: 26px; text-align: right; font-size: 24px; color: #7a1f16 }
</style><main><h1>常住人口登记卡</h1><table>
  <tr><td>姓名</td><td>样例</td><td>户主或与户主关系</td><td>户主</td></tr>
  <tr><td>民族</td><td>汉族</td><td>出生地</td><td>样例省示范市</td></tr>
  <tr><td>住址</td><td colspan="3">样例省示范市幸福区和平路 18 号</td></tr>
  <tr><td>登记日期</td><td>2016 年 7 月 15 日</td><td>用途</td><td>演示用纸，不是证件</td></tr>
</table><footer>示范市公安局幸福分局（样章）</footer></main>`;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A drawing table: an Electron window without any kiosk in it. */
async function draw<T>(work: (show: (html: string, size: Size) => Promise<Drawing>) => Promise<T>): Promise<T> {
  return withBareWindow({ width: 1280, height: 960 }, (app, page) =>
    work(async (html, size) => {
      await app.evaluate(({ BrowserWindow }, { width, height }) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(width, height);
      }, size);
      await page.setContent(html);
      return {
        jpeg: () => page.screenshot({ type: 'jpeg', quality: 85, clip: { x: 0, y: 0, ...size } }),
        png: (selector) => page.locator(selector).screenshot(),
      };
    }),
  );
}

/** Opens a page of a server in a window of that size, and keeps what is seen at first as a PNG. Answers with its texts. */
export async function drawServed(url: string, size: Size, file: string): Promise<string> {
  return withBareWindow(size, async (_app, page) => {
    await page.goto(url);
    await page.screenshot({ path: file });
    return page.locator('body').innerText();
  });
}

async function withBareWindow<T>(size: Size, work: (app: ElectronApplication, page: Page) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kiosk-draw-'));
  const app = await launchElectron({ folder: bareFolder, dataDir, size });
  try {
    return await work(app, await app.firstWindow());
  } finally {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
interface Drawing {
  jpeg(): Promise<Buffer>;
  png(selector: string): Promise<Buffer>;
}

/** Writes what Chromium's fake camera shows: a motion JPEG, which is nothing but pictures one after the other. */
export async function prepareCamera(file: string): Promise<void> {
  await draw(async (show) => {
    const picture = await (await show(documentHtml, { width: 1280, height: 960 })).jpeg();
    await writeFile(file, Buffer.concat(Array.from({ length: FRAMES }, () => picture)));
  });
}

/** Turns the fake camera on and shows it that file. */
export function cameraSwitches(file: string): string[] {
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`];
}

/** Draws printed paper, as read back from the bytes the printer got. */
export async function drawReceipts(
  receipts: readonly { readonly bytes: Uint8Array; readonly file: string }[],
): Promise<void> {
  await draw(async (show) => {
    for (const { bytes, file } of receipts) {
      const drawing = await show(paperHtml(decodeEscpos(bytes)), { width: 640, height: 1600 });
      await writeFile(file, await drawing.png('#paper'));
    }
  });
}
