import type { FastifyInstance } from 'fastify';
import type { Clock } from '../contract/clock.ts';
import type { EventLog } from '../contract/log.ts';
import type { CatalogueItem } from '../domain/item.ts';
import type { Result } from '../domain/result.ts';
import type { PublishedCatalogue } from './catalogue.ts';
import { creditHandlers } from './credit/handlers.ts';
import { networkCheckHandlers } from './network-checks/handlers.ts';
import { createDesk } from './cases/desk.ts';
import { ownCaseHandlers } from './cases/own-handlers.ts';
import { openSampleRegister } from './cases/register.ts';
import type { Publication, PublishRefusal } from './changes.ts';
import { type Fault, Faults } from './faults.ts';
import type { Devices } from './devices.ts';
import { createGuard } from './guard.ts';
import { createHttp, type PlatformTls } from './http.ts';
import { createIdempotency } from './idempotency.ts';
import { isLoopback } from './loopback.ts';
import { createOfficeRouter } from './office-router.ts';
import { openStore } from './open-store.ts';
import { createRouter } from './router.ts';
import type { Received } from './store.ts';
import type { SubjectDeps } from './subject.ts';

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
  /** Makes items the next version of the catalogue that kiosks pull. */
  publishCatalogue(batch: string, items: readonly CatalogueItem[]): ReturnType<PublishedCatalogue['publish']>;
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
  const { database, store, catalogue, devices, tokens, identities, seals, uploads, locker } = memory;
  const secure = tls && { tls, guard: createGuard(devices, tokens, log) };
  const faults = new Faults(() => log('platform.held', {}));
  const idempotency = createIdempotency(database);
  const subject: SubjectDeps = { database, idempotency, catalogue, faults, identities, seals, clock };
  const register = openSampleRegister();
  const desk = createDesk({ database, faults, clock, identities, log, register });
  const ownCases = ownCaseHandlers(subject, desk);
  const credit = creditHandlers(subject, register);
  const networkChecks = networkCheckHandlers(subject, register);
  const kioskCalls = { ownCases, credit, networkChecks };
  const router = createRouter({ store, catalogue, tokens, faults, clock, desk, ...kioskCalls, subject });
  const officeRouter = createOfficeRouter(subject, { ...uploads, arrived: (caseId) => desk.arrived(caseId) }, register);
  const received = (): Promise<Received> => store.received();
  const publish: Platform['publish'] = (what) => store.publish(what, clock.now());

  const publishCatalogue: Platform['publishCatalogue'] = (batch, items) => catalogue.publish(batch, items, clock.now());

  const listen = async (port: number): Promise<FastifyInstance> => {
    const app = await createHttp({
      router,
      officeRouter,
      uploads: { uploads, locker, onPage: (caseId) => desk.arrived(caseId) },
      overview: { database, clock },
      faults,
      log,
      ...(secure && { secure }),
      ...(deps.admin && { admin: { received, setFault, publish, publishCatalogue } }),
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

  await desk.catchUp();
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
    publishCatalogue,
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
