import { SerialPort } from 'serialport';
import { NonBlockingPort } from './non-blocking-port.ts';

type Binding = typeof SerialPort.binding;
type Port = Awaited<ReturnType<Binding['open']>>;

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
 * What it waits with is mended and emptied: see {@link NonBlockingPort}.
 */
export const serialBinding = {
  list: (): ReturnType<Binding['list']> => SerialPort.binding.list(),
  async open(options: Parameters<Binding['open']>[0]): Promise<Port> {
    const port = await SerialPort.binding.open(options);
    // On Windows it is otherwise built.
    if (!('poller' in port)) return port;
    const file = new NonBlockingPort(port);
    port.read = async (buffer: Buffer, offset: number, length: number) => {
      const bytesRead = await file.read(buffer, offset, length);
      if (bytesRead === 0) throw new Error('the terminal was hung up');
      return { buffer, bytesRead };
    };
    port.write = (buffer: Buffer) => file.write(buffer);
    port.close = () => file.close();
    return port;
  },
};
