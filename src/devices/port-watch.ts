import { watch } from 'node:fs';
import { dirname } from 'node:path';
import type { DeviceConfig } from '../contract/config.ts';

/** Where Linux makes the node of every serial port and HID device that is plugged in; the first printer's folder, too. */
const NODES = '/dev';
const PRINTER_NODES = '/dev/usb';

/**
 * Tells when a port may have come, so that it is not waited for until the next try. Only a help: where folders cannot be
 * watched, or there are no such folders (Windows), the next try finds it.
 */
export function watchPorts(devices: readonly DeviceConfig[], onPort: () => void): () => void {
  const folders = new Set([
    NODES,
    ...devices.flatMap(({ link }) => (link.kind === 'serial' && link.path !== undefined ? dirname(link.path) : [])),
    ...devices.flatMap(({ link }) => (link.kind === 'usb-printer' ? PRINTER_NODES : [])),
  ]);
  const watchers = [...folders].flatMap((folder) => {
    try {
      const watcher = watch(folder, { persistent: false }, (event) => {
        // A node that is made or removed; each byte through a terminal is a `change`.
        if (event === 'rename') onPort();
      });
      // The folder itself went, as /dev/serial/by-id does with the last port.
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return [];
    }
  });
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}
