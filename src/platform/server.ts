import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { ORPCError } from '@orpc/client';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { BodyLimitPlugin } from '@orpc/server/node';
import type { Clock } from '../contract/clock.ts';
import type { EventLog } from '../contract/log.ts';
import { answerAdmin, isAdminRequest } from './admin.ts';
import { createDeviceEventStore, type DeviceEventArrival } from './device-events.ts';
import { type Fault, Faults } from './faults.ts';
import { createIdempotency } from './idempotency.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { openDatabase } from './open-database.ts';
import { createRouter } from './router.ts';
import { sendError } from './send.ts';
import { type Arrivals, createPlatformStore } from './store.ts';

export interface PlatformDeps {
  /** Folder of the store; without it everything is kept in memory. */
  readonly dataDir?: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: EventLog;
  /** 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  /** A free one unless told otherwise. */
  readonly port?: number;
  /** Opens `/admin/…` to requests from this machine, to set faults and read what arrived. Never in service. */
  readonly admin?: boolean;
}

/** What arrived, and how many requests were repetitions answered from the store. */
export type Received = Arrivals & {
  readonly deviceEvents: readonly DeviceEventArrival[];
  readonly replays: number;
};

export interface Platform {
  /** Stays the same while the platform is down by fault. */
  readonly url: string;
  received(): Received;
  setFault(fault: Fault): Promise<void>;
  /** Open requests are cut; what is committed stays. */
  close(): Promise<void>;
}

/** Starts the reference central platform and resolves once it listens. Rejects when port or store cannot be had. */
export async function createPlatform(deps: PlatformDeps): Promise<Platform> {
  const { clock, log, host = '127.0.0.1' } = deps;
  const database = openDatabase(deps.dataDir);
  const store = createPlatformStore(database);
  const deviceEvents = createDeviceEventStore(database);
  const idempotency = createIdempotency(database);
  const faults = new Faults();
  const handler = new OpenAPIHandler<RequestContext>(
    createRouter({ store, deviceEvents, idempotency, faults, clock }),
    {
      plugins: [new BodyLimitPlugin({ maxBodySize: MAX_BODY_BYTES })],
      interceptors: [
        async (options) => {
          const answer = await options.next();
          if (faults.losesAnswer()) options.context.dropConnection();
          return answer;
        },
      ],
      clientInterceptors: [(options) => logged(options.path.join('.'), () => options.next(), log)],
    },
  );

  const received = (): Received => ({
    ...store.arrivals(),
    deviceEvents: deviceEvents.arrivals(),
    replays: idempotency.replays(),
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (deps.admin && isAdminRequest(request)) {
      await answerAdmin(request, response, { received, setFault });
      return;
    }
    if (await answerByFault(faults.current, request, response)) return;
    const { matched } = await handler.handle(request, response, {
      context: { dropConnection: () => response.destroy() },
    });
    if (!matched) sendError(response, new ORPCError('NOT_FOUND'));
    // The rest of a body that was refused, so that the client reads the answer before its connection ends.
    request.resume();
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      log('platform.failed', { call: 'http', detail: describe(error) });
      response.destroy();
    });
  });

  async function listen(port: number): Promise<number> {
    server.listen(port, host);
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    return address.port;
  }
  async function stopListening(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  async function setFault(next: Fault): Promise<void> {
    faults.set(next);
    log('platform.fault-set', { fault: next.kind });
    if (next.kind === 'down') await stopListening();
    else if (!server.listening) await listen(port);
  }

  const port = await listen(deps.port ?? 0).catch((error: unknown) => {
    database.close();
    throw error;
  });
  const url = `http://${host}:${port}`;
  log('platform.listening', { url });
  return {
    url,
    received,
    setFault,
    async close() {
      await stopListening();
      database.close();
    },
  };
}

interface RequestContext {
  readonly dropConnection: () => void;
}

async function logged<T>(call: string, work: () => Promise<T>, log: EventLog): Promise<T> {
  try {
    const answer = await work();
    log('platform.answered', { call });
    return answer;
  } catch (error) {
    if (error instanceof ORPCError) log('platform.refused', { call, code: error.code });
    else log('platform.failed', { call, detail: describe(error) });
    throw error;
  }
}

/** Class and code only: a message may quote what arrived. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'not an Error';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}

async function answerByFault(fault: Fault, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (fault.kind !== 'status' && fault.kind !== 'html') return false;
  request.resume();
  await once(request, 'end');
  if (fault.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Sign in to the network</title>');
    return true;
  }
  if (fault.retryAfterSeconds !== undefined) response.setHeader('retry-after', fault.retryAfterSeconds);
  const code = {
    409: 'IN_PROGRESS',
    429: 'TOO_MANY_REQUESTS',
    500: 'INTERNAL_SERVER_ERROR',
    503: 'SERVICE_UNAVAILABLE',
  };
  sendError(response, new ORPCError(code[fault.status], { status: fault.status }));
  return true;
}
