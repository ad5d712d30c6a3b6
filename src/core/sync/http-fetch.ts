import type { IncomingMessage } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { PlatformAnswer, PlatformFetch, PlatformRequest } from './platform-fetch.ts';

/** PEM texts. */
export interface DeviceIdentity {
  readonly certificate: string;
  readonly key: string;
  /** Who signed the platform's certificate; no other authority is believed. */
  readonly authority: string;
}

/**
 * Requests over kept connections of Node's own HTTP, whose answers come whole: a line that breaks in the middle is found
 * here. Redirects are not followed. The web's fetch takes three times the work for each request, copies its body first, and
 * can show no certificate.
 *
 * @param identity what this kiosk shows of itself over TLS; without it only the platform does
 */
export function createHttpFetch(identity?: DeviceIdentity): PlatformFetch {
  const own = identity && {
    cert: identity.certificate,
    key: identity.key,
    ca: identity.authority,
    minVersion: 'TLSv1.3' as const,
  };
  const secure = open(() => import('node:https'), own ?? {});
  const plain = open(() => import('node:http'), {});
  return async (url, request) => {
    const start = await (url.startsWith('https:') ? secure : plain)();
    request.signal?.throwIfAborted();
    return exchange(start, url, request);
  };
}

type Protocol = Pick<typeof import('node:https') | typeof import('node:http'), 'request' | 'Agent'>;
type Start = (url: string, request: PlatformRequest, answered: (answer: IncomingMessage) => void) => ClientRequest;
type ClientRequest = ReturnType<Protocol['request']>;

/** Loaded with the first request: no kiosk waits for it at its start. */
function open(load: () => Promise<Protocol>, options: AgentOptions): () => Promise<Start> {
  let opened: Promise<Start> | undefined;
  return () =>
    (opened ??= load().then(({ request, Agent }) => {
      const agent = new Agent({ keepAlive: true, ...options });
      return (url, { method = 'GET', headers, signal }, answered) =>
        request(url, { agent, method, ...(headers && { headers }), ...(signal && { signal }) }, answered);
    }));
}

function exchange(start: Start, url: string, request: PlatformRequest): Promise<PlatformAnswer> {
  return new Promise((resolve, reject) => {
    const sent = start(url, request, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('end', () => resolve(wholeAnswer(answer, Buffer.concat(chunks))));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    // In one piece, so that its length is told with it.
    sent.end(request.body);
  });
}

function wholeAnswer({ statusCode = 0, headers }: IncomingMessage, bytes: Buffer): PlatformAnswer {
  return {
    ok: statusCode >= 200 && statusCode < 300,
    status: statusCode,
    headers: {
      get(name) {
        const value = headers[name.toLowerCase()];
        return (Array.isArray(value) ? value.join(', ') : value) ?? null;
      },
    },
    text: async () => bytes.toString('utf8'),
  };
}
