import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { SerialPort } from 'serialport';
import { done, refused } from '../domain/result.ts';
import type { Carrier } from './hosted-device.ts';
import { HOST_BUFFER_BYTES } from './limits.ts';
import type { PtyPair } from './pty-pair.ts';
import { openPtyPair } from './pty-pair.ts';
import { serialBinding } from './transports/serial-binding.ts';

/** Where simulated network devices answer: nobody outside this machine can reach them. */
export const LOOPBACK = '127.0.0.1';

/** A real terminal at that path, whose other end is the simulator's. */
export function terminalCarrier(path: string, baudRate: number): Carrier {
  let up: { readonly pair: PtyPair; readonly port: SerialPort } | undefined;
  return {
    where: path,
    async raise(onStream) {
      const devicePath = `${path}.device`;
      const pair = await openPtyPair(path, devicePath);
      if (!pair.ok) return pair;
      const options = {
        path: devicePath,
        baudRate,
        autoOpen: false,
        highWaterMark: HOST_BUFFER_BYTES,
        binding: serialBinding,
      };
      // Not written in place: the package's types know nothing of another binding.
      const port = new SerialPort(options);
      const failure = await new Promise<Error | null>((resolve) => port.open(resolve));
      if (failure) {
        await pair.value.close();
        return refused('port-failed', failure.message);
      }
      up = { pair: pair.value, port };
      onStream(port);
      return done();
    },
    async lower() {
      const { pair, port } = up ?? {};
      up = undefined;
      if (port?.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
      await pair?.close();
    },
  };
}

/** A port on loopback, the same one each time it is raised. One connection at a time: a newer one ends the one before, as printers do it. */
export async function tcpCarrier(): Promise<Carrier> {
  const port = await freePort();
  let server: Server | undefined;
  let connected: Socket | undefined;
  return {
    where: `${LOOPBACK}:${port}`,
    async raise(onStream) {
      server = createServer({ noDelay: true, highWaterMark: HOST_BUFFER_BYTES }, (socket) => {
        connected?.destroy();
        connected = socket;
        onStream(socket);
      });
      return listen(server, port);
    },
    async lower() {
      connected?.destroy();
      await close(server);
      server = undefined;
    },
  };
}

/** Also for servers that speak HTTP. */
export async function listen(server: Server, port: number): ReturnType<Carrier['raise']> {
  server.listen(port, LOOPBACK);
  try {
    await once(server, 'listening');
    return done();
  } catch (error) {
    return refused('port-failed', error instanceof Error ? error.message : '');
  }
}

export async function close(server: Server | undefined): Promise<void> {
  if (!server?.listening) return;
  const closed = once(server, 'close');
  server.close();
  await closed;
}

/** Nobody listens there until the device is plugged in, and again when it is plugged in anew. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await close(server);
  return port;
}
