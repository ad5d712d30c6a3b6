import type { BrowserWindow } from 'electron';
import { pageChannels } from '../contract/page-channels.ts';
import {
  PAGE_LOSSES_MAX,
  PAGE_LOSSES_WINDOW,
  PAGE_PING_EVERY,
  PAGE_PINGS_MISSED_LOADING,
  PAGE_PINGS_MISSED_MAX,
} from './limits.ts';
import type { PageIpc } from './sender.ts';

export interface PageEvents {
  onLost(cause: string): void;
  /** The page is lost again and again: only a new application can help. */
  onHopeless(): void;
}

/** Sees a dead, hung, white or unloadable page and loads it anew; core has noticed by its closed port and wiped the visit. */
export function guardPage(window: BrowserWindow, ipc: PageIpc, reload: () => void, events: PageEvents): void {
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
  const endHung = watchPulse(window, ipc, () => lost('blank'));
  webContents.on('render-process-gone', (_event, details) => {
    const hung = endHung();
    if (details.reason !== 'clean-exit') lost(hung ? 'hung' : details.reason);
  });
  webContents.on('did-fail-load', (_event, _code, description, _url, isMainFrame) => {
    if (isMainFrame && description !== 'ERR_ABORTED') lost('load-failed');
  });
  webContents.on('preload-error', () => lost('preload-failed'));
}

/**
 * Asks the page for a sign of life: Chromium's own `unresponsive` comes only when somebody touches a hung page, and late.
 * A page that does not answer is ended, which leads to `render-process-gone`.
 *
 * @returns whether the renderer that is gone was ended as hung; then watches the next one
 */
function watchPulse(window: BrowserWindow, ipc: PageIpc, onBlank: () => void): () => boolean {
  const { webContents } = window;
  let unanswered = 0;
  let blank = 0;
  let loaded = false;
  let ended = false;
  const begin = () => {
    unanswered = 0;
    blank = 0;
    loaded = false;
  };
  const timer = setInterval(() => {
    if (ended || webContents.isCrashed()) return;
    if (unanswered >= (loaded ? PAGE_PINGS_MISSED_MAX : PAGE_PINGS_MISSED_LOADING)) {
      ended = true;
      webContents.forcefullyCrashRenderer();
      return;
    }
    unanswered += 1;
    webContents.send(pageChannels.ping);
  }, PAGE_PING_EVERY);
  window.once('closed', () => clearInterval(timer));
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) begin();
  });
  ipc.on(pageChannels.pong, (shows) => {
    unanswered = 0;
    loaded = true;
    blank = shows === true ? 0 : blank + 1;
    if (blank <= PAGE_PINGS_MISSED_MAX) return;
    begin();
    onBlank();
  });
  return () => {
    const hung = ended;
    ended = false;
    begin();
    return hung;
  };
}
