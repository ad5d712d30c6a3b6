import { SerialPort } from 'serialport';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { ByteLink, OpenFailure } from '../driver.ts';
import { LinkClosed } from '../driver.ts';
import { serialBinding } from './serial-binding.ts';
import { LinkState } from './link-state.ts';

export interface SerialSettings {
  /** `/dev/ttyUSB0`, `COM3`, or a stable name such as `/dev/serial/by-id/…`. */
  readonly path: string;
  readonly baudRate: number;
  readonly parity?: 'none' | 'odd' | 'even' | undefined;
  readonly flow?: 'none' | 'rts-cts' | 'xon-xoff' | undefined;
}

/** Opens a serial port: 8 data bits, 1 stop bit; no parity and no flow control unless the settings say so. */
export async function openSerial(settings: SerialSettings): Promise<Result<ByteLink, OpenFailure>> {
  const { path, baudRate, parity = 'none', flow = 'none' } = settings;
  const soft = flow === 'xon-xoff';
  const options = {
    path,
    baudRate,
    parity,
    rtscts: flow === 'rts-cts',
    xon: soft,
    xoff: soft,
    autoOpen: false,
    binding: serialBinding,
  };
  // Not written in place: the package's types know nothing of another binding.
  const port = new SerialPort(options);
  const failure = await new Promise<Error | null>((resolve) => port.open(resolve));
  return failure ? refused(openFailure(failure.message), failure.message) : done(new SerialLink(port));
}

/** The binding has no error codes, only the system's own words: POSIX errors on Linux, fixed texts on Windows. */
function openFailure(message: string): OpenFailure {
  // An input/output error is what a terminal answers that goes while it is opened.
  if (/no such file|no such device|file not found|input\/output error/i.test(message)) return 'port-missing';
  if (/lock|busy|access denied/i.test(message)) return 'port-busy';
  if (/permission/i.test(message)) return 'port-denied';
  return 'port-failed';
}

class SerialLink implements ByteLink {
  readonly #port: SerialPort;
  readonly #state = new LinkState();

  constructor(port: SerialPort) {
    this.#port = port;
    // Also keeps the port reading: only a reading port notices that it was unplugged.
    port.on('data', (bytes: Uint8Array) => this.#state.deliver(bytes));
    port.on('close', () => this.#state.end());
    port.on('error', () => this.#fail());
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#state.write((end) => {
      this.#port.write(bytes, (error) => {
        if (error) end(error);
        else this.#port.drain(end);
      });
    });
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    return this.#state.onBytes(listener);
  }

  onClose(listener: () => void): () => void {
    return this.#state.onClose(listener);
  }

  setBaudRate(baudRate: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#port.update({ baudRate }, (error) => (error ? reject(new LinkClosed('', { cause: error })) : resolve()));
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#state.closed || !this.#port.isOpen) resolve();
      else this.#port.close(() => resolve());
    });
  }

  #fail(): void {
    if (this.#port.isOpen) this.#port.close();
    else this.#state.end();
  }
}
