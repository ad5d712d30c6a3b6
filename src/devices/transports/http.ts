import type { IncomingMessage } from 'node:http';
import type { HttpLink, HttpRequest, HttpResponse } from '../driver.ts';
import { LinkClosed } from '../driver.ts';

type Http = typeof import('node:http');

/** A service at an address: nothing is opened before the first request. */
export async function openHttp(url: string): Promise<HttpLink> {
  // Loaded here, since most kiosks have no such device and the start is measured.
  return new ServiceLink(await import('node:http'), new URL(url));
}

/** Follows no redirect and takes no path but one on its own host and port. A connection for each request: none grows stale. */
class ServiceLink implements HttpLink {
  readonly authority: string;
  readonly #http: Http;
  readonly #origin: URL;
  readonly #closeListeners = new Set<() => void>();
  readonly #closed = new AbortController();

  constructor(http: Http, origin: URL) {
    this.#http = http;
    this.#origin = origin;
    this.authority = `${origin.hostname}:${portOf(origin)}`;
  }

  async request(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    if (!request.path.startsWith('/')) throw new Error(`not a path: ${request.path}`);
    signal.throwIfAborted();
    if (this.#closed.signal.aborted) throw new LinkClosed();
    const either = AbortSignal.any([signal, this.#closed.signal]);
    try {
      const message = await this.#send(request, either);
      return { status: message.statusCode ?? 0, headers: flat(message), body: read(message, signal) };
    } catch (error) {
      throw reasonOf(error, signal);
    }
  }

  onClose(listener: () => void): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    for (const listener of this.#closeListeners) listener();
  }

  #send({ method, path, headers, body }: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { hostname } = this.#origin;
    return new Promise((resolve, reject) => {
      const sending = this.#http.request({
        // An address of version 6 stands in brackets only in URLs.
        host: hostname.replace(/^\[(.*)\]$/, '$1'),
        port: portOf(this.#origin),
        method,
        path,
        headers: { ...headers, ...(body ? { 'content-length': body.length } : {}) },
        agent: false,
        signal,
      });
      sending.on('error', reject);
      sending.on('response', resolve);
      sending.end(body);
    });
  }
}

/** A URL leaves out the usual port. */
const portOf = ({ port }: URL): number => (port === '' ? 80 : Number(port));

/** Nothing is taken from the connection before somebody asks for it, so a body is never kept whole. */
async function* read(message: IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* message as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw reasonOf(error, signal);
  } finally {
    message.destroy();
  }
}

/** The caller's own reason when the caller gave up; else the connection is at fault. */
function reasonOf(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted ? signal.reason : new LinkClosed('request failed', { cause: error });
}

function flat(message: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
