import { join } from 'node:path';
import { BrowserWindow, screen, session } from 'electron';
import { z } from 'zod';
import { dockChannels } from '../../contract/dock-channels.ts';
import { fromDock } from '../../contract/dock.ts';
import { appScheme, createAppHandler, HOME_URL } from '../app-scheme.ts';
import { CameraGate, denyByDefault } from '../permissions.ts';
import { createPageIpc } from '../sender.ts';
import { lockedDown } from '../window.ts';
import { HallLine } from './hall-line.ts';
import { placeSideBySide } from './place.ts';

const here = import.meta.dirname;
const wanted = z.tuple([fromDock.shape.device, fromDock.shape.action]);

/** Opens the dock at the side of the kiosk's window once the hall says that the kiosk is in service; it closes with the kiosk. */
export async function openDock(kiosk: BrowserWindow, door: string): Promise<void> {
  const places = placeSideBySide(kiosk.getContentBounds(), screen.getDisplayMatching(kiosk.getBounds()).workArea);
  kiosk.setContentBounds(places.kiosk);
  const hall = new HallLine(door);
  const devices = await hall.devices;
  if (kiosk.isDestroyed()) return;
  const dock = new BrowserWindow({
    parent: kiosk,
    ...places.dock,
    minimizable: false,
    autoHideMenuBar: true,
    webPreferences: { ...lockedDown, preload: join(here, 'preload/index.cjs'), session: lockedSession() },
  });
  const ipc = createPageIpc(() => dock.webContents, ignored);
  ipc.handle(dockChannels.devices, () => devices);
  ipc.handle(dockChannels.act, (value) => hall.act(...wanted.parse(value)));
  hall.onEvent = (happened) => {
    if (!dock.isDestroyed()) dock.webContents.send(dockChannels.event, happened);
  };
  await dock.loadURL(HOME_URL);
}

/** Where the page of the dock lives: nothing of the kiosk's page reaches it, and the same address is another page there. */
function lockedSession() {
  const own = session.fromPartition('dock');
  const neverArmed = new CameraGate(() => Date.now());
  denyByDefault(own, neverArmed, ignored);
  const answer = createAppHandler(join(here, 'renderer'));
  own.protocol.registerBufferProtocol(appScheme.scheme, (request, reply) => {
    void answer(request).then(reply);
  });
  return own;
}

/** Refusals of the dock's page are not the kiosk's, whose log they would go to. */
function ignored(): void {}
