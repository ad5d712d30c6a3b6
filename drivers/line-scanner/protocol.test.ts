import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_CODE_BYTES } from './limits.ts';
import { encodeLine, LineDecoder } from './protocol.ts';
import type { LineCode, LineFormat } from './protocol.ts';

const crlf: LineFormat = { end: '\r\n', aim: false };
const cr: LineFormat = { end: '\r', aim: false };
const named: LineFormat = { end: '\r\n', aim: true };
const decode = (format: LineFormat, ...chunks: readonly string[]): LineCode[] => {
  const decoder = new LineDecoder(format);
  return chunks.flatMap((chunk) => decoder.push(Buffer.from(chunk, 'latin1')));
};
const textsOf = (codes: readonly LineCode[]): string[] =>
  codes.map(({ bytes }) => Buffer.from(bytes).toString('latin1'));

describe('a line of text', () => {
  it('is a code, byte for byte', () => {
    const bytes = encodeLine(crlf, { bytes: Buffer.from('A1'), symbology: 'Q1' });
    expect(Buffer.from(bytes).toString('hex')).toBe('41310d0a');
    expect(Buffer.from(encodeLine(named, { bytes: Buffer.from('A1'), symbology: 'Q1' })).toString()).toBe(']Q1A1\r\n');
    expect(Buffer.from(encodeLine(named, { bytes: Buffer.from('A1') })).toString()).toBe('A1\r\n');
  });

  it('ends where the profile says, and nowhere else', () => {
    expect(textsOf(decode(crlf, 'one\rtwo\nthree\r', '\nfour'))).toEqual(['one\rtwo\nthree']);
    expect(textsOf(decode(cr, 'one\rtwo\nthree\r', 'four'))).toEqual(['one', 'two\nthree']);
  });

  it('without anything in it is no code', () => {
    expect(decode(crlf, '\r\n\r\n')).toEqual([]);
    expect(decode(named, ']Q1\r\n')).toEqual([]);
  });

  it('tells its symbology only where the profile says so and the identifier is one', () => {
    expect(decode(named, ']C0123\r\n')).toEqual([{ bytes: Uint8Array.from(Buffer.from('123')), symbology: 'C0' }]);
    expect(textsOf(decode(named, ']\u0001\u0002123\r\n', 'x]Q1\r\n', ']Q\r\n'))).toEqual([
      ']\u0001\u0002123',
      'x]Q1',
      ']Q',
    ]);
    expect(textsOf(decode(crlf, ']C0123\r\n'))).toEqual([']C0123']);
  });

  it('is forgotten when the buffer is cleared', () => {
    const decoder = new LineDecoder(crlf);
    decoder.push(Buffer.from('one'));
    decoder.clear();
    expect(textsOf(decoder.push(Buffer.from('two\r\n')))).toEqual(['two']);
  });

  it.each([
    ['the longest', MOST_CODE_BYTES, 2],
    ['one more', MOST_CODE_BYTES + 1, 1],
    ['two more', MOST_CODE_BYTES + 2, 1],
    ['very many', MOST_CODE_BYTES * 5, 1],
  ])('of %s bytes is a code or dropped whole', (_, length, count) => {
    const text = `${'x'.repeat(length)}\r\nnext\r\n`;
    const chunks = text.match(/[^]{1,1000}/gu) ?? [];
    for (const format of [crlf, named]) {
      expect(textsOf(decode(format, text)).length).toBe(count);
      expect(textsOf(decode(format, ...chunks)).length).toBe(count);
      expect(textsOf(decode(format, ...text.split(''))).at(-1)).toBe('next');
    }
    expect(textsOf(decode(cr, 'x'.repeat(length), '\r', 'next\r')).length).toBe(count);
  });
});

describe.each([
  ['CR LF', crlf],
  ['CR', cr],
  ['CR LF and AIM', named],
])('lines with %s', (_, format) => {
  // No byte of the end, and no `]` in front: the format cannot tell those.
  const bytes = fc
    .uint8Array({ minLength: 1, maxLength: 80 })
    .map((all) => Uint8Array.from(all, (byte) => (byte === 0x0d || byte === 0x0a || byte === 0x5d ? 0x2a : byte)));
  const code = fc
    .tuple(bytes, fc.constantFrom('Q1', 'C0', 'z0'))
    .map(([text, symbology]): LineCode => (format.aim ? { bytes: text, symbology } : { bytes: text }));
  const chunked = (stream: Uint8Array, cuts: readonly number[]): LineCode[] => {
    const decoder = new LineDecoder(format);
    const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)).toSorted((a, b) => a - b), stream.length];
    return places.slice(1).flatMap((end, index) => decoder.push(stream.subarray(places[index], end)));
  };

  it('come back from any chunking', () => {
    fc.assert(
      fc.property(fc.array(code, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 20 }), (codes, cuts) => {
        expect(chunked(Buffer.concat(codes.map((one) => encodeLine(format, one))), cuts)).toEqual(codes);
      }),
    );
  });

  it('mean the same in any chunking of any bytes', () => {
    const some = fc.array(
      fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.constant(Uint8Array.from(Buffer.from(format.end)))),
    );
    fc.assert(
      fc.property(some, fc.array(fc.nat()), (parts, cuts) => {
        const stream = Buffer.concat(parts);
        expect(chunked(stream, cuts)).toEqual(chunked(stream, []));
      }),
    );
  });
});
