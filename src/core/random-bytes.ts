import { randomBytes, randomFillSync } from 'node:crypto';

const DRAWN_BYTES = 4_096;

/**
 * The system's random bytes, drawn many at a time: asking for those of each key and id takes longer than to seal with them. What
 * was given out is not kept here.
 */
export function randomBytesInStock(): (count: number) => Buffer {
  const stock = Buffer.alloc(DRAWN_BYTES);
  let next = DRAWN_BYTES;
  return (count) => {
    if (count > DRAWN_BYTES) return randomBytes(count);
    if (next + count > DRAWN_BYTES) {
      randomFillSync(stock);
      next = 0;
    }
    const given = Buffer.from(stock.subarray(next, next + count));
    stock.fill(0, next, next + count);
    next += count;
    return given;
  };
}
