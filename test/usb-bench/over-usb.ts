import { setTimeout } from 'node:timers/promises';
import { systemClock } from '../../src/contract/clock.ts';
import type { HidFramingConfig } from '../../src/contract/config.ts';
import type { Place } from '../../src/devices/conformance/place.ts';
import type { ByteLink, OpenFailure } from '../../src/devices/driver.ts';
import { isByteDriver } from '../../src/devices/driver.ts';
import { listHidPorts, listSerialPorts } from '../../src/devices/ports/port-lists.ts';
import { openHid } from '../../src/devices/transports/node-hid.ts';
import { openSerial } from '../../src/devices/transports/serial.ts';
import type { Result } from '../../src/domain/result.ts';
import type { PluggedDevice } from './devices.ts';
import { hidDevice, serialDevice } from './devices.ts';
import type { UsbGadget } from './gadget.ts';

interface UsbIds {
  readonly vendorId: string;
  readonly productId: string;
}

/** The same gadget for one device after the other: the kernel makes few of them. */
export interface Presented {
  readonly gadget: UsbGadget;
  readonly ids: UsbIds;
  /** Absent for CDC-ACM. */
  readonly framing?: HidFramingConfig;
}

const REPORT_BYTES = 64;
const FOUND_LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 50;

/** Drivers on the host's end of a real USB device, their simulators behind the gadget's end. */
export function overUsb({ gadget, ids, framing }: Presented): Place {
  return {
    name: framing ? `over HID (${framing.kind})` : 'over CDC-ACM',
    isPatient: false,
    async plugIn({ driver, profile, baudRate = 0 }) {
      if (!isByteDriver(driver)) throw new Error(`${driver.name} is no USB device`);
      const device: PluggedDevice = framing
        ? await hidDevice(gadget, driver, profile, framing, REPORT_BYTES)
        : await serialDevice(gadget, driver, profile, baudRate);
      await device.plug();
      return {
        clock: systemClock,
        async open() {
          const opened = await openSoon(async () => {
            const path = await hostEnd(ids, framing !== undefined);
            if (path === undefined) return undefined;
            return framing ? openHid(path, framing) : openSerial({ path, baudRate });
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

async function hostEnd({ vendorId, productId }: UsbIds, isHid: boolean): Promise<string | undefined> {
  const listed = await (isHid ? listHidPorts() : listSerialPorts());
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
