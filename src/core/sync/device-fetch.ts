import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, request as startRequest } from 'node:https';
import { arrayBuffer } from 'node:stream/consumers';

/** PEM texts. */
export interface DeviceIdentity {
  readonly certificate: string;
  readonly key: string;
  /** Who signed the platform's certificate; no other authority is believed. */
  readonly authority: string;
}

/** Answers with these have no body, and a Response refuses to be made with one. */
const WITHOUT_BODY = new Set([204, 205, 304]);

/** A fetch that shows this kiosk's certificate, which Node's own cannot. Redirects are not followed. */
export function createDeviceFetch({ certificate, key, authority }: DeviceIdentity): typeof globalThis.fetch {
  const agent = new Agent({ keepAlive: true, cert: certificate, key, ca: authority, minVersion: 'TLSv1.3' });
  return async (input, init) => {
    const wanted = new Request(input, init);
    const body = Buffer.from(await wanted.arrayBuffer());
    const { signal } = wanted;
    signal.throwIfAborted();
    const headers = { ...Object.fromEntries(wanted.headers), 'content-length': body.length };
    const sent = startRequest(wanted.url, { agent, method: wanted.method, headers, signal });
    sent.end(body);
    // Also rejects when the connection cannot be had or breaks first, with the system's error.
    const [answer]: IncomingMessage[] = await once(sent, 'response');
    if (!answer) throw new Error('a response event without a response');
    const status = answer.statusCode ?? 0;
    const named = answer.rawHeaders.flatMap((name, at): [string, string][] =>
      at % 2 === 0 ? [[name, answer.rawHeaders[at + 1] ?? '']] : [],
    );
    // To its end, so that a line that breaks in the middle is found here.
    const bytes = await arrayBuffer(answer);
    return new Response(WITHOUT_BODY.has(status) ? undefined : bytes, { status, headers: named });
  };
}
