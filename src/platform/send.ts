import type { ServerResponse } from 'node:http';
import type { ORPCError } from '@orpc/client';

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** The same JSON form as the errors of the contract's calls. */
export function sendError(response: ServerResponse, error: ORPCError<string, unknown>): void {
  sendJson(response, error.status, error.toJSON());
}
