import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { ORPCError } from '@orpc/client';
import { type Fault, fault } from './faults.ts';
import { sendError, sendJson } from './send.ts';

interface AdminDeps {
  readonly received: () => unknown;
  readonly setFault: (fault: Fault) => Promise<void>;
}

export function isAdminRequest(request: IncomingMessage): boolean {
  return request.url?.startsWith('/admin/') ?? false;
}

/**
 * For tests and demonstrations by hand: `GET /admin/received`, `PUT /admin/fault` with a fault as JSON. A browser page
 * cannot reach it: requests that name an origin are refused. `down` would cut off the way back, so it is refused too.
 */
export async function answerAdmin(request: IncomingMessage, response: ServerResponse, deps: AdminDeps): Promise<void> {
  const { remoteAddress } = request.socket;
  const local = remoteAddress === '127.0.0.1' || remoteAddress === '::1' || remoteAddress === '::ffff:127.0.0.1';
  if (!local || request.headers.origin !== undefined) {
    request.resume();
    sendError(response, new ORPCError('FORBIDDEN'));
    return;
  }
  const body = await text(request);
  if (request.method === 'GET' && request.url === '/admin/received') {
    sendJson(response, 200, deps.received());
    return;
  }
  if (request.method === 'PUT' && request.url === '/admin/fault') {
    const parsed = fault.safeParse(parseJson(body));
    if (!parsed.success || parsed.data.kind === 'down') {
      sendError(response, new ORPCError('BAD_REQUEST', { message: 'not a fault that can be set from here' }));
      return;
    }
    await deps.setFault(parsed.data);
    sendJson(response, 200, parsed.data);
    return;
  }
  sendError(response, new ORPCError('NOT_FOUND'));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
