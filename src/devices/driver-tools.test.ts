import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../contract/clock.ts';
import { systemClock } from '../contract/clock.ts';
import type { ByteLink } from './driver.ts';
import { LinkClosed } from './driver.ts';
import { Arrivals, ask, delivered, Silence, Turns } from './driver-tools.ts';

const never = new AbortController().signal;

function linkThat(write: () => Promise<void>): ByteLink {
  return {
    write,
    onBytes: () => () => undefined,
    onClose: () => () => undefined,
    setBaudRate: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

describe('what is sent', () => {
  it('has left, or the line is gone, or something is wrong with the program', async () => {
    expect(
      await delivered(
        linkThat(() => Promise.resolve()),
        new Uint8Array(),
      ),
    ).toBe(true);
    expect(
      await delivered(
        linkThat(() => Promise.reject(new LinkClosed())),
        new Uint8Array(),
      ),
    ).toBe(false);
    await expect(
      delivered(
        linkThat(() => Promise.reject(new Error('bug'))),
        new Uint8Array(),
      ),
    ).rejects.toThrow('bug');
  });

  it('is not sent when the caller has left, and not waited for when the line is gone', async () => {
    let written = 0;
    const link = linkThat(() => {
      written += 1;
      return Promise.reject(new LinkClosed());
    });
    const question = { bytes: new Uint8Array(), listen: () => () => undefined, milliseconds: 60_000 };
    expect(await ask({ clock: systemClock, link }, question, AbortSignal.abort())).toBeUndefined();
    expect(written).toBe(0);
    expect(await ask({ clock: systemClock, link }, question, never)).toBeUndefined();
    expect(written).toBe(1);
  });
});

describe('the silence of a line', () => {
  /** Its waits take so long, then as long as they should. */
  function silenceOn(...late: number[]): { readonly silence: Silence; readonly silentAt: Promise<number> } {
    let now = 0;
    const clock: Clock = {
      now: () => new Date(now),
      async delay(milliseconds, signal) {
        await setImmediate();
        signal?.throwIfAborted();
        now += late.shift() ?? milliseconds;
      },
    };
    const { promise: silentAt, resolve } = Promise.withResolvers<number>();
    return { silence: new Silence(clock, 400, () => resolve(now)), silentAt };
  }

  it('is told when it has lasted so long since the last thing that came', async () => {
    const { silence, silentAt } = silenceOn();
    silence.heard();
    await setImmediate();
    silence.heard();
    expect(await silentAt).toBe(400 + 100);
  });

  it('does not count while the computer stood still', async () => {
    const { silence, silentAt } = silenceOn(100, 5_000);
    silence.heard();
    expect(await silentAt).toBe(5_000 + 400);
  });

  it('has an end also on a computer that is always late', async () => {
    const { silence, silentAt } = silenceOn(...Array.from({ length: 50 }, () => 300));
    silence.heard();
    expect(await silentAt).toBe(12 * 300);
  });
});

describe('arrivals', () => {
  it('come in their order, and those of a flood are dropped', async () => {
    const arrivals = new Arrivals<number>();
    for (let number = 1; number <= 1_000; number += 1) arrivals.push(number);
    const stop = new AbortController();
    const taken: number[] = [];
    for await (const number of arrivals.until(stop.signal)) {
      taken.push(number);
      if (number === 16) stop.abort();
    }
    expect(taken).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });

  it('that nobody took are forgotten with the one who waited', async () => {
    const arrivals = new Arrivals<string>();
    const first = arrivals.until(never);
    const next = first.next();
    arrivals.push('one');
    arrivals.push('two');
    expect(await next).toEqual({ done: false, value: 'one' });
    await first.return();
    const stop = new AbortController();
    const later = arrivals.next(stop.signal);
    stop.abort();
    expect(await later).toBeUndefined();
  });
});

describe('turns', () => {
  it('follow each other, also after one that failed', async () => {
    const turns = new Turns();
    const steps: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = turns.take(async () => {
      await gate.promise;
      steps.push('first');
      throw new Error('failed');
    });
    const second = turns.take(async () => void steps.push('second'));
    gate.resolve();
    await expect(first).rejects.toThrow('failed');
    await second;
    expect(steps).toEqual(['first', 'second']);
  });
});
