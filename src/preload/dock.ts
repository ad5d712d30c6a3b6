import { contextBridge, ipcRenderer } from 'electron';
import { dockChannels } from '../contract/dock-channels.ts';
import type { DockBridge, DockEvent } from '../contract/dock.ts';

const bridge: DockBridge = {
  devices: () => ipcRenderer.invoke(dockChannels.devices),
  act: (device, action) => ipcRenderer.invoke(dockChannels.act, [device, action]),
  onEvent: (listener) => {
    const hear = (_event: unknown, happened: DockEvent): void => listener(happened);
    ipcRenderer.on(dockChannels.event, hear);
    return () => ipcRenderer.off(dockChannels.event, hear);
  },
};
contextBridge.exposeInMainWorld('dock', bridge);
