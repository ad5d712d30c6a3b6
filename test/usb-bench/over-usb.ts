import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../src/contract/clock.ts';
import type { HidFramingConfig } from '../../src/contract/config.ts';
import type { Place } from '../../src/devices/conformance/place.ts';
import type { ByteDriverModule, ByteLink, OpenFailure } from '../../src/devices/driver.ts';
import { isByteDriver } from '../../src/devices/driver.ts';
import type { PortList } from '../../src/devices/ports/port-lists.ts';
import { listHidPorts, listSerialPorts, listUsbPrinters } from '../../src/devices/ports/port-lists.ts';
import { openHid } from '../../src/devices/transports/node-hid.ts';
import { openSerial } from '../../src/devices/transports/serial.ts';
import { openUsbPrinter } from '../../src/devices/transports/usb-printer.ts';
import type { Result } from '../../src/domain/result.ts';
import type { PluggedDevice } from './devices.ts';
import { hidDevice, printerDevice, serialDevice } from './devices.ts';
import type { UsbGadget, UsbIds } from './gadget.ts';

/** The same gadget for one device after the other: the kernel makes few of them. */
export interface Presented {
  readonly gadget: UsbGadget;
  readonly ids: UsbIds;
  /** How the reports of a HID device carry bytes; CDC-ACM unless said. */
  readonly framing?: HidFramingConfig | 'printer class';
}

/** The host's end of a kind of device, and the device itself. */
interface Kind {
  readonly name: string;
  readonly list: () => Promise<PortList>;
  readonly open: (path: string, baudRate: number) => Promise<Result<ByteLink, OpenFailure>>;
  readonly present: (driver: ByteDriverModule, profile: string, baudRate: number) => Promise<PluggedDevice>;
}

const REPORT_BYTES = 64;
const FOUND_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 50;

function kindOf({ gadget, ids, framing }: Presented): Kind {
  if (framing === 'printer class')
    return {
      name: 'over the USB printer class',
      list: listUsbPrinters,
      open: openUsbPrinter,
      present: (driver, profile, baudRate) => printerDevice(gadget, ids, driver, profile, baudRate),
    };
  if (framing)
    return {
      name: `over HID (${framing.kind})`,
      list: listHidPorts,
      open: (path) => openHid(path, framing),
      present: (driver, profile) => hidDevice(gadget, driver, profile, framing, REPORT_BYTES),
    };
  return {
    name: 'over CDC-ACM',
    list: listSerialPorts,
    open: (path, baudRate) => openSerial({ path, baudRate }),
    present: (driver, profile, baudRate) => serialDevice(gadget, driver, profile, baudRate),
  };
}

/** Drivers on the host's end of a real USB device, their simulators behind the gadget's end. */
export function overUsb(presented: Presented): Place {
  const { name, list, open, present } = kindOf(presented);
  return {
    name,
    isPatient: false,
    async plugIn({ driver, profile, baudRate = 0 }) {
      if (!isByteDriver(driver)) throw new Error(`${driver.name} is no USB device`);
      const device = await present(driver, profile, baudRate);
      await device.plug();
      return {
        clock: systemClock,
        async open() {
          const opened = await openSoon(async () => {
            const path = await hostEnd(presented.ids, list);
            return path === undefined ? undefined : open(path, baudRate);
          });
          return opened;
        },
        act: async (action) => ('plug' in action ? device.plug() : device.act(action)),
        onEvent: (listener) => device.onEvent(listener),
        stop: () => device.unplug(),
      };
    },
  };
}

async function hostEnd({ vendorId, productId }: UsbIds, list: Kind['list']): Promise<string | undefined> {
  const listed = await list();
  if (!listed.ok) throw new Error(listed.reason);
  return listed.value.find((port) => port.vendorId === vendorId && port.productId === productId)?.path;
}

/** The kernel takes some time to find what was plugged in. */
async function openSoon(open: () => Promise<Result<ByteLink, OpenFailure> | undefined>): Promise<ByteLink> {
  let last = 'not found';
  for (let waited = 0; waited < FOUND_LIMIT_MS; waited += LOOK_EVERY_MS) {
    const opened = await open();
    if (opened?.ok) return opened.value;
    if (opened) last = `${opened.reason} ${opened.detail ?? ''}`;
    await setTimeout(LOOK_EVERY_MS);
  }
  throw new Error(`no port: ${last}`);
}
