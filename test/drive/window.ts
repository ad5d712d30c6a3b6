import { expect } from '@playwright/test';
import type { ElectronApplication } from '@playwright/test';

/**
 * What the window shows, asked over the application itself: Playwright gives a page up for good once its renderer was
 * lost, and what comes after is what such tests are about.
 */
async function inWindow(app: ElectronApplication, script: string): Promise<unknown> {
  return app.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
    script,
  );
}

/** Waits until the window shows the named page, at most so many milliseconds. */
export async function untilWindowShows(app: ElectronApplication, page: string, timeout: number): Promise<void> {
  const shown = `document.querySelector('[data-page]')?.dataset.page`;
  await expect.poll(() => inWindow(app, shown), { timeout }).toBe(page);
}

/** Every word in the window. */
export async function windowText(app: ElectronApplication): Promise<string> {
  return String(await inWindow(app, 'document.body.textContent'));
}

/** Where a case stands, asked by its number over the page's own bridge. */
export async function stageInWindow(app: ElectronApplication, number: string): Promise<unknown> {
  return inWindow(
    app,
    `kiosk.progress.lookup({ number: ${JSON.stringify(number)} }).then((found) => found.value?.stage)`,
  );
}
