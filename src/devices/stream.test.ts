import { expect, test } from 'vitest';
import { stream } from './stream.ts';

const never = new AbortController().signal;

test('yields what was emitted, in order, and ends with the producer', async () => {
  const seen: number[] = [];
  const values = stream<number>(never, async (emit) => {
    emit(1);
    emit(2);
    await Promise.resolve();
    emit(3);
  });
  for await (const value of values) seen.push(value);
  expect(seen).toEqual([1, 2, 3]);
});

test('a producer is not held up by a reader that does not ask', async () => {
  const finished = Promise.withResolvers<void>();
  const values = stream<number>(never, async (emit) => {
    emit(1);
    await Promise.resolve();
    emit(2);
    finished.resolve();
  });
  await values.next();
  await finished.promise;
  expect(await values.next()).toEqual({ done: false, value: 2 });
});

test('leaving aborts the producer and waits until it has ended', async () => {
  let ended = false;
  const values = stream<number>(never, async (emit, leave) => {
    emit(1);
    await new Promise<void>((resolve) => {
      leave.addEventListener('abort', () => resolve());
    });
    ended = true;
  });
  await values.next();
  await values.return(undefined);
  expect(ended).toBe(true);
});

test('a failure of the producer reaches the reader', async () => {
  const values = stream<number>(never, () => Promise.reject(new Error('broken')));
  await expect(values.next()).rejects.toThrow('broken');
});
