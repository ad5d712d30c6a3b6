import { access, constants } from 'node:fs/promises';
import type { Device, HIDAsync } from 'node-hid';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { HidFramingConfig } from '../../contract/config.ts';
import type { ByteLink, OpenFailure } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import { HID_STALE_MS, HID_STALE_REPORTS } from '../limits.ts';
import { hidFramingOf } from './hid-framing.ts';
import type { HidPort } from './hid.ts';
import { HidLink } from './hid.ts';

type NodeHid = typeof import('node-hid');
type LoadFailure = Extract<OpenFailure, 'libusb-missing' | 'libudev-missing' | 'node-hid-missing'>;

/** Loaded only when a HID device is configured: the start is measured, and the addon needs libraries that not every system has. */
async function loadNodeHid(): Promise<Result<NodeHid, LoadFailure>> {
  try {
    const library = await import('node-hid');
    // The first call into the addon is what loads it.
    library.getHidapiVersion();
    return done(library);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refused(missingPart(message), message);
  }
}

/** Which part is missing, from what the dynamic loader says, such as `libusb-1.0.so.0: cannot open shared object file`. */
export function missingPart(message: string): LoadFailure {
  if (message.startsWith('libusb')) return 'libusb-missing';
  if (message.startsWith('libudev')) return 'libudev-missing';
  return 'node-hid-missing';
}

/** Every HID device that is plugged in; one with several collections several times. */
export async function listHidDevices(): Promise<Result<readonly Device[], LoadFailure>> {
  const library = await loadNodeHid();
  return library.ok ? done(await library.value.devicesAsync()) : library;
}

export async function openHid(path: string, config: HidFramingConfig): Promise<Result<ByteLink, OpenFailure>> {
  const library = await loadNodeHid();
  if (!library.ok) return library;
  let device: HIDAsync;
  try {
    device = await library.value.HIDAsync.open(path);
  } catch (error) {
    return refused(await openFailure(path), error instanceof Error ? error.message : '');
  }
  if (!(await isDrained(device))) {
    await device.close();
    return refused(await openFailure(path), 'went as it was opened');
  }
  const link = new HidLink(portOf(device), hidFramingOf(config));
  if (!('baudRate' in config)) return done(link);
  try {
    await link.setBaudRate(config.baudRate);
    return done(link);
  } catch (error) {
    if (!(error instanceof LinkClosed)) throw error;
    await link.close();
    // A bridge chip takes its settings; what does not is something else, or gone already.
    const failure = await openFailure(path);
    return refused(failure === 'port-missing' ? failure : 'wrong-device', error.message);
  }
}

/**
 * Takes what the device has to say to whoever used it before: a code shown to nobody, the rest of an answer. False when it is
 * gone.
 *
 * It also keeps the process alive: node-hid's reading thread starts before the function that it calls is made
 * (start_read_helper in its read.cc, 3.3.0 and 3.4.0), and a report, or an error, that is there at once finds none.
 */
async function isDrained(device: HIDAsync): Promise<boolean> {
  try {
    for (let taken = 0; taken < HID_STALE_REPORTS; taken += 1) {
      const report = await device.read(HID_STALE_MS);
      if (!report?.length) break;
    }
    return true;
  } catch {
    // Says only "could not read data from device".
    return false;
  }
}

/** The addon says only that it could not. On Linux the path is a file that can be asked. */
async function openFailure(path: string): Promise<OpenFailure> {
  if (process.platform !== 'linux') return 'port-failed';
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return 'port-failed';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EACCES' ? 'port-denied' : 'port-missing';
  }
}

function portOf(device: HIDAsync): HidPort {
  return {
    async write(report) {
      await device.write(Buffer.from(report));
    },
    async sendFeatureReport(report) {
      await device.sendFeatureReport(Buffer.from(report));
    },
    onReport: (listener) => void device.on('data', listener),
    onGone: (listener) => void device.on('error', listener),
    close() {
      // node-hid begins to read in the tick after a listener came, and does so on a device that was closed before that tick
      // through a null pointer (readStart in its HIDAsync.cc, 3.3.0 and 3.4.0): without a listener it does not begin.
      device.removeAllListeners('data');
      return device.close();
    },
  };
}
