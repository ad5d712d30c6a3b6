import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** What happens to one exchange: a request on a connection and what comes back. */
export type NetworkFault =
  /** The connection is ended before a byte went through. */
  | { readonly kind: 'drop' }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** It is ended after so many bytes of the request, or of the answer: the platform may have the record or not. */
  | { readonly kind: 'cut-request'; readonly bytes: number }
  | { readonly kind: 'cut-answer'; readonly bytes: number }
  /** Everything is taken and nothing ever comes back: the other end of the line is gone. */
  | { readonly kind: 'half-open' }
  /** The answer comes byte by byte. */
  | { readonly kind: 'drip'; readonly milliseconds: number }
  /** The platform gets the request twice, on two connections at the same time. */
  | { readonly kind: 'duplicate' }
  /** The platform has answered and the answer never comes. */
  | { readonly kind: 'lose-answer' }
  /** Something in between answers instead, before the platform was asked, or after it did its work. */
  | { readonly kind: 'answer'; readonly bytes: Uint8Array; readonly when: 'before' | 'after' };

/** Bytes that come before an answer and break off there have no meaning to anybody; more are no drip but a flood. */
const DRIPPED_BYTES = 40;

/**
 * A line between kiosk and platform that misbehaves as it is told. It knows connections and bytes only: an exchange begins
 * with bytes of the kiosk after bytes of the platform.
 */
export class FaultyProxy {
  readonly #server: Server;
  readonly #connections = new Set<Socket>();
  readonly #script: NetworkFault[] = [];
  /** Exchanges that had a fault. */
  faults = 0;
  #target: number;
  #online = true;

  private constructor(server: Server, target: number) {
    this.#server = server;
    this.#target = target;
    server.on('connection', (kiosk) => this.#serve(kiosk));
  }

  /** @param target port of the platform on this machine */
  static async open(target: number): Promise<FaultyProxy> {
    const server = createServer();
    const proxy = new FaultyProxy(server, target);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get url(): string {
    const { port }: AddressInfo = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** The next exchanges have these faults, one each. */
  expect(...faults: readonly NetworkFault[]): void {
    this.#script.push(...faults);
  }

  /** Without a line no connection comes about, and those that were are ended. */
  set online(online: boolean) {
    this.#online = online;
    if (!online) this.#cutAll();
  }

  /** No more faults: what is held up so far is ended, so that nothing waits for a line that is gone. */
  heal(): void {
    this.#script.length = 0;
    this.#online = true;
    this.#cutAll();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#cutAll();
    await closed;
  }

  #cutAll(): void {
    for (const socket of this.#connections) socket.destroy();
  }

  #serve(kiosk: Socket): void {
    this.#keep(kiosk);
    if (!this.#online) {
      kiosk.destroy();
      return;
    }
    const platform = this.#dial(kiosk);
    let twin: Socket | undefined;
    let exchange: Exchange | undefined;
    let answered = true;
    kiosk.on('data', (bytes) => {
      if (answered) {
        answered = false;
        const fault = this.#script.shift();
        if (fault) this.faults += 1;
        exchange = { fault, kiosk, platform, sent: 0, got: 0 };
        twin?.destroy();
        twin = fault?.kind === 'duplicate' ? this.#dial() : undefined;
      }
      twin?.write(bytes);
      if (exchange) passRequest(exchange, bytes);
    });
    platform.on('data', (bytes) => {
      answered = true;
      if (exchange) passAnswer(exchange, bytes);
    });
  }

  /** A connection to the platform, joined in its end to the kiosk's; without one, its answers go nowhere. */
  #dial(kiosk?: Socket): Socket {
    const platform = connect(this.#target, '127.0.0.1');
    this.#keep(platform);
    if (!kiosk) platform.resume();
    platform.on('close', () => kiosk?.destroy());
    kiosk?.on('close', () => platform.destroy());
    return platform;
  }

  #keep(socket: Socket): void {
    this.#connections.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => this.#connections.delete(socket));
    // Resets are what this line is for; each is followed by `close`.
    socket.on('error', () => undefined);
  }
}

interface Exchange {
  readonly fault: NetworkFault | undefined;
  readonly kiosk: Socket;
  readonly platform: Socket;
  sent: number;
  got: number;
}

function passRequest(exchange: Exchange, bytes: Buffer): void {
  const { fault, kiosk, platform } = exchange;
  exchange.sent += bytes.length;
  switch (fault?.kind) {
    case 'drop':
      kiosk.destroy();
      return;
    case 'half-open':
      return;
    case 'cut-request':
      if (exchange.sent <= fault.bytes) platform.write(bytes);
      else
        platform.end(bytes.subarray(0, Math.max(0, fault.bytes - (exchange.sent - bytes.length))), () =>
          kiosk.destroy(),
        );
      return;
    case 'answer':
      if (fault.when === 'after') platform.write(bytes);
      else kiosk.end(fault.bytes);
      return;
    default:
      platform.write(bytes);
  }
}

function passAnswer(exchange: Exchange, bytes: Buffer): void {
  const { fault, kiosk } = exchange;
  exchange.got += bytes.length;
  switch (fault?.kind) {
    case 'lose-answer':
      kiosk.destroy();
      return;
    case 'answer':
      kiosk.end(fault.bytes);
      return;
    case 'cut-answer':
      if (exchange.got <= fault.bytes) kiosk.write(bytes);
      else
        kiosk.end(bytes.subarray(0, Math.max(0, fault.bytes - (exchange.got - bytes.length))), () => kiosk.destroy());
      return;
    case 'delay':
      void pause(fault.milliseconds).then(() => kiosk.write(bytes));
      return;
    case 'drip':
      void drip(kiosk, bytes, fault.milliseconds);
      return;
    default:
      kiosk.write(bytes);
  }
}

async function drip(kiosk: Socket, bytes: Buffer, milliseconds: number): Promise<void> {
  for (let at = 0; at < Math.min(bytes.length, DRIPPED_BYTES) && !kiosk.destroyed; at += 1) {
    kiosk.write(bytes.subarray(at, at + 1));
    await pause(milliseconds);
  }
  kiosk.write(bytes.subarray(DRIPPED_BYTES));
}
