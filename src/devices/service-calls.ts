import type { Clock } from '../contract/clock.ts';
import { done, refused } from '../domain/result.ts';
import type { Result } from '../domain/result.ts';
import { LinkClosed } from './driver.ts';
import type { HttpLink, HttpRequest, HttpResponse } from './driver.ts';

export type CallFailure =
  /** Nobody answers, or the connection broke. */
  | 'closed'
  /** Not over in its time. */
  | 'late'
  /** The body is longer than it may be. */
  | 'too-long'
  /** The caller gave up. */
  | 'aborted';

export interface ServiceAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface Bounds {
  /** Milliseconds from the request to the last byte. A service that sends a byte now and then gains nothing by it. */
  readonly limitMs: number;
  readonly mostBytes: number;
}

/** Requests to a service of which none can last, or grow, for ever. */
export class ServiceCalls {
  readonly #link: HttpLink;
  readonly #clock: Clock;

  constructor(link: HttpLink, clock: Clock) {
    this.#link = link;
    this.#clock = clock;
  }

  /** One request and its whole answer. What came of an answer that failed is overwritten. */
  async call(request: HttpRequest, bounds: Bounds, signal: AbortSignal): Promise<Result<ServiceAnswer, CallFailure>> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    const heard = await this.stream(request, bounds.limitMs, signal, (bytes) => {
      chunks.push(bytes);
      length += bytes.length;
      return length > bounds.mostBytes ? 'enough' : 'more';
    });
    const body = new Uint8Array(heard.ok && length <= bounds.mostBytes ? length : 0);
    let at = 0;
    for (const chunk of chunks) {
      if (body.length > 0) body.set(chunk, at);
      at += chunk.length;
      chunk.fill(0);
    }
    if (!heard.ok) return heard;
    if (length > bounds.mostBytes) return refused('too-long');
    const { status, headers } = heard.value;
    return done({ status, headers, body });
  }

  /**
   * One request, its answer given to `take` as it comes, until that has enough or the answer ends. Resolves to the head of
   * the answer.
   */
  async stream(
    request: HttpRequest,
    limitMs: number,
    signal: AbortSignal,
    take: (bytes: Uint8Array, head: Head) => 'more' | 'enough',
  ): Promise<Result<Head, CallFailure>> {
    if (signal.aborted) return refused('aborted');
    const over = new AbortController();
    const until = AbortSignal.any([signal, over.signal]);
    // A link that does not notice the signal must not hold up the caller either.
    const limit = this.#clock.delay(limitMs, until).then(
      () => refused('late' as const),
      () => refused('aborted' as const),
    );
    try {
      return await Promise.race([this.#transfer(request, until, take), limit]);
    } catch (error) {
      if (signal.aborted) return refused('aborted');
      if (error instanceof LinkClosed) return refused('closed');
      throw error;
    } finally {
      over.abort();
    }
  }

  async #transfer(
    request: HttpRequest,
    until: AbortSignal,
    take: (bytes: Uint8Array, head: Head) => 'more' | 'enough',
  ): Promise<Result<Head, never>> {
    const head = await this.#link.request(request, until);
    for await (const bytes of head.body) {
      if (until.aborted || take(bytes, head) === 'enough') break;
    }
    return done(head);
  }
}

type Head = Pick<HttpResponse, 'status' | 'headers'>;
