import { createORPCClient } from '@orpc/client';
import type { Client } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { contextBridge, ipcRenderer } from 'electron';
import { createBridge } from '../contract/bridge.ts';
import { coreApi } from '../contract/core-api.ts';
import { pageChannels } from '../contract/page-channels.ts';

type AnyClient = Client<Record<never, never>, unknown, unknown, Error>;

/** The shell answers the first line with the one port to core. Calls made before it comes wait for it. */
const root: Promise<unknown> = new Promise((resolve) => {
  ipcRenderer.once(pageChannels.port, (event) => {
    const [port] = event.ports;
    if (!port) throw new Error('the shell sent no port');
    resolve(createORPCClient(new RPCLink({ port })));
    port.start();
  });
});
ipcRenderer.send(pageChannels.connect);

function clientOf(path: readonly string[]): AnyClient {
  return async (...rest) => {
    let node = await root;
    for (const step of path) node = (node as Record<string, unknown>)[step];
    return (node as AnyClient)(...rest);
  };
}

contextBridge.exposeInMainWorld('kiosk', {
  ...createBridge(coreApi, clientOf),
  shell: {
    armCamera: async () => {
      await ipcRenderer.invoke(pageChannels.armCamera);
    },
  },
});
