import { ORPCError } from '@orpc/client';
import type { FastifyInstance } from 'fastify';
import { type Publication, publication, type PublishRefusal } from './changes.ts';
import { sendError } from './errors.ts';
import { type Fault, fault } from './faults.ts';
import type { Result } from '../domain/result.ts';
import { isLoopback } from './loopback.ts';

export interface AdminDeps {
  readonly received: () => Promise<unknown>;
  readonly setFault: (fault: Fault) => Promise<void>;
  readonly publish: (what: Publication) => Promise<Result<number, PublishRefusal>>;
}

/**
 * For tests and demonstrations by hand: `GET /admin/received`, `PUT /admin/fault` with a fault as JSON, `POST /admin/changes`
 * with what kiosks are to be told ({@link publication}). A browser page
 * cannot reach it: requests that name an origin are refused. `down` would cut off the way back, so it is refused too.
 */
export async function adminRoutes(app: FastifyInstance, deps: AdminDeps): Promise<void> {
  app.addHook('onRequest', async (request, reply) => {
    const allowed = isLoopback(request.ip) && request.headers.origin === undefined;
    return allowed ? undefined : sendError(reply, new ORPCError('FORBIDDEN'));
  });
  // By hand one forgets to say that it is JSON.
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser('*', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'));
  app.get('/received', () => deps.received());
  app.put('/fault', async (request, reply) => {
    const parsed = fault.safeParse(request.body);
    if (!parsed.success || parsed.data.kind === 'down')
      return sendError(reply, new ORPCError('BAD_REQUEST', { message: 'not a fault that can be set from here' }));
    await deps.setFault(parsed.data);
    return parsed.data;
  });
  app.post('/changes', async (request, reply) => {
    const parsed = publication.safeParse(request.body);
    if (!parsed.success) return sendError(reply, new ORPCError('BAD_REQUEST', { message: 'not a change' }));
    const published = await deps.publish(parsed.data);
    if (!published.ok) return sendError(reply, new ORPCError('BAD_REQUEST', { message: published.reason }));
    return { kiosks: published.value };
  });
}
