import { createORPCErrorFromJson, isORPCErrorJson } from '@orpc/client';
import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import { SLOWEST_LINE_BYTES_PER_MS } from '../limits.ts';
import type { PlatformAnswer } from './platform-fetch.ts';
import { fetchWhole, notUnderstood, parseJson, type TransportDeps, TransportFailure } from './transport.ts';

export interface TusStackDeps extends TransportDeps {
  /** Longest time for one request with its answer, without what its bytes take on a slow line. */
  readonly limitMs: number;
}

/**
 * Requests of the tus client by the fetch that all others go by, with the kiosk's certificate and token. What is not the
 * platform's own word never comes as far as the tus client, which takes a failing server for one that has lost the upload.
 */
export function tusStack(deps: TusStackDeps, signal: AbortSignal | undefined): HttpStack {
  return {
    createRequest: (method, url) => new TusRequest(deps, method, url, signal),
    getName: () => 'fetch',
  };
}

class TusRequest implements HttpRequest {
  readonly #deps: TusStackDeps;
  readonly #method: string;
  readonly #url: string;
  readonly #signal: AbortSignal | undefined;
  readonly #headers: Record<string, string> = {};
  readonly #aborted = new AbortController();

  constructor(deps: TusStackDeps, method: string, url: string, signal: AbortSignal | undefined) {
    this.#deps = deps;
    this.#method = method;
    this.#url = url;
    this.#signal = signal;
  }

  getMethod(): string {
    return this.#method;
  }
  getURL(): string {
    return this.#url;
  }
  setHeader(name: string, value: string): void {
    this.#headers[name] = value;
  }
  getHeader(name: string): string | undefined {
    return this.#headers[name];
  }
  setProgressHandler(): void {
    // Nobody watches.
  }
  getUnderlyingObject(): undefined {
    return undefined;
  }
  async abort(): Promise<void> {
    this.#aborted.abort();
  }

  async send(body: Buffer<ArrayBuffer> | null | undefined): Promise<HttpResponse> {
    const signal = this.#signal ? AbortSignal.any([this.#aborted.signal, this.#signal]) : this.#aborted.signal;
    const request = { method: this.#method, headers: this.#headers, signal, ...(body && { body }) };
    const limitMs = this.#deps.limitMs + (body?.length ?? 0) / SLOWEST_LINE_BYTES_PER_MS;
    const { response, text } = await fetchWhole(this.#deps, this.#url, request, limitMs);
    // An upload that is gone is begun anew, and that answers with a body.
    if (!response.ok && this.#method !== 'HEAD') this.#refuse(response, text);
    return {
      getStatus: () => response.status,
      getHeader: (name) => response.headers.get(name) ?? undefined,
      getBody: () => text,
      getUnderlyingObject: () => undefined,
    };
  }

  #refuse(response: PlatformAnswer, text: string): never {
    const { status } = response;
    const json = parseJson(text);
    if (isORPCErrorJson(json)) throw createORPCErrorFromJson(json);
    // Another request, perhaps one of a line that died, still writes the same upload.
    if (status === 409 || status === 423) throw new TransportFailure('busy', `status ${status}`, {});
    throw notUnderstood(response, this.#deps.clock.now());
  }
}
