import type { App, Input, WebContents } from 'electron';
import { isAppUrl } from './app-scheme.ts';

/** Application-wide limits on every page that ever exists, in place before the first window. */
export function confinePages(app: App, onRefused: (what: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    const stay = (event: { preventDefault(): void; url: string }) => {
      // Also our own addresses: the page changes its content, never its address.
      event.preventDefault();
      onRefused(isAppUrl(event.url) ? 'navigation-own' : 'navigation-foreign');
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-frame-navigate', stay);
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
      onRefused('webview');
    });
    contents.setWindowOpenHandler(() => {
      onRefused('window-open');
      return { action: 'deny' };
    });
    confineKeys(contents, onRefused);
  });
}

const editing = new Set(['a', 'c', 'v', 'x', 'z']);

/** Keys that leave the page, reload it, zoom it or open tools. Plain typing and Tab pass: a keypad and a screen reader need them. */
export function isForbiddenKey(input: Pick<Input, 'key' | 'control' | 'alt' | 'meta'>): boolean {
  if (/^F\d{1,2}$/.test(input.key)) return true;
  if (input.alt || input.meta || input.key === 'Meta' || input.key === 'ContextMenu' || input.key === 'PrintScreen')
    return true;
  if (/^(Browser|Launch)/.test(input.key)) return true;
  return input.control && input.key.length >= 1 && input.key !== 'Control' && !editing.has(input.key.toLowerCase());
}

function confineKeys(contents: WebContents, onRefused: (what: string) => void): void {
  contents.on('before-input-event', (event, input) => {
    if (!isForbiddenKey(input)) return;
    event.preventDefault();
    onRefused('key');
  });
  contents.on('zoom-changed', () => contents.setZoomLevel(0));
}
