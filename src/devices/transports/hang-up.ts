import { read } from 'node:fs';
import { promisify } from 'node:util';
import { SerialPort } from 'serialport';

type Binding = typeof SerialPort.binding;
type Port = Awaited<ReturnType<Binding['open']>>;
/** The parts of serialport's ports on Linux and macOS that reading needs; on Windows it is otherwise built. */
type PosixPort = Extract<Port, { poller: unknown }>;

const readFile = promisify(read);

/**
 * serialport's own binding, but for a read of no bytes. It takes that for "nothing yet" and reads again at once; yet ports are
 * opened so that a read has at least one byte, and none means that the terminal was hung up between two reads: unplugged in the
 * middle of a message, the port would never be told to be closed, and one processor would be busy for good.
 */
export const hangUpBinding = {
  list: (): ReturnType<Binding['list']> => SerialPort.binding.list(),
  async open(options: Parameters<Binding['open']>[0]): Promise<Port> {
    const port = await SerialPort.binding.open(options);
    if (!('poller' in port)) return port;
    port.read = (buffer: Buffer, offset: number, length: number) => readOrHangUp(port, buffer, offset, length);
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
    const found = await readFile(fileOf(port), buffer, offset, length, null).catch(unlessNothingYet);
    if (found === 'nothing yet') await readable(port);
    else if (found.bytesRead === 0) throw new Error('the terminal was hung up');
    else return { buffer, bytesRead: found.bytesRead };
  }
}

/** Throws when the port was closed meanwhile, in the way in which such ports say so. */
function fileOf(port: PosixPort): number {
  if (!port.isOpen || port.fd === null) throw Object.assign(new Error('Port is not open'), { canceled: true });
  return port.fd;
}

function unlessNothingYet(error: NodeJS.ErrnoException): 'nothing yet' {
  if (error.code === 'EAGAIN' || error.code === 'EWOULDBLOCK' || error.code === 'EINTR') return 'nothing yet';
  throw error;
}

async function readable(port: PosixPort): Promise<void> {
  // Its poller is freed with the port: to use that is to crash the process.
  fileOf(port);
  await new Promise<void>((resolve, reject) => {
    port.poller.once('readable', (error: Error | null) => (error ? reject(error) : resolve()));
  });
}
