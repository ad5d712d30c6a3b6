import { isORPCErrorJson } from '@orpc/client';
import type { Clock } from '../../contract/clock.ts';
import type { PlatformAnswer, PlatformFetch, PlatformRequest } from './platform-fetch.ts';

/** Why a request got no answer of the platform's own, so that the same request may go again. */
export type TransportReason =
  /** No connection, or it broke before the answer was complete: the platform may have the record or not. */
  | 'no-answer'
  | 'timed-out'
  /** The platform asks for patience: 408, 425, 429, 503. */
  | 'busy'
  /** Any other 5xx */
  | 'failing'
  /** Something answered that is not the platform: a proxy's page, a log-in portal, a redirect, broken JSON. */
  | 'not-understood'
  /** 413. Here since gateways say it in HTML; sending the same bytes again cannot help. */
  | 'too-large';

/** Thrown by the fetch of {@link platformFetch}; `detail` has no content of either side. */
export class TransportFailure extends Error {
  readonly reason: TransportReason;
  readonly retryAfterMs: number | undefined;
  constructor(
    reason: TransportReason,
    detail: string,
    options: { retryAfterMs?: number | undefined; cause?: unknown },
  ) {
    super(detail, { cause: options.cause });
    this.name = 'TransportFailure';
    this.reason = reason;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Given up waiting; one object for all, since a fresh one with its stack costs more than the rest of the wait. */
const ANSWERED = new Error('answered');

export interface TransportDeps {
  readonly fetch: PlatformFetch;
  readonly clock: Clock;
}

/**
 * What the platform itself said, as JSON; everything else is a {@link TransportFailure}. When the request's signal ends it,
 * its own reason is thrown.
 */
export async function askPlatform(
  deps: TransportDeps,
  url: string,
  request: PlatformRequest,
  limitMs: number,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const { response, text } = await fetchWhole(deps, url, request, limitMs);
  const { status } = response;
  const body = parseJson(text);
  const ownWord = response.ok ? body !== undefined : isORPCErrorJson(body);
  if (!ownWord) throw notUnderstood(response, deps.clock.now());
  return { status, body };
}

/**
 * A request with its answer to the end, in that time. Throws {@link TransportFailure} when there was none, and when its
 * status alone says that the request may go again, or never.
 */
export async function fetchWhole(
  deps: TransportDeps,
  url: string,
  request: PlatformRequest,
  limitMs: number,
): Promise<{ readonly response: PlatformAnswer; readonly text: string }> {
  const ended = new AbortController();
  const answered = new AbortController();
  let isLate = false;
  const clockStopped = deps.clock.delay(limitMs, answered.signal).then(
    () => {
      isLate = true;
      ended.abort();
    },
    // The answer came first and the wait was given up.
    () => undefined,
  );
  const end = () => ended.abort(request.signal?.reason);
  // Not AbortSignal.any, which takes several times as long, and there is one of these for each record.
  request.signal?.addEventListener('abort', end, { once: true });
  try {
    request.signal?.throwIfAborted();
    const response = await deps.fetch(url, { ...request, redirect: 'manual', signal: ended.signal });
    const text = await response.text();
    refuseByStatus(response, deps.clock.now());
    return { response, text };
  } catch (error) {
    if (error instanceof TransportFailure) throw error;
    request.signal?.throwIfAborted();
    if (isLate) throw new TransportFailure('timed-out', `no answer in ${limitMs} ms`, { cause: error });
    throw new TransportFailure('no-answer', connectionDetail(error), { cause: error });
  } finally {
    request.signal?.removeEventListener('abort', end);
    answered.abort(ANSWERED);
    await clockStopped;
  }
}

function refuseByStatus({ status, headers }: PlatformAnswer, now: Date): void {
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'), now);
  if (status === 408 || status === 425 || status === 429 || status === 503) {
    throw new TransportFailure('busy', `status ${status}`, { retryAfterMs });
  }
  if (status >= 500) throw new TransportFailure('failing', `status ${status}`, { retryAfterMs });
  if (status === 413) throw new TransportFailure('too-large', 'status 413', {});
}

/** Something answered that is not the platform. */
export function notUnderstood({ status, headers }: PlatformAnswer, now: Date): TransportFailure {
  const type = headers.get('content-type') ?? 'no content type';
  const retryAfterMs = parseRetryAfter(headers.get('retry-after'), now);
  return new TransportFailure('not-understood', `status ${status}, ${type}`, { retryAfterMs });
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The one form of HTTP dates that may be sent, as in Sun, 06 Nov 1994 08:49:37 GMT; Date.parse alone takes far more. */
const imfFixdate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** RFC 9110 section 10.2.3: seconds or an HTTP date. Undefined when absent or neither. Never negative, but not bounded. */
export function parseRetryAfter(header: string | null, now: Date): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const date = imfFixdate.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}

/** The system's error code, as ECONNREFUSED; that of the web's fetch is behind its "fetch failed". */
function connectionDetail(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause = error } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
}
