import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '../contract/clock.ts';
import type { Result } from '../domain/result.ts';
import { done } from '../domain/result.ts';
import type { HttpRequest, HttpSimulator, ServiceSimulatorContext } from './driver.ts';
import { LinkClosed } from './driver.ts';
import { FaultyService } from './faults/faulty-service.ts';
import { close, freePort, listen, LOOPBACK } from './hosted-carriers.ts';
import type { HostedDevice, HostedEvent, LineCount, StartFailure } from './hosted-device.ts';
import { timeStamp } from './hosted-device.ts';

type Simulate = (context: ServiceSimulatorContext) => HttpSimulator;

/** The service, and what could stand at its address by mistake. */
export interface HostedServices {
  readonly simulate: Simulate;
  /** Throws when there is no such driver or profile. */
  readonly other: (driver: string, profile: string) => Simulate;
}

/** A simulated service behind a real HTTP server on loopback. */
export class HostedService implements HostedDevice {
  readonly where: string;
  readonly #port: number;
  readonly #simulator: FaultyService;
  #server: Server | undefined;
  #bytesIn = 0;
  #bytesOut = 0;

  private constructor(port: number, { simulate, other }: HostedServices, onEvent: (event: HostedEvent) => void) {
    this.#port = port;
    this.where = `http://${LOOPBACK}:${port}`;
    this.#simulator = new FaultyService({
      simulate,
      other,
      context: { clock: systemClock, onEvent: (event) => onEvent({ ...event, ...this.count() }) },
      unplug: () => this.unplug(),
      plug: async () => {
        const plugged = await this.plug();
        if (!plugged.ok) throw new Error(`${this.where} cannot come back: ${plugged.reason} ${plugged.detail ?? ''}`);
      },
    });
  }

  static async create(services: HostedServices, onEvent: (event: HostedEvent) => void): Promise<HostedService> {
    return new HostedService(await freePort(), services, onEvent);
  }

  /** Bytes of bodies. */
  count(): LineCount {
    return { ...timeStamp(), bytesIn: this.#bytesIn, bytesOut: this.#bytesOut };
  }

  async plug(): Promise<Result<undefined, StartFailure>> {
    if (this.#server) return done();
    this.#bytesIn = 0;
    this.#bytesOut = 0;
    const server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        const hungUp = request.socket.destroyed;
        response.destroy();
        // The other side hung up, or the simulator breaks the connection; anything else is a bug.
        if (!hungUp && !(error instanceof LinkClosed)) throw error;
      });
    });
    const listening = await listen(server, this.#port);
    if (!listening.ok) return listening;
    this.#server = server;
    this.#simulator.lineIsBack();
    return listening;
  }

  async unplug(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    server?.closeAllConnections();
    await close(server);
  }

  act(wanted: Readonly<Record<string, unknown>>): void {
    this.#simulator.act(wanted);
  }

  async stop(): Promise<void> {
    await this.unplug();
    this.#simulator.stop();
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
    const body = Buffer.concat(parts);
    this.#bytesIn += body.length;
    const { method = '', url = '' } = incoming;
    if (!isMethod(method)) {
      outgoing.writeHead(405).end();
      return;
    }
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const answer = await this.#simulator.respond({ method, path: url, headers, ...(body.length > 0 ? { body } : {}) });
    outgoing.writeHead(answer.status, answer.headers);
    await pipeline(answer.body, (chunks) => this.#counted(chunks), outgoing);
  }

  async *#counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunks) {
      this.#bytesOut += chunk.length;
      yield chunk;
    }
  }
}

function isMethod(method: string): method is HttpRequest['method'] {
  return method === 'GET' || method === 'POST' || method === 'DELETE';
}
