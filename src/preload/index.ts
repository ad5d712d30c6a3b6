import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { contextBridge, ipcRenderer } from 'electron';
import { clientAt, createBridge } from '../contract/bridge.ts';
import type { ShapeOf } from '../contract/bridge-shape.ts';
import type { CoreApi } from '../contract/core-api.ts';
import { hallFromArguments } from '../contract/hall-argument.ts';
import { pageChannels } from '../contract/page-channels.ts';

/** Put in by the build from the contract itself. */
declare const CORE_API_SHAPE: ShapeOf<CoreApi>;

const hall = hallFromArguments(process.argv);

/**
 * The shell answers the first line with the one port to core; calls made before it comes wait for it. The client is
 * wrapped, since it answers every property, `then` among them, and would be taken for a promise.
 */
const core: Promise<{ readonly client: object }> = new Promise((resolve) => {
  ipcRenderer.once(pageChannels.port, (event) => {
    const [port] = event.ports;
    if (!port) throw new Error('the shell sent no port');
    resolve({ client: createORPCClient(new RPCLink({ port })) });
    port.start();
  });
});
// Only now does the shell know this frame as the window's own: while the preload starts, the former page still is.
document.addEventListener('readystatechange', () => ipcRenderer.send(pageChannels.connect), { once: true });
// Runs where the page's own code runs: a page caught in a loop does not answer, and one that broke shows nothing.
ipcRenderer.on(pageChannels.ping, () => {
  ipcRenderer.send(pageChannels.pong, document.querySelector('[data-page]') !== null);
});

contextBridge.exposeInMainWorld('kiosk', {
  ...createBridge(
    CORE_API_SHAPE,
    (path) =>
      async (...rest) =>
        clientAt((await core).client, path)(...rest),
  ),
  shell: {
    armCamera: async () => {
      await ipcRenderer.invoke(pageChannels.armCamera);
    },
    renew: () => ipcRenderer.send(pageChannels.renew),
    drawn: () => ipcRenderer.send(pageChannels.drawn),
    hall: () => hall,
  },
});
