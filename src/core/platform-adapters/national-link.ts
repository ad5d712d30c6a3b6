import { z } from 'zod';
import type { Clock } from '../../contract/clock.ts';
import { hallClock } from '../../domain/calendar/day.ts';
import { type Outcome, outcome } from '../sync/outcome.ts';
import type { PlatformFetch, PlatformRequest } from '../sync/platform-fetch.ts';
import { fetchWhole, notUnderstood, parseJson, TransportFailure } from '../sync/transport.ts';
import { signSm2 } from './signature.ts';

export interface NationalLinkDeps {
  readonly url: string;
  readonly kioskId: string;
  readonly appMark: string;
  readonly appWord: string;
  /** Private key of SM2, 64 hex digits. */
  readonly key: string;
  readonly fetch: PlatformFetch;
  readonly clock: Clock;
  readonly limitsMs: { readonly write: number; readonly ask: number };
}

/** Every answer: 200 with `data`, or the name of a refusal. */
const reply = z.object({ code: z.string(), data: z.unknown().optional() });

/** Which record of this kiosk `data` is, and by how many seconds the clock of its times ran ahead, where it was wrong. */
export interface RecordMark {
  readonly recordId: string;
  readonly clockAhead?: number;
}

export type Ask = <T>(
  path: string,
  /** JSON */
  data: string,
  answer: z.ZodType<T>,
  options: { readonly limit: 'write' | 'ask'; readonly signal: AbortSignal | undefined; readonly record?: RecordMark },
) => Promise<Outcome<T>>;

/**
 * Calls of the national style: JSON by POST, `{time, appMark, sign, source, data, dataSign}`. `sign` is over time, appMark
 * and appWord one after the other, as public integrations of the rating upload have it; that says nothing of the content, so
 * `data` is a text and `dataSign` is over that text. `source`, a text as well, has what the national records have no field
 * for and a receiver may ignore: `terminalNo`, this kiosk, and of a record what {@link RecordMark} says; it is signed with
 * the content, before which it stands. Both signatures are SM2 with SM3. The appWord itself is never sent.
 */
export function createAsk(deps: NationalLinkDeps): Ask {
  const { url, kioskId, appMark, appWord, key, clock, limitsMs } = deps;
  const base = url.replace(/\/$/, '');
  return async (path, data, answer, { limit, signal, record }) => {
    const time = hallClock(clock.now().toISOString()).replace('T', ' ');
    const source = JSON.stringify({ terminalNo: kioskId, ...record });
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        time,
        appMark,
        sign: signSm2(time + appMark + appWord, key),
        source,
        data,
        dataSign: signSm2(source + data, key),
      }),
      ...(signal && { signal }),
    };
    const asked = await outcome(send(deps, `${base}${path}`, request, limitsMs[limit]), signal);
    if (asked.kind !== 'done') return asked;
    const { code, data: content } = asked.value;
    if (code !== '200') return refusalOf(code);
    const parsed = answer.safeParse(content);
    if (parsed.success) return { kind: 'done', value: parsed.data };
    return { kind: 'retry', reason: 'not-understood', detail: `an answer of ${path} that is none` };
  };
}

async function send(
  deps: NationalLinkDeps,
  url: string,
  request: PlatformRequest,
  limitMs: number,
): Promise<z.infer<typeof reply>> {
  const { response, text } = await fetchWhole(deps, url, request, limitMs);
  const parsed = reply.safeParse(parseJson(text));
  if (!parsed.success) throw notUnderstood(response, deps.clock.now());
  if (!response.ok && parsed.data.code === '200')
    throw new TransportFailure('not-understood', 'status and code differ', {});
  return parsed.data;
}

function refusalOf(code: string): Exclude<Outcome<never>, { kind: 'done' }> {
  const detail = `code ${code}`;
  switch (code) {
    case 'IN_PROGRESS':
      return { kind: 'retry', reason: 'in-progress', detail };
    case 'SIGNATURE':
      return { kind: 'retry', reason: 'not-let-in', detail };
    case 'HASH':
      return { kind: 'retry', reason: 'hash-mismatch', detail };
    case 'INVALID':
      return { kind: 'refused', reason: 'invalid', detail };
    case 'DUPLICATE':
      return { kind: 'refused', reason: 'already-rated', detail };
    case 'UNKNOWN_NUMBER':
      return { kind: 'refused', reason: 'unknown-number', detail };
    case 'DAY_NOT_OVER':
      return { kind: 'refused', reason: 'day-not-over', detail };
    case 'UNKNOWN_CASE':
      return { kind: 'conflict', reason: 'unknown-case', detail };
    case 'DIFFERS':
      return { kind: 'conflict', reason: 'content-differs', detail };
    default:
      return { kind: 'refused', reason: 'rejected', detail };
  }
}
