import { issuedToken, TOKEN_PATH } from '../../contract/platform-api.ts';
import type { PlatformAnswer, PlatformFetch, PlatformRequest } from './platform-fetch.ts';
import { parseJson } from './transport.ts';

export interface TokenDeps {
  /** Base address of the platform. */
  readonly url: string;
  readonly kioskId: string;
  /** Shows the kiosk's certificate; its answers can be read more than once. */
  readonly fetch: PlatformFetch;
}

/**
 * A fetch that adds the kiosk's token and asks for another one when the platform no longer takes it. When no token is
 * given, the platform's answer to that is the answer to the request.
 */
export function createTokenFetch({ url, kioskId, fetch }: TokenDeps): PlatformFetch {
  let token: Promise<string | PlatformAnswer> | undefined;

  async function ask(signal: AbortSignal | undefined): Promise<string | PlatformAnswer> {
    const answer = await fetch(`${url.replace(/\/$/, '')}${TOKEN_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kioskId }),
      redirect: 'manual',
      ...(signal && { signal }),
    });
    const issued = answer.ok ? issuedToken.safeParse(parseJson(await answer.text())) : undefined;
    return issued?.success ? issued.data.token : answer;
  }

  async function withToken(to: string, request: PlatformRequest): Promise<PlatformAnswer> {
    const known = token ?? ask(request.signal);
    token = known;
    // Nobody is held to a failure of somebody else's request.
    const given = await known.catch((error: unknown) => {
      token = undefined;
      throw error;
    });
    if (typeof given !== 'string') {
      token = undefined;
      return given;
    }
    const answer = await fetch(to, { ...request, headers: { ...request.headers, authorization: `Bearer ${given}` } });
    if (answer.status === 401 && token === known) token = undefined;
    return answer;
  }

  return async (to, request) => {
    const answer = await withToken(to, request);
    return answer.status === 401 ? withToken(to, request) : answer;
  };
}
