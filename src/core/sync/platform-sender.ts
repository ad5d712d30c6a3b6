import type { StandardLinkClient } from '@orpc/client/standard';
import { type Heard, listening } from './spoken-versions.ts';
import type { PlatformRequest } from './platform-fetch.ts';
import { askPlatform, type TransportDeps } from './transport.ts';

/** What the client library does not know of a call. */
export interface CallContext {
  readonly limit: 'write' | 'ask';
  /** In which the call is made. */
  readonly version?: number;
  readonly heard: Heard;
}

export interface SenderDeps extends TransportDeps {
  /** Longest time for one request with its answer. */
  readonly limitsMs: Readonly<Record<CallContext['limit'], number>>;
}

/**
 * The way of the contract's calls: JSON there and back. The library's own makes a Request and two Responses of the web of
 * each, with their streams, and a record has nothing to stream.
 */
export function platformSender(deps: SenderDeps): StandardLinkClient<CallContext> {
  return {
    async call({ url, method, headers, body, signal }, { context: { limit, heard } }) {
      const request: PlatformRequest = {
        method,
        headers: { ...single(headers), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      };
      const via = { ...deps, fetch: listening(deps.fetch, heard) };
      const answer = await askPlatform(via, url.href, request, deps.limitsMs[limit]);
      return { status: answer.status, headers: {}, body: async () => answer.body };
    },
  };
}

function single(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const named: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) named[name] = String(value);
  return named;
}
