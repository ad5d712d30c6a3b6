import { access, constants } from 'node:fs/promises';
import type { Device } from 'node-hid';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { HidFramingConfig } from '../../contract/config.ts';
import type { ByteLink, OpenFailure } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import { hidFramingOf } from './hid-framing.ts';
import { HidHandles } from './hid-handles.ts';
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
  let port: HidPort;
  try {
    port = await HidHandles.open(() => library.value.HIDAsync.open(path));
  } catch (error) {
    return refused(await openFailure(path), error instanceof Error ? error.message : '');
  }
  const link = new HidLink(port, hidFramingOf(config));
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
