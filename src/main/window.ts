import { BrowserWindow } from 'electron';
import type { WebPreferences } from 'electron';
import { hallArgument } from '../contract/hall-argument.ts';
import type { HallView } from '../contract/visit-view.ts';
import { HOME_URL, homeBeside } from './app-scheme.ts';
import type { LaunchOptions } from './launch-options.ts';

/** Shown until the page has painted; the ground colour of the design tokens, so that nothing flashes. */
const GROUND = '#f6f4ee';

/** The defaults of a current Electron, said aloud: a later edit has to say the opposite aloud, too. */
export const lockedDown: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  devTools: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  disableDialogs: true,
};

export function openWindow(options: LaunchOptions, preload: string, hall: HallView | undefined): BrowserWindow {
  const window = new BrowserWindow({
    ...(options.window ? { ...options.window, useContentSize: true } : { fullscreen: true, kiosk: true }),
    show: false,
    frame: options.window !== undefined,
    backgroundColor: GROUND,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      additionalArguments: hall ? [hallArgument(hall)] : [],
      ...lockedDown,
      autoplayPolicy: 'no-user-gesture-required',
      backgroundThrottling: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

export function loadHome(window: BrowserWindow): Promise<void> {
  return window.loadURL(HOME_URL);
}

/** The home page anew, in a process that has never seen a visit; the one before ends. */
export function loadFreshHome(window: BrowserWindow): Promise<void> {
  return window.loadURL(homeBeside(window.webContents.getURL()));
}
