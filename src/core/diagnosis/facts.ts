import type { DeviceConfig } from '../../contract/config.ts';
import type { KioskFacts, PortView } from '../../contract/diagnosis.ts';
import type { Service } from '../service.ts';

/** What this program runs on, by the names under which Node tells it. */
const parts = ['electron', 'chrome', 'node'] as const;

export function factsOf(
  { config, catalogue, appVersion }: Pick<Service, 'config' | 'catalogue' | 'appVersion'>,
  ports: readonly PortView[],
): KioskFacts {
  const under = parts.flatMap((name) => {
    const version = process.versions[name];
    return version === undefined ? [] : [{ name, version }];
  });
  return {
    versions: [{ name: 'kiosk', version: appVersion }, ...under],
    devices: config.devices.map(({ link, id, class: kind, driver, profile }) => ({
      id,
      class: kind,
      driver,
      profile,
      link: linkText(link),
    })),
    items: Array.from(catalogue.items.list(), ({ summary: { code, name }, version }) => ({ code, name, version })),
    ports: [...ports],
  };
}

function linkText(link: DeviceConfig['link']): string {
  switch (link.kind) {
    case 'serial':
      return `serial ${placeOf(link)} ${link.baudRate}`;
    case 'hid':
      return `hid ${placeOf(link)} ${link.framing.kind}`;
    case 'usb-printer':
      return `usb-printer ${placeOf(link)}`;
    case 'tcp':
      return `tcp ${link.host}:${link.port}`;
    case 'http':
      return link.url;
    case 'simulated':
      return link.kind;
  }
}

function placeOf({ path, usb }: Pick<Extract<DeviceConfig['link'], { kind: 'serial' }>, 'path' | 'usb'>): string {
  return usb ? `usb ${usb.vendorId}:${usb.productId} ${usb.serialNumber ?? ''}`.trim() : (path ?? '');
}
