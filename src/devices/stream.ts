/**
 * Values of a producer that goes at its own pace: a reader of the stream that has stopped asking holds up nothing, and the
 * producer's `leave` is aborted when that reader goes. Kept values are dropped then, since they may be personal.
 */
export async function* stream<T>(
  signal: AbortSignal,
  produce: (emit: (value: T) => void, leave: AbortSignal) => Promise<void>,
): AsyncGenerator<T, void, undefined> {
  const kept: T[] = [];
  const gone = new AbortController();
  let changed = Promise.withResolvers<void>();
  const producer = { ended: false };
  const emit = (value: T): void => {
    kept.push(value);
    changed.resolve();
  };
  const producing = produce(emit, AbortSignal.any([signal, gone.signal])).finally(() => {
    producer.ended = true;
    changed.resolve();
  });
  try {
    while (kept.length > 0 || !producer.ended) {
      yield* kept.splice(0);
      if (!producer.ended && kept.length === 0) await changed.promise;
      changed = Promise.withResolvers();
    }
  } finally {
    gone.abort();
    kept.length = 0;
    await producing;
  }
}
