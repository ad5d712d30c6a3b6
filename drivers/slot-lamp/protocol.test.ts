import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeMessage, lampState, MessageDecoder } from './protocol.ts';
import type { BoardMessage } from './protocol.ts';

const decode = (...chunks: readonly string[]): BoardMessage[] => {
  const decoder = new MessageDecoder();
  return chunks.flatMap((chunk) => decoder.push(Buffer.from(chunk, 'latin1')));
};
const textOf = (message: BoardMessage): string => Buffer.from(encodeMessage(message)).toString('latin1');

describe('messages, byte for byte as the terminals in use have them', () => {
  it.each([
    ['lamp of the A4 printer blinks', { direction: 'O', channel: 12, value: lampState.blink }, 'O(00,12,2)E'],
    ['lamp of the document camera off', { direction: 'O', channel: 15, value: lampState.off }, 'O(00,15,0)E'],
    ['somebody is there', { direction: 'I', channel: 1, value: 1 }, 'I(00,01,1)E'],
    ['somebody has gone', { direction: 'I', channel: 1, value: 0 }, 'I(00,01,0)E'],
  ] as const)('%s', (_, message, text) => {
    expect(textOf(message)).toBe(text);
    expect(decode(text)).toEqual([message]);
  });

  it.each(['I(00,1,1)E', 'I(00,01,11)E', 'I(01,01,1)E', 'i(00,01,1)E', 'I(00,01,1)F', 'I(00,0a,1)E', 'I (00,01,1)E'])(
    'not %s',
    (text) => {
      expect(decode(text)).toEqual([]);
    },
  );

  it('forgets a beginning when cleared', () => {
    const decoder = new MessageDecoder();
    decoder.push(Buffer.from('I(00,01'));
    decoder.clear();
    expect(decoder.push(Buffer.from(',1)E'))).toEqual([]);
  });
});

describe('a stream of messages', () => {
  const message = fc.record({
    direction: fc.constantFrom('O', 'I'),
    channel: fc.integer({ min: 0, max: 99 }),
    value: fc.integer({ min: 0, max: 9 }),
  });
  const noise = fc.oneof(
    fc.string({ unit: 'binary-ascii', maxLength: 30 }),
    message.chain((one) => fc.nat(10).map((length) => textOf(one).slice(0, length))),
  );
  const chunked = (text: string, cuts: readonly number[]): BoardMessage[] => {
    const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).toSorted((a, b) => a - b), text.length];
    return decode(...places.slice(1).map((end, index) => text.slice(places[index], end)));
  };

  it('comes back from any chunking, whatever stands between', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, message)), fc.array(fc.nat(), { maxLength: 30 }), (parts, cuts) => {
        const text = parts.map(([before, one]) => before + textOf(one)).join('');
        expect(chunked(text, cuts)).toEqual(parts.map(([, one]) => one));
      }),
    );
  });

  it('may be any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat()), (bytes, cuts) => {
        const text = Buffer.from(bytes).toString('latin1');
        expect(chunked(text, cuts)).toEqual(chunked(text, []));
      }),
    );
  });
});
