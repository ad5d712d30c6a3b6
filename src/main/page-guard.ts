import type { BrowserWindow } from 'electron';
import { PAGE_HUNG, PAGE_LOSSES_MAX, PAGE_LOSSES_WINDOW } from './limits.ts';

export interface PageEvents {
  onLost(cause: string): void;
  /** The page is lost again and again: only a new application can help. */
  onHopeless(): void;
}

/** Sees a dead, hung or unloadable page and loads it anew; core has noticed by its closed port and wiped the visit. */
export function guardPage(window: BrowserWindow, reload: () => void, events: PageEvents): void {
  const losses: number[] = [];
  const lost = (cause: string) => {
    events.onLost(cause);
    const now = Date.now();
    losses.push(now);
    while (losses[0] !== undefined && now - losses[0] > PAGE_LOSSES_WINDOW) losses.shift();
    if (losses.length > PAGE_LOSSES_MAX) events.onHopeless();
    else reload();
  };

  const { webContents } = window;
  let hangTimer: NodeJS.Timeout | undefined;
  webContents.on('render-process-gone', (_event, details) => {
    clearTimeout(hangTimer);
    if (details.reason !== 'clean-exit') lost(details.reason);
  });
  webContents.on('unresponsive', () => {
    // Ending the hung renderer leads to render-process-gone above, where it is loaded anew.
    hangTimer = setTimeout(() => webContents.forcefullyCrashRenderer(), PAGE_HUNG);
  });
  webContents.on('responsive', () => clearTimeout(hangTimer));
  webContents.on('did-fail-load', (_event, _code, description, _url, isMainFrame) => {
    if (isMainFrame && description !== 'ERR_ABORTED') lost('load-failed');
  });
  webContents.on('preload-error', () => lost('preload-failed'));
}
