import { once } from 'node:events';
import type { ServerOptions } from 'node:https';
import { ORPCError } from '@orpc/client';
import { OpenAPIHandler, type OpenAPIHandlerOptions } from '@orpc/openapi/fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  isSpoken,
  OWN_VERSIONS,
  VERSION_HEADER,
  VERSIONS_HEADER,
  writeVersions,
} from '../contract/contract-version.ts';
import type { EventLog } from '../contract/log.ts';
import { OFFICE_PATH } from '../contract/office/office-api.ts';
import { UPLOAD_PATH } from '../contract/platform-api.ts';
import { type AdminDeps, adminRoutes } from './admin.ts';
import { describeError, httpError, sendError } from './errors.ts';
import type { Fault, Faults } from './faults.ts';
import { MAX_BODY_BYTES, MAX_PACKAGE_BYTES, REQUEST_LIMIT_MS } from './limits.ts';
import { generateOfficeOpenApi, generateOpenApi } from './openapi.ts';
import type { Guard } from './guard.ts';
import type { createOfficeRouter } from './office-router.ts';
import { type OverviewDeps, overviewRoutes } from './overview/routes.ts';
import type { createRouter } from './router.ts';
import type { CallContext } from './subject.ts';
import { type UploadDeps, uploadRoutes } from './upload-routes.ts';

/** PEM texts. */
export interface PlatformTls {
  readonly key: string;
  readonly certificate: string;
  /** Who signs the kiosks' certificates; not a public authority. */
  readonly deviceAuthority: string;
}

export interface HttpDeps {
  readonly router: ReturnType<typeof createRouter>;
  readonly officeRouter: ReturnType<typeof createOfficeRouter>;
  readonly uploads: Pick<UploadDeps, 'uploads' | 'locker' | 'onPage'>;
  readonly overview: OverviewDeps;
  /** TLS, and who is let in. Without it the server speaks plain HTTP and asks nobody who he is. */
  readonly secure?: { readonly tls: PlatformTls; readonly guard: Guard };
  readonly faults: Faults;
  readonly log: EventLog;
  /** What `/admin/…` does; without it there is no such path. */
  readonly admin?: AdminDeps;
}

/** The platform's server: the calls of kiosks and of offices, uploads, the OpenAPI files, the page of what arrived and the admin calls. It does not listen yet. */
export async function createHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const { faults, log, secure } = deps;
  const settings = { bodyLimit: MAX_BODY_BYTES, requestTimeout: REQUEST_LIMIT_MS, forceCloseConnections: true };
  const app: FastifyInstance = secure ? fastify({ ...settings, https: httpsOptions(secure.tls) }) : fastify(settings);
  // On the answer itself: those to uploads are not Fastify's.
  app.addHook('onRequest', async (_request, reply) => {
    reply.raw.setHeader(VERSIONS_HEADER, writeVersions(OWN_VERSIONS));
  });
  if (secure) app.addHook('onRequest', (request, reply) => secure.guard.admit(request, reply));
  app.setNotFoundHandler((_request, reply) => sendError(reply, new ORPCError('NOT_FOUND')));
  app.setErrorHandler((error, request, reply) => {
    const answer = httpError(error);
    if (answer.status >= 500) log('platform.failed', { call: 'http', detail: describeError(error) });
    // The rest of a body that was refused, so that the client reads the answer before its connection ends.
    reply.removeHeader('connection');
    request.raw.resume();
    return sendError(reply, answer);
  });
  await app.register(contractRoutes, deps);
  await app.register(overviewRoutes, {
    ...deps.overview,
    deviceOf: (request) => secure?.guard.deviceOf(request),
    prefix: `${OFFICE_PATH}/overview`,
  });
  if (deps.admin) await app.register(adminRoutes, { ...deps.admin, prefix: '/admin' });
  return app;

  async function contractRoutes(calls: FastifyInstance): Promise<void> {
    const openApi = generateOpenApi();
    const officeOpenApi = generateOfficeOpenApi();
    const handling: OpenAPIHandlerOptions<CallContext> = {
      interceptors: [
        async (options) => {
          const answer = await options.next();
          if (faults.losesAnswer()) options.context.dropConnection();
          return answer;
        },
      ],
      clientInterceptors: [(options) => logged(options.path.join('.'), () => options.next(), log)],
    };
    const kioskCalls = new OpenAPIHandler<CallContext>(deps.router, handling);
    const officeCalls = new OpenAPIHandler<CallContext>(deps.officeRouter, handling);
    calls.addHook('onRequest', (request, reply) => answerByFault(faults.current, request, reply));
    calls.addHook('onRequest', async (request, reply) => {
      const version = request.headers[VERSION_HEADER];
      if (isSpoken(Array.isArray(version) ? version[0] : version)) return undefined;
      request.raw.resume();
      return sendError(reply, new ORPCError('VERSION_NOT_SPOKEN', { status: 400 }));
    });
    await calls.register(uploadRoutes, { ...deps.uploads, faults, log, prefix: UPLOAD_PATH });
    calls.get('/openapi.json', async (_request, reply) => reply.type('application/json').send(await openApi));
    calls.get(`${OFFICE_PATH}/openapi.json`, async (_request, reply) =>
      reply.type('application/json').send(await officeOpenApi),
    );
    const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const handler = request.url.startsWith(`${OFFICE_PATH}/`) ? officeCalls : kioskCalls;
      const { matched } = await handler.handle(request, reply, {
        context: {
          device: secure?.guard.deviceOf(request.raw),
          dropConnection: () => reply.hijack().raw.destroy(),
        },
      });
      return matched ? reply : sendError(reply, new ORPCError('NOT_FOUND'));
    };
    calls.route({ method: ['GET', 'POST'], url: '/*', handler: answer });
    // A package brings its pages with it.
    calls.post(`${OFFICE_PATH}/hand-over/receive`, { bodyLimit: MAX_PACKAGE_BYTES }, answer);
  }
}

/** Only certificates of the fleet's own authority come as far as a request. */
function httpsOptions({ key, certificate, deviceAuthority }: PlatformTls): ServerOptions {
  return {
    key,
    cert: certificate,
    ca: deviceAuthority,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
  };
}

async function logged<T>(call: string, work: () => Promise<T>, log: EventLog): Promise<T> {
  try {
    const answer = await work();
    log('platform.answered', { call });
    return answer;
  } catch (error) {
    if (error instanceof ORPCError) log('platform.refused', { call, code: error.code });
    else log('platform.failed', { call, detail: describeError(error) });
    throw error;
  }
}

const faultCodes = {
  409: 'IN_PROGRESS',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  503: 'SERVICE_UNAVAILABLE',
} as const;

async function answerByFault(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  if (fault.kind !== 'status' && fault.kind !== 'html') return undefined;
  request.raw.resume();
  await once(request.raw, 'end');
  if (fault.kind === 'html')
    return reply.type('text/html; charset=utf-8').send('<!doctype html><title>Sign in to the network</title>');
  if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', fault.retryAfterSeconds);
  return sendError(reply, new ORPCError(faultCodes[fault.status], { status: fault.status }));
}
