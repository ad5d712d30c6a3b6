import { ORPCError, isDefinedError } from '@orpc/client';
import type { Client } from '@orpc/client';
import type { AnySchema, ContractProcedure, ErrorMap, InferSchemaInput, InferSchemaOutput, Meta } from '@orpc/contract';
import type { Shape, ShapeOf } from './bridge-shape.ts';
import type { CoreApi } from './core-api.ts';
import type { HallView } from './visit-view.ts';

/** Codes every call may answer with beside those of its entry. */
export type CommonErrorCode =
  /** Core refused the input: a bug of the page. */
  | 'BAD_REQUEST'
  /** The line to core is gone; the shell reloads the page. */
  | 'DISCONNECTED'
  /** Core failed; it restarts by itself. */
  | 'INTERNAL_SERVER_ERROR';

type EntryError<E extends ErrorMap> = {
  [K in keyof E & string]: E[K] extends { data: infer D extends AnySchema }
    ? { readonly code: K; readonly data: InferSchemaOutput<D> }
    : { readonly code: K; readonly data?: undefined };
}[keyof E & string];
export type CallError<E extends ErrorMap> =
  | EntryError<E>
  | { readonly code: CommonErrorCode; readonly data?: undefined };

export type CallResult<T, E extends ErrorMap> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CallError<E> };

type Call<I, O, E extends ErrorMap> = undefined extends I
  ? () => Promise<CallResult<O, E>>
  : (input: I) => Promise<CallResult<O, E>>;
type Watch<I, V, E extends ErrorMap> = (
  onEvent: (event: V) => void,
  onEnd: (error?: CallError<E>) => void,
  ...input: undefined extends I ? [] : [I]
) => () => void;

/**
 * The named functions a page gets for a contract. A call answers a result and never throws; an entry that yields a stream
 * becomes a function that takes listeners, and its input if it has one, and returns the function that leaves the stream. Plain values and functions
 * only, since nothing else crosses the context bridge.
 */
export type BridgeOf<R> =
  R extends ContractProcedure<infer I extends AnySchema, infer O extends AnySchema, infer E extends ErrorMap, Meta>
    ? InferSchemaOutput<O> extends AsyncIterator<infer V, unknown, unknown>
      ? Watch<InferSchemaInput<I>, V, E>
      : Call<InferSchemaInput<I>, InferSchemaOutput<O>, E>
    : { readonly [K in keyof R]: BridgeOf<R[K]> };

/** The page's `window.kiosk`. */
export type KioskBridge = BridgeOf<CoreApi> & {
  readonly shell: {
    /** Lets the page open the camera once within the next moments; without it every request is denied. */
    readonly armCamera: () => Promise<void>;
    /** After a visit: a new home page in a new process takes the place of this one. */
    readonly renew: () => void;
    /** Tells the shell that the page has drawn its first frame and takes presses. */
    readonly drawn: () => void;
    /** The hall as far as the shell could read it, so that the first frame has its name. */
    readonly hall: () => HallView | undefined;
  };
};

export type AnyClient = Client<Record<never, never>, unknown, unknown, Error>;

/** The client of one entry, found by its path in the client of the whole contract. */
export function clientAt(root: object, path: readonly string[]): AnyClient {
  let node: unknown = root;
  for (const step of path) node = (node as Record<string, unknown>)[step];
  return node as AnyClient;
}

/**
 * Makes a bridge function of each entry of a contract, whose shape is enough for it; `clientOf` finds the client of an
 * entry by its path.
 */
export function createBridge<R extends object>(
  shape: ShapeOf<R>,
  clientOf: (path: readonly string[]) => AnyClient,
): BridgeOf<R> {
  const walk = (node: Shape, path: readonly string[]): unknown => {
    if (node === 'call') return call(clientOf(path));
    if (node === 'watch') return watch(clientOf(path));
    return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, walk(child, [...path, key])]));
  };
  return walk(shape, []) as BridgeOf<R>;
}

function call(client: AnyClient) {
  return async (input: unknown) => {
    try {
      return { ok: true, value: await client(input) };
    } catch (error) {
      return { ok: false, error: describe(error) };
    }
  };
}

function watch(client: AnyClient) {
  return (onEvent: (event: unknown) => void, onEnd: (error?: unknown) => void, input: unknown) => {
    const leaving = new AbortController();
    const run = async () => {
      const events = (await client(input, { signal: leaving.signal })) as AsyncIterableIterator<unknown>;
      for await (const event of events) {
        if (leaving.signal.aborted) break;
        onEvent(event);
      }
    };
    run().then(
      () => {
        if (!leaving.signal.aborted) onEnd();
      },
      (error: unknown) => {
        if (!leaving.signal.aborted) onEnd(describe(error));
      },
    );
    return () => leaving.abort();
  };
}

/** Only the code and the declared data of an error reach the page: messages may name files and lines. */
function describe(error: unknown): { code: string; data?: unknown } {
  if (!(error instanceof ORPCError)) return { code: 'DISCONNECTED' };
  return isDefinedError(error) && error.data !== undefined
    ? { code: error.code, data: error.data }
    : { code: error.code };
}
