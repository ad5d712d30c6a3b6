import { readSync, writeSync } from 'node:fs';
import type { LinuxPortBinding } from '@serialport/bindings-cpp';

/** A file opened with `O_NONBLOCK` in the shape in which serialport has it on Linux and macOS, which is what its poller comes with. */
type PosixPort = Pick<LinuxPortBinding, 'fd' | 'isOpen' | 'poller' | 'close'>;

/** libuv's own numbers. */
const EVENTS = { readable: 1, writable: 2, disconnect: 4 } as const;

/**
 * Reads and writes a file that never makes anybody wait, and waits with its poller when it has nothing, or no room: no thread
 * of the pool is taken, which a silent device would keep for good.
 *
 * Two things are otherwise than with the poller alone (13.0.0). To wait for one event ends its waiting for the other
 * (`Poller::poll` in its poller.cpp): while a device takes no bytes, what it says would not be heard. And it is never freed
 * (`Poller::destroy`, since that crashed), nor is all that hangs on it: it cannot be freed from here, but it can be emptied.
 */
export class NonBlockingPort {
  readonly #port: PosixPort;
  /** Of the port as it came: whoever wraps it may put another in that place. */
  readonly #close: () => Promise<void>;
  #awaited = 0;

  constructor(port: PosixPort) {
    this.#port = port;
    this.#close = port.close.bind(port);
  }

  /** How many bytes there were, as soon as there are some; 0 says what it says for that kind of file. Throws what the system throws. */
  async read(buffer: Buffer, offset: number, length: number): Promise<number> {
    for (;;) {
      const count = unlessItWaits(() => readSync(this.#file(), buffer, offset, length, null));
      if (count !== undefined) return count;
      await this.until('readable');
    }
  }

  /** Resolves when the system has taken all of it. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let written = 0; written < bytes.length;) {
      const taken = unlessItWaits(() => writeSync(this.#file(), bytes, written));
      if (taken === undefined) await this.until('writable');
      else written += taken;
    }
  }

  /** Rejects when the file fails, or is closed meanwhile. */
  async until(event: keyof typeof EVENTS): Promise<void> {
    // Its poller is freed with the port: to use that is to crash the process.
    this.#file();
    const { poller } = this.#port;
    this.#awaited |= EVENTS[event];
    await new Promise<void>((resolve, reject) => {
      poller.once(event, (error: Error | null) => {
        this.#awaited &= ~EVENTS[event];
        if (error) reject(error);
        else resolve();
      });
      poller.poll(this.#awaited);
    });
  }

  async close(): Promise<void> {
    await this.#close();
    // Nobody asks it any more: see `until`.
    Object.assign(this.#port.poller, { poller: undefined });
  }

  /** Throws when the port was closed meanwhile, in the way in which such ports say so. */
  #file(): number {
    const { isOpen, fd } = this.#port;
    if (!isOpen || fd === null) throw Object.assign(new Error('Port is not open'), { canceled: true });
    return fd;
  }
}

/** How many bytes, or nothing when the port has none, or no room, just now. */
function unlessItWaits(use: () => number): number | undefined {
  try {
    return use();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EAGAIN' || code === 'EWOULDBLOCK' || code === 'EINTR') return undefined;
    throw error;
  }
}
