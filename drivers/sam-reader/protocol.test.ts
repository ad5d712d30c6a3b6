import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCardText } from './card-text.ts';
import {
  encodeCommand,
  encodeFrame,
  encodeReply,
  FrameDecoder,
  MAX_FRAME_BYTES,
  readCommand,
  readReply,
  readTextBlock,
} from './protocol.ts';
import { encodeTextAndPhoto, findSimulatedCard } from './simulated-card.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const decode = (stream: Uint8Array): string[] => feed(new FrameDecoder(), [stream]);
const feed = (decoder: FrameDecoder, pieces: readonly Uint8Array[]): string[] =>
  pieces.flatMap((piece) => decoder.push(piece)).map((found) => (found.kind === 'frame' ? hex(found.body) : 'damaged'));

function cut(stream: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const size of sizes) {
    pieces.push(stream.subarray(at, at + size));
    at += size;
  }
  return [...pieces, stream.subarray(at)];
}

const zhang = findSimulatedCard('zhang');
if (!zhang) throw new Error('the simulated card is missing');
const textAndPhoto = encodeTextAndPhoto(zhang);

describe('published frames', () => {
  test.each([
    ['status', 'aaaaaa96690003 11ff ed'],
    ['find', 'aaaaaa96690003 2001 22'],
    ['select', 'aaaaaa96690003 2002 21'],
    ['readText', 'aaaaaa96690003 3001 32'],
  ] as const)('request %s', (name, frame) => {
    expect(hex(encodeCommand(name))).toBe(frame.replaceAll(' ', ''));
    const [found] = new FrameDecoder().push(bytes(frame));
    expect(found?.kind === 'frame' && readCommand(found.body)).toBe(name);
  });

  test.each([
    ['success', 'aaaaaa9669 0004 000090 94', { sw3: 0x90, data: '' }],
    ['card found', 'aaaaaa9669 0008 00009f 00000000 97', { sw3: 0x9f, data: '00000000' }],
    ['no card', 'aaaaaa9669 0004 000080 84', { sw3: 0x80, data: '' }],
    ['select failed', 'aaaaaa9669 0004 000081 85', { sw3: 0x81, data: '' }],
    ['read failed', 'aaaaaa9669 0004 000041 45', { sw3: 0x41, data: '' }],
  ])('reply %s', (_, frame, expected) => {
    const [found] = new FrameDecoder().push(bytes(frame));
    const reply = found?.kind === 'frame' ? readReply(found.body) : undefined;
    expect(reply && { sw3: reply.sw3, data: hex(reply.data) }).toEqual(expected);
    expect(hex(encodeReply(expected.sw3, bytes(expected.data)))).toBe(frame.replaceAll(' ', ''));
  });

  test('the answer with text and photo has 1295 bytes', () => {
    const frame = encodeReply(0x90, textAndPhoto);
    expect(frame.length).toBe(1_295);
    expect(hex(frame.subarray(5, 7))).toBe('0508');
  });
});

describe('finding frames', () => {
  const success = encodeReply(0x90);

  test.each([
    ['one AA too many', 'aa'],
    ['a preamble cut short', 'aaaaaa96'],
    ['a preamble with an impossible length', 'aaaaaa9669ffff'],
    ['a preamble with no room for a body', 'aaaaaa96690002'],
    ['plain noise', '00ff9669aa'],
  ])('%s in front is skipped', (_, noise) => {
    expect(decode(Uint8Array.from([...bytes(noise), ...success]))).toEqual(['000090']);
  });

  test('a wrong check byte is reported, and the frame behind it is found', () => {
    const broken = Uint8Array.from(success);
    broken[broken.length - 1] = 0x00;
    expect(decode(Uint8Array.from([...broken, ...success]))).toEqual(['damaged', '000090']);
  });

  test('a true frame inside a false one is found once that one proves damaged', () => {
    const stream = Uint8Array.from([...bytes('aaaaaa9669 000c 01'), ...success]);
    expect(decode(stream)).toEqual(['damaged', '000090']);
  });

  test('[M-08] any cutting of any stream gives the same messages and never much to keep', () => {
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.uint8Array({ maxLength: 80 }).map((body) => encodeFrame(Uint8Array.from([0, 0, 0x90, ...body]))),
      fc.constantFrom(bytes('aaaaaa9669'), bytes('aaaaaa96690040'), bytes('aaaa'), encodeReply(0x90, textAndPhoto)),
    );
    const stream = fc
      .array(part, { maxLength: 8 })
      .map((parts) => Uint8Array.from(parts.flatMap((piece) => Array.from(piece))));
    fc.assert(
      fc.property(stream, fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 }), (whole, sizes) => {
        const decoder = new FrameDecoder();
        expect(feed(decoder, cut(whole, sizes))).toEqual(decode(whole));
        expect(decoder.pendingBytes).toBeLessThan(MAX_FRAME_BYTES);
      }),
    );
  });

  test('[M-08] a hundred thousand noisy streams never give a card', () => {
    const noise = fc.uint8Array({ minLength: 1, maxLength: 300 });
    // Two thirds begin like a real answer, so that the search does get past the preamble.
    const head = fc.constantFrom('', 'aaaaaa96690508000090', 'aaaaaa9669010800009001000400');
    const decoder = new FrameDecoder();
    let damaged = 0;
    fc.assert(
      fc.property(head, noise, (start, rest) => {
        for (const found of decoder.push(Uint8Array.from([...bytes(start), ...rest]))) {
          if (found.kind === 'damaged') damaged += 1;
          const reply = found.kind === 'frame' ? readReply(found.body) : undefined;
          const block = reply && readTextBlock(reply.data);
          expect(block && readCardText(block)).toBeUndefined();
        }
        expect(decoder.pendingBytes).toBeLessThan(MAX_FRAME_BYTES);
      }),
      { numRuns: 100_000 },
    );
    expect(damaged).toBeGreaterThan(0);
  });

  test('clearing drops a frame that never ended', () => {
    const decoder = new FrameDecoder();
    decoder.push(encodeReply(0x90, textAndPhoto).subarray(0, 400));
    decoder.clear();
    expect(feed(decoder, [success])).toEqual(['000090']);
  });
});

describe('text and photo', () => {
  test('lengths that do not add up are refused', () => {
    expect(readTextBlock(textAndPhoto)?.length).toBe(256);
    expect(readTextBlock(textAndPhoto.subarray(0, -1))).toBeUndefined();
    expect(readTextBlock(bytes('0100'))).toBeUndefined();
  });
});
