import { ipcMain } from 'electron';
import type { IpcMainEvent, IpcMainInvokeEvent, WebContents, WebFrameMain } from 'electron';
import { isAppUrl } from './app-scheme.ts';

type PageOf = () => WebContents | undefined;

/** True for the top frame of the kiosk's own window with the kiosk's own page in it, and nothing else. */
function isTrustedSender(frame: WebFrameMain | null, page: WebContents | undefined): boolean {
  if (!frame || !page || page.isDestroyed() || frame.isDestroyed()) return false;
  return frame === page.mainFrame && frame.parent === null && isAppUrl(frame.url);
}

export type PageIpc = ReturnType<typeof createPageIpc>;

/** The one place where messages of pages come in: each sender is checked before its handler sees anything. */
export function createPageIpc(page: PageOf, onRefused: (channel: string) => void) {
  const trusted = (channel: string, event: IpcMainEvent | IpcMainInvokeEvent) => {
    const ok = isTrustedSender(event.senderFrame, page());
    if (!ok) onRefused(channel);
    return ok;
  };
  return {
    on(channel: string, handler: (value: unknown) => void): void {
      ipcMain.on(channel, (event, value: unknown) => {
        if (trusted(channel, event)) handler(value);
      });
    },
    /** What the handler returns is the answer. */
    handle(channel: string, handler: (value: unknown) => unknown): void {
      ipcMain.handle(channel, (event, value: unknown) => {
        if (!trusted(channel, event)) throw new Error('refused');
        return handler(value);
      });
    },
  };
}
