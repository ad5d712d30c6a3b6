import { readSync, writeSync } from 'node:fs';
import { SerialPort } from 'serialport';

type Binding = typeof SerialPort.binding;
type Port = Awaited<ReturnType<Binding['open']>>;
/** The parts of serialport's ports on Linux and macOS that reading and writing need; on Windows it is otherwise built. */
type PosixPort = Extract<Port, { poller: unknown }>;

/**
 * serialport's own binding, but for three things on Linux and macOS.
 *
 * It takes a read of no bytes for "nothing yet" and reads again at once; yet ports are opened so that a read has at least one
 * byte, and none means that the terminal was hung up between two reads: unplugged in the middle of a message, the port would
 * never be told to be closed, and one processor would be busy for good.
 *
 * It hands each read and each write to a thread and takes it back, although ports are opened so that neither waits
 * (`O_NONBLOCK`): in a conversation of short messages that is a good part of what it takes beyond the line's own time.
 *
 * It never frees the poller of a closed port (`Poller::destroy` in its poller.cpp, 13.0.0, since freeing it crashed), and with
 * it all that hangs on it. The poller itself cannot be freed from here, but it can be emptied.
 */
export const serialBinding = {
  list: (): ReturnType<Binding['list']> => SerialPort.binding.list(),
  async open(options: Parameters<Binding['open']>[0]): Promise<Port> {
    const port = await SerialPort.binding.open(options);
    if (!('poller' in port)) return port;
    port.read = (buffer: Buffer, offset: number, length: number) => readOrHangUp(port, buffer, offset, length);
    port.write = (buffer: Buffer) => writeAll(port, buffer);
    const close = port.close.bind(port);
    port.close = async () => {
      await close();
      // Nobody asks it any more: see `until`.
      Object.assign(port.poller, { poller: undefined });
    };
    return port;
  },
};

async function readOrHangUp(
  port: PosixPort,
  buffer: Buffer,
  offset: number,
  length: number,
): Promise<{ buffer: Buffer; bytesRead: number }> {
  for (;;) {
    const bytesRead = unlessItWaits(() => readSync(fileOf(port), buffer, offset, length, null));
    if (bytesRead === 0) throw new Error('the terminal was hung up');
    if (bytesRead !== undefined) return { buffer, bytesRead };
    await until(port, 'readable');
  }
}

async function writeAll(port: PosixPort, buffer: Buffer): Promise<void> {
  for (let written = 0; written < buffer.length;) {
    const taken = unlessItWaits(() => writeSync(fileOf(port), buffer, written));
    if (taken === undefined) await until(port, 'writable');
    else written += taken;
  }
}

/** Throws when the port was closed meanwhile, in the way in which such ports say so. */
function fileOf(port: PosixPort): number {
  if (!port.isOpen || port.fd === null) throw Object.assign(new Error('Port is not open'), { canceled: true });
  return port.fd;
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

async function until(port: PosixPort, event: 'readable' | 'writable'): Promise<void> {
  // Its poller is freed with the port: to use that is to crash the process.
  fileOf(port);
  await new Promise<void>((resolve, reject) => {
    port.poller.once(event, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}
