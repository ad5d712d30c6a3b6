import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A line to a server that breaks after so many bytes, once; it counts what it carries there. */
export class CuttingProxy {
  readonly #server: Server;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #cutAt = Number.POSITIVE_INFINITY;
  #passed = 0;

  private constructor(target: URL) {
    this.#target = target;
    this.#server = createServer((client) => this.#carry(client));
  }

  static async open(target: URL): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Bytes that went towards the server since the beginning. */
  get passed(): number {
    return this.#passed;
  }

  /** Breaks all lines when so many more bytes went through, and carries what comes after. */
  cutAfter(bytes: number): void {
    this.#cutAt = this.#passed + bytes;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #carry(client: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one);
      // A line that breaks on one side breaks on the other.
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
    client.on('data', (bytes) => {
      this.#passed += bytes.length;
      if (this.#passed >= this.#cutAt) {
        this.#cutAt = Number.POSITIVE_INFINITY;
        // What came up to here does get there.
        server.end(bytes);
        client.destroy();
        return;
      }
      if (server.write(bytes)) return;
      client.pause();
      server.once('drain', () => client.resume());
    });
    server.pipe(client);
  }
}
