import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LineTime } from './pacing.ts';
import { Pacer } from './pacing.ts';

/** Time that moves only when somebody waits for it, and then a little further, as timers do. */
function steppedTime(late = 0): LineTime {
  let now = 1_000;
  return {
    now: () => now,
    until: async (milliseconds) => {
      now = Math.max(now, milliseconds) + late;
    },
  };
}

test('no byte comes out before its time on the line, and none is lost or reordered', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      sizes,
      fc.constantFrom(9_600, 115_200),
      fc.integer({ min: 0, max: 5 }),
      async (pieces, baudRate, late) => {
        const time = steppedTime(late);
        const start = time.now();
        const out: number[] = [];
        const pacer = new Pacer(baudRate, time, (bytes) => {
          out.push(...bytes);
          expect(((time.now() - start) * baudRate) / 10_000).toBeGreaterThanOrEqual(out.length - 1e-6);
        });
        let next = 0;
        const sent = pieces.flatMap((size) => {
          const piece = Array.from({ length: size }, () => next++ % 256);
          pacer.push(Uint8Array.from(piece));
          return piece;
        });
        await pacer.drain();
        expect(out).toEqual(sent);
        expect(pacer.waitingBytes).toBe(0);
      },
    ),
  );
});

test('late timers do not add up: the line catches up', async () => {
  const time = steppedTime(1);
  const start = time.now();
  const pacer = new Pacer(115_200, time, () => undefined);
  pacer.push(new Uint8Array(1_152));
  await pacer.drain();
  const took = time.now() - start;
  expect(took).toBeGreaterThanOrEqual(100);
  expect(took).toBeLessThanOrEqual(100 + 1);
});

test('what waits when it is stopped never comes out', async () => {
  const time = steppedTime();
  const pacer = new Pacer(9_600, time, () => expect.unreachable());
  pacer.push(new Uint8Array(100));
  pacer.stop();
  pacer.push(new Uint8Array(1));
  await pacer.drain();
  expect(pacer.waitingBytes).toBe(0);
});
