import { issuedToken, TOKEN_PATH } from '../../contract/platform-api.ts';

export interface TokenDeps {
  /** Base address of the platform. */
  readonly url: string;
  readonly kioskId: string;
  /** Shows the kiosk's certificate. */
  readonly fetch: typeof globalThis.fetch;
}

/**
 * A fetch that adds the kiosk's token and asks for another one when the platform no longer takes it. When no token is
 * given, the platform's answer to that is the answer to the request.
 */
export function createTokenFetch({ url, kioskId, fetch }: TokenDeps): typeof globalThis.fetch {
  let token: Promise<string | Response> | undefined;

  async function ask(signal: AbortSignal): Promise<string | Response> {
    const response = await fetch(`${url.replace(/\/$/, '')}${TOKEN_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kioskId }),
      signal,
    });
    const issued = response.ok ? issuedToken.safeParse(await response.clone().json()) : undefined;
    return issued?.success ? issued.data.token : response;
  }

  async function withToken(request: Request): Promise<Response> {
    const known = token ?? ask(request.signal);
    token = known;
    // Nobody is held to a failure of somebody else's request.
    const given = await known.catch((error: unknown) => {
      token = undefined;
      throw error;
    });
    if (typeof given !== 'string') {
      token = undefined;
      return given.clone();
    }
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${given}`);
    const answer = await fetch(new Request(request, { headers }));
    if (answer.status === 401 && token === known) token = undefined;
    return answer;
  }

  return async (input, init) => {
    const request = new Request(input, init);
    const again = request.clone();
    const answer = await withToken(request);
    if (answer.status !== 401) return answer;
    await answer.body?.cancel();
    return withToken(again);
  };
}
