import { ORPCError } from '@orpc/client';
import type { FastifyInstance } from 'fastify';
import { sendError } from './errors.ts';
import { type Fault, fault } from './faults.ts';
import { isLoopback } from './loopback.ts';

export interface AdminDeps {
  readonly received: () => Promise<unknown>;
  readonly setFault: (fault: Fault) => Promise<void>;
}

/**
 * For tests and demonstrations by hand: `GET /admin/received`, `PUT /admin/fault` with a fault as JSON. A browser page
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
}
