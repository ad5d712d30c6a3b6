import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCardParts, encodeColumn, readAddress, readCardParts } from './card-data.ts';
import { readCardText } from './card-text.ts';
import people from './people.json' with { type: 'json' };
import { ADDRESS_BYTES, readReply, status } from './commands.ts';
import { encodeReply, FrameDecoder } from './protocol.ts';
import { redactReplies } from './redact.ts';
import { findSimulatedCard, madeUpCard, partsOfCard } from './simulated-card.ts';

const cardReply = (name: string): Uint8Array => {
  const card = findSimulatedCard(name);
  if (!card) throw new Error(`no card ${name}`);
  return encodeReply(status.success, encodeCardParts(partsOfCard(card)));
};
const names = Object.keys(people);
const join = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const kinds = (bytes: Uint8Array): string[] =>
  new FrameDecoder().push(bytes).map((found) => (found.kind === 'frame' ? `frame ${found.body.length}` : found.kind));

test.each(names)('the card of %s becomes a made-up one of the same kind and length', (name) => {
  const redacted = redactReplies(cardReply(name));
  expect(redacted).toHaveLength(cardReply(name).length);
  const [frame] = new FrameDecoder().push(redacted);
  const reply = frame?.kind === 'frame' ? readReply(frame.body) : undefined;
  const parts = reply && readCardParts(reply.data);
  const read = parts && readCardText(parts.text);
  const before = readCardText(partsOfCard(findSimulatedCard(name) ?? madeUpCard('resident')).text);
  expect(read?.kind).toBe(before?.kind);
  expect(read?.idNumber).toBe(before && madeUpCard(before.kind).idNumber);
});

test('photo and fingerprints become zeros, the newest address a made-up one, the management number nothing', () => {
  const sun = findSimulatedCard('sun-moved') ?? expect.unreachable();
  const dataOf = (received: Uint8Array): Uint8Array => {
    const [frame] = new FrameDecoder().push(redactReplies(received));
    const reply = frame?.kind === 'frame' ? readReply(frame.body) : undefined;
    return reply?.data ?? expect.unreachable();
  };
  const parts = readCardParts(dataOf(encodeReply(status.success, encodeCardParts(partsOfCard(sun, 2)))));
  expect(parts?.photo).toEqual(new Uint8Array(1_024));
  expect(parts?.fingerprints).toEqual(new Uint8Array(1_024));
  const address = encodeReply(status.success, encodeColumn(sun.newestAddress, ADDRESS_BYTES));
  expect(readAddress(dataOf(address))).toBe(madeUpCard('resident').address);
  expect(dataOf(encodeReply(status.success, new Uint8Array(28).fill(7)))).toEqual(new Uint8Array(28));
});

test('answers that are about nobody stay as they are', () => {
  const short = join([
    encodeReply(status.success),
    encodeReply(status.found, new Uint8Array(4)),
    encodeReply(status.noCard),
  ]);
  expect(redactReplies(short)).toEqual(short);
});

describe('whatever else a line carries', () => {
  const piece = fc.oneof(
    fc.constantFrom(...names).map(cardReply),
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom(encodeReply(status.found, new Uint8Array(4)), encodeReply(status.noCard)),
    fc.tuple(fc.constantFrom(...names), fc.nat(1_295)).map(([name, length]) => cardReply(name).subarray(0, length)),
    fc.tuple(fc.constantFrom(...names), fc.integer({ min: 20, max: 1_290 })).map(([name, at]) => {
      const reply = cardReply(name);
      reply[at] = (reply[at] ?? 0) ^ 0x40;
      return reply;
    }),
  );

  test('no name and no number of anybody but the made-up people is left, also not in damaged or cut frames', () => {
    const allowed = new Set(
      (['resident', 'hk-macau-taiwan', 'foreigner-2017', 'foreigner-2023'] as const).map(
        (kind) => madeUpCard(kind).idNumber,
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const received = join(pieces);
        const redacted = Buffer.from(redactReplies(received));
        expect(redacted).toHaveLength(received.length);
        for (const { idNumber } of Object.values(people)) {
          if (!allowed.has(idNumber))
            expect(redacted.includes(Buffer.from(idNumber.slice(0, 14), 'utf16le'))).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('good frames are found as before', () => {
    const whole = fc.oneof(fc.constantFrom(...names).map(cardReply), fc.constant(encodeReply(status.noCard)));
    fc.assert(
      fc.property(fc.array(whole, { maxLength: 5 }), (pieces) => {
        const received = join(pieces);
        expect(kinds(redactReplies(received))).toEqual(kinds(received));
      }),
    );
  });
});
