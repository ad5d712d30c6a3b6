import { SerialPort } from 'serialport';
import type { Result } from '../../domain/result.ts';
import { done, refused } from '../../domain/result.ts';
import type { ByteLink, OpenFailure } from '../driver.ts';
import { LinkClosed } from '../driver.ts';

export interface SerialSettings {
  /** `/dev/ttyUSB0`, `COM3`, or a stable name such as `/dev/serial/by-id/…`. */
  readonly path: string;
  readonly baudRate: number;
}

/** Opens a serial port: 8 data bits, no parity, 1 stop bit, no flow control. */
export async function openSerial(settings: SerialSettings): Promise<Result<ByteLink, OpenFailure>> {
  const port = new SerialPort({ ...settings, autoOpen: false });
  const failure = await new Promise<Error | null>((resolve) => port.open(resolve));
  return failure ? refused(openFailure(failure.message), failure.message) : done(new SerialLink(port));
}

/** The binding has no error codes, only the system's own words: POSIX errors on Linux, fixed texts on Windows. */
function openFailure(message: string): OpenFailure {
  if (/no such file|no such device|file not found/i.test(message)) return 'port-missing';
  if (/lock|busy|access denied/i.test(message)) return 'port-busy';
  if (/permission/i.test(message)) return 'port-denied';
  return 'port-failed';
}

class SerialLink implements ByteLink {
  readonly #port: SerialPort;
  readonly #bytesListeners = new Set<(bytes: Uint8Array) => void>();
  readonly #closeListeners = new Set<() => void>();
  /** Writes under way: the port does not always call back when it is unplugged. */
  readonly #writing = new Set<(error: Error) => void>();
  #closed = false;

  constructor(port: SerialPort) {
    this.#port = port;
    // Also keeps the port reading: only a reading port notices that it was unplugged.
    port.on('data', (bytes: Uint8Array) => {
      for (const listener of this.#bytesListeners) listener(bytes);
    });
    port.on('close', () => this.#end());
    port.on('error', () => this.#fail());
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#closed) return Promise.reject(new LinkClosed());
    return new Promise((resolve, reject) => {
      const end = (error: Error | null | undefined): void => {
        this.#writing.delete(reject);
        // The port was opened and understood its settings, so what fails now is the line itself.
        if (error) reject(new LinkClosed('write failed', { cause: error }));
        else resolve();
      };
      this.#writing.add(reject);
      this.#port.write(bytes, (error) => {
        if (error) end(error);
        else this.#port.drain(end);
      });
    });
  }

  onBytes(listener: (bytes: Uint8Array) => void): () => void {
    this.#bytesListeners.add(listener);
    return () => this.#bytesListeners.delete(listener);
  }

  onClose(listener: () => void): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  setBaudRate(baudRate: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#port.update({ baudRate }, (error) => (error ? reject(new LinkClosed('', { cause: error })) : resolve()));
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#closed || !this.#port.isOpen) resolve();
      else this.#port.close(() => resolve());
    });
  }

  #fail(): void {
    if (this.#port.isOpen) this.#port.close();
    else this.#end();
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const reject of this.#writing) reject(new LinkClosed());
    this.#writing.clear();
    for (const listener of this.#closeListeners) listener();
  }
}
