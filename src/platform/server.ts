import type { FastifyInstance } from 'fastify';
import type { Clock } from '../contract/clock.ts';
import type { EventLog } from '../contract/log.ts';
import type { Result } from '../domain/result.ts';
import type { Publication, PublishRefusal } from './changes.ts';
import { type Fault, Faults } from './faults.ts';
import type { Devices } from './devices.ts';
import { createGuard } from './guard.ts';
import { createHttp, type PlatformTls } from './http.ts';
import { isLoopback } from './loopback.ts';
import { openStore } from './open-store.ts';
import { createRouter } from './router.ts';
import type { Received } from './store.ts';

export interface PlatformDeps {
  /** Address of a PostgreSQL database, which other platform processes may share. Without it the store is SQLite. */
  readonly databaseUrl?: string;
  /**
   * Folder of the uploads, the same for all processes of a store, and of the SQLite store. Without it everything is gone
   * at the end.
   */
  readonly dataDir?: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: EventLog;
  /** Without it the platform speaks plain HTTP, and only to this machine. */
  readonly tls?: PlatformTls;
  /** 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  /** A free one unless told otherwise. */
  readonly port?: number;
  /** Opens `/admin/…` to requests from this machine, to set faults and read what arrived. Never in service. */
  readonly admin?: boolean;
}

export interface Platform {
  /** Stays the same while the platform is down by fault. */
  readonly url: string;
  /** Whose certificates are let in. */
  readonly devices: Devices;
  received(): Promise<Received>;
  setFault(fault: Fault): Promise<void>;
  /** Tells kiosks something. */
  publish(what: Publication): Promise<Result<number, PublishRefusal>>;
  /** Open requests are cut; what is committed stays. */
  close(): Promise<void>;
}

/** Starts the reference central platform and resolves once it listens. Rejects when port or store cannot be had. */
export async function createPlatform(deps: PlatformDeps): Promise<Platform> {
  const { clock, log, tls, host = '127.0.0.1' } = deps;
  if (!tls && !isLoopback(host)) throw new Error(`without TLS the platform does not listen at ${host}`);
  const memory = await openStore(deps);
  const { store, devices, tokens, uploads, locker } = memory;
  const secure = tls && { tls, guard: createGuard(devices, tokens, log) };
  const faults = new Faults();
  const router = createRouter({ store, tokens, faults, clock });
  const received = (): Promise<Received> => store.received();
  const publish: Platform['publish'] = (what) => store.publish(what, clock.now());

  const listen = async (port: number): Promise<FastifyInstance> => {
    const app = await createHttp({
      router,
      uploads: { uploads, locker },
      faults,
      log,
      ...(secure && { secure }),
      ...(deps.admin && { admin: { received, setFault, publish } }),
    });
    await app.listen({ host, port });
    return app;
  };
  async function setFault(next: Fault): Promise<void> {
    faults.set(next);
    log('platform.fault-set', { fault: next.kind });
    if (next.kind !== 'down') {
      http ??= await listen(port);
      return;
    }
    const gone = http;
    http = undefined;
    await gone?.close();
  }

  const first = await listen(deps.port ?? 0).catch(async (error: unknown) => {
    await memory.close();
    throw error;
  });
  let http: FastifyInstance | undefined = first;
  const port = portOf(first);
  const url = `${tls ? 'https' : 'http'}://${host}:${port}`;
  log('platform.listening', { url });
  return {
    url,
    devices,
    received,
    setFault,
    publish,
    async close() {
      await http?.close();
      await memory.close();
    },
  };
}

function portOf(app: FastifyInstance): number {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
