/** A request to the platform. */
export interface PlatformRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal;
  /** What sends a kiosk elsewhere is not the platform. */
  readonly redirect?: 'manual';
}

/** What is looked at of an answer. */
export type PlatformAnswer = Pick<Response, 'ok' | 'status' | 'text'> & { readonly headers: Pick<Headers, 'get'> };

/** How a request gets to the platform and its answer back. The fetch of the web is one, and so are all of ours. */
export type PlatformFetch = (url: string, request: PlatformRequest) => Promise<PlatformAnswer>;
