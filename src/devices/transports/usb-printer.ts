import { close, constants, open } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { LinuxPortBinding } from '@serialport/bindings-cpp';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { ByteLink, OpenFailure } from '../driver.ts';
import { EMPTY_READ_PAUSE_MS, PRINTER_READ_BYTES } from '../limits.ts';
import { LinkState } from './link-state.ts';
import { NonBlockingPort } from './non-blocking-port.ts';

/** Said of links and listings on other systems than Linux. */
export const LINUX_ONLY = 'printers of the USB printer class are reached on Linux only';

/**
 * Opens a printer of the USB printer class (07h), which is neither a serial port nor a HID device, through Linux' module usblp:
 * a file such as `/dev/usb/lp0` whose bytes go to the printer's bulk endpoints as they are. One may have it open at a time.
 *
 * What usblp does (drivers/usb/class/usblp.c): it takes up to 8 kB at a time and no more before the printer has taken those; a
 * read of no bytes is an empty packet; printers of protocol 01, and some that it knows to answer badly, cannot be read (`EINVAL`).
 */
export async function openUsbPrinter(path: string): Promise<Result<ByteLink, OpenFailure>> {
  if (process.platform !== 'linux') return refused('link-unfit', LINUX_ONLY);
  let file: number;
  try {
    file = await promisify(open)(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch (error) {
    return refused(openFailure(codeOf(error)), error instanceof Error ? error.message : '');
  }
  try {
    return done(new UsbPrinterLink(new NonBlockingPort(new LinuxPortBinding(file, noLine))));
  } catch (error) {
    // Only files that can be waited for are devices.
    await promisify(close)(file);
    return refused('port-failed', error instanceof Error ? error.message : '');
  }
}

/** The binding keeps a terminal's settings, and applies none by itself. */
const noLine = { parity: 'none', vmin: 0, vtime: 0 } as const;

/** What a POSIX error code says of a printer that could not be opened. */
export function openFailure(code: unknown): OpenFailure {
  switch (code) {
    // The last two are what one answers that goes while it is opened.
    case 'ENOENT':
    case 'ENXIO':
    case 'ENODEV':
    case 'EIO':
      return 'port-missing';
    case 'EBUSY':
      return 'port-busy';
    case 'EACCES':
    case 'EPERM':
      return 'port-denied';
    default:
      return 'port-failed';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

class UsbPrinterLink implements ByteLink {
  readonly #port: NonBlockingPort;
  readonly #state = new LinkState();
  /** One write after the other, whoever writes. */
  #last: Promise<void> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(port: NonBlockingPort) {
    this.#port = port;
    void this.#listen();
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#state.write((end) => {
      this.#last = this.#last
        .then(() => this.#send(bytes))
        .then(
          () => end(),
          (error: Error) => {
            end(error);
            return this.close();
          },
        );
    });
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#state.onBytes(listener);
  }

  onClose(listener: () => void): () => void {
    return this.#state.onClose(listener);
  }

  setBaudRate(): Promise<void> {
    return Promise.resolve();
  }

  /** Told as closed only when it is: before, nobody could open it again. */
  close(): Promise<void> {
    this.#closing ??= this.#port.close().finally(() => this.#state.end());
    return this.#closing;
  }

  async #send(bytes: Uint8Array): Promise<void> {
    await this.#port.write(bytes);
    // There is room again when the printer has taken what was written last.
    await this.#port.until('writable');
  }

  async #listen(): Promise<void> {
    for (;;) {
      const bytes = await this.#nextBytes();
      if (bytes === undefined) break;
      this.#state.deliver(bytes);
    }
    await this.close();
  }

  /** Nothing when the printer is gone, or the link closed. */
  async #nextBytes(): Promise<Uint8Array | undefined> {
    const buffer = Buffer.alloc(PRINTER_READ_BYTES);
    try {
      for (;;) {
        const count = await this.#port.read(buffer, 0, buffer.length);
        if (count > 0) return buffer.subarray(0, count);
        // Some printers send nothing but empty packets, one after the other.
        await setTimeout(EMPTY_READ_PAUSE_MS);
        await this.#port.until('readable');
      }
    } catch (error) {
      if (codeOf(error) === 'EINVAL') await this.#unplugged();
      return undefined;
    }
  }

  /** For one that cannot be read. */
  async #unplugged(): Promise<void> {
    try {
      await this.#port.until('disconnect');
    } catch {
      // It failed, or was closed here: it is gone all the same.
      return;
    }
  }
}
