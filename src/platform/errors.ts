import { ORPCError } from '@orpc/client';
import type { FastifyReply } from 'fastify';

/** The same JSON form as the errors of the contract's calls. */
export function sendError(reply: FastifyReply, error: ORPCError<string, unknown>): FastifyReply {
  return reply.status(error.status).type('application/json').send(JSON.stringify(error.toJSON()));
}

/** What the server itself refuses before a call begins, such as a body that is no JSON or too long. */
export function httpError(error: unknown): ORPCError<string, unknown> {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  switch (status) {
    case 400:
      return new ORPCError('BAD_REQUEST');
    case 413:
      return new ORPCError('PAYLOAD_TOO_LARGE');
    case 415:
      return new ORPCError('UNSUPPORTED_MEDIA_TYPE');
    default:
      return new ORPCError('INTERNAL_SERVER_ERROR');
  }
}

/** Class and code only: a message may quote what arrived. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return 'not an Error';
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name;
}
