import { array, assert, asyncProperty, integer, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImpatientClock } from '../../test/fixtures/link-pair.ts';
import type { Clock } from '../contract/clock.ts';
import { LinkClosed } from './driver.ts';
import type { HttpLink, HttpResponse } from './driver.ts';
import { ServiceCalls } from './service-calls.ts';

const never = new Promise<never>(() => undefined);
const unwatched = new AbortController().signal;
const get = { method: 'GET', path: '/' } as const;
const bounds = { limitMs: 1_000, mostBytes: 100 };

function callsTo(respond: HttpLink['request'], clock: Clock = new ImpatientClock()): ServiceCalls {
  const link: HttpLink = {
    authority: '127.0.0.1:80',
    request: respond,
    onClose: () => () => undefined,
    close: async () => undefined,
  };
  return new ServiceCalls(link, clock);
}

async function* bodyOf(chunks: readonly Uint8Array[], end: Promise<unknown> = Promise.resolve()) {
  for (const chunk of chunks) yield chunk.slice();
  await end;
}
const answer = (body: AsyncIterable<Uint8Array>): HttpResponse => ({ status: 200, headers: { etag: 'x' }, body });
const bytes = (length: number, value = 7): Uint8Array => new Uint8Array(length).fill(value);

describe('a call of a service', () => {
  it('brings status, headers and the whole body', async () => {
    const calls = callsTo(async () => answer(bodyOf([bytes(60), bytes(40, 8)])));
    expect(await calls.call(get, bounds, unwatched)).toEqual({
      ok: true,
      value: { status: 200, headers: { etag: 'x' }, body: Uint8Array.of(...bytes(60), ...bytes(40, 8)) },
    });
  });

  it('brings the same body in any chunking', async () => {
    await assert(
      asyncProperty(uint8Array({ maxLength: 100 }), array(integer({ min: 0, max: 100 })), async (body, cuts) => {
        const places = [0, ...cuts.map((cut) => Math.min(cut, body.length)).toSorted((left, right) => left - right)];
        const chunks = places.map((place, at) => body.slice(place, places[at + 1]));
        const called = await callsTo(async () => answer(bodyOf(chunks))).call(get, bounds, unwatched);
        expect(called).toMatchObject({ ok: true, value: { body } });
      }),
    );
  });

  it('overwrites what it has copied, and what came of an answer that failed', async () => {
    for (const [chunks, end] of [
      [[bytes(50), bytes(50)], Promise.resolve()],
      [[bytes(50), bytes(51)], never],
      [[bytes(50)], never],
    ] as const) {
      const body = async function* () {
        yield* chunks;
        await end;
      };
      await callsTo(async () => answer(body())).call(get, bounds, unwatched);
      for (const chunk of chunks) expect(chunk.every((byte) => byte === 0)).toBe(true);
    }
  });

  it('ends as soon as the body is longer than it may be', async () => {
    let sent = 0;
    const endless = async function* () {
      for (;;) {
        sent += 60;
        yield bytes(60);
      }
    };
    const called = await callsTo(async () => answer(endless())).call(get, bounds, unwatched);
    expect(called).toEqual({ ok: false, reason: 'too-long' });
    expect(sent).toBe(120);
  });

  it('ends in its time: without any answer, in the middle of one, and when a byte comes now and then', async () => {
    const clock = new ImpatientClock();
    const drip = async function* () {
      for (;;) {
        await clock.delay(30);
        yield bytes(1);
      }
    };
    for (const respond of [
      () => never,
      async () => answer(bodyOf([bytes(10)], never)),
      async () => answer(drip()),
    ] as const) {
      const called = await callsTo(respond, clock).call(get, bounds, unwatched);
      expect(called).toEqual({ ok: false, reason: 'late' });
    }
  });

  it('tells the link to stop when its time is over', async () => {
    let told: AbortSignal | undefined;
    const calls = callsTo((_request, signal) => {
      told = signal;
      return never;
    });
    await calls.call(get, bounds, unwatched);
    expect(told?.aborted).toBe(true);
  });

  it('ends at once when the caller gives up, before and during it', async () => {
    const patient: Clock = {
      now: () => new Date(),
      delay: (_milliseconds, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    };
    const abort = new AbortController();
    const called = callsTo(() => never, patient).call(get, bounds, abort.signal);
    abort.abort();
    expect(await called).toEqual({ ok: false, reason: 'aborted' });
    expect(await callsTo(() => never, patient).call(get, bounds, abort.signal)).toEqual({
      ok: false,
      reason: 'aborted',
    });
  });

  it('says that the caller gave up when the link throws because of it', async () => {
    const abort = new AbortController();
    const calls = callsTo(async () => {
      abort.abort();
      throw new LinkClosed();
    });
    expect(await calls.call(get, bounds, abort.signal)).toEqual({ ok: false, reason: 'aborted' });
  });

  it('says that nobody answers, and that a connection broke in the middle', async () => {
    const broken = bodyOf([bytes(10)], Promise.reject(new LinkClosed()));
    for (const respond of [async () => Promise.reject(new LinkClosed()), async () => answer(broken)]) {
      expect(await callsTo(respond).call(get, bounds, unwatched)).toEqual({ ok: false, reason: 'closed' });
    }
  });

  it('throws what is a bug', async () => {
    const calls = callsTo(async () => Promise.reject(new TypeError('oops')));
    await expect(calls.call(get, bounds, unwatched)).rejects.toThrow('oops');
  });

  it('gives an answer as it comes to who only wants the beginning, and then leaves it', async () => {
    let left = false;
    const live = async function* () {
      try {
        for (;;) yield bytes(3);
      } finally {
        left = true;
      }
    };
    const heard: number[] = [];
    const head = await callsTo(async () => answer(live())).stream(get, 1_000, unwatched, (chunk, { status }) => {
      heard.push(status, chunk.length);
      return heard.length < 4 ? 'more' : 'enough';
    });
    expect(head).toMatchObject({ ok: true, value: { status: 200 } });
    expect(heard).toEqual([200, 3, 200, 3]);
    expect(left).toBe(true);
  });
});
