import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeCardParts, readCardParts } from './card-data.ts';
import { readCardText } from './card-text.ts';
import type { Command } from './commands.ts';
import { readCommand, readReply, samBaudRates } from './commands.ts';
import {
  encodeCommand,
  encodeFrame,
  encodeReply,
  FrameDecoder,
  MAX_COMMAND_LENGTH,
  MAX_FRAME_BYTES,
} from './protocol.ts';
import { findSimulatedCard, partsOfCard } from './simulated-card.ts';

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
const textAndPhoto = encodeCardParts(partsOfCard(zhang));

describe('finding frames', () => {
  const success = encodeReply(0x90);

  test.each([
    ['one AA too many, as in AA AA AA AA 96 69', 'aa'],
    ['many AA too many', 'aaaaaaaaaa'],
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

  test('every command and every reply comes back from any chunking', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const command: fc.Arbitrary<Command> = fc.oneof(
      fc.constantFrom<Command[]>('reset', 'status', 'samId', 'find', 'select'),
      fc.constantFrom<Command[]>('readText', 'readNewestAddress', 'readManagementNumber', 'readFingerprints'),
      fc.constantFrom(...samBaudRates).map((setBaud) => ({ setBaud })),
      byte.map((setMaxRf) => ({ setMaxRf })),
    );
    const data = fc.uint8Array({ maxLength: 2_000 }).map((all) => Uint8Array.from(all));
    const reply = fc.record({ sw1: byte, sw2: byte, sw3: byte, data });
    const message = fc.oneof(command, reply);
    const cuts = fc.array(fc.integer({ min: 1, max: 70 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 5 }), cuts, (messages, sizes) => {
        const frames = messages.map((one) =>
          typeof one === 'object' && 'sw3' in one
            ? encodeReply(one.sw3, one.data, one.sw1, one.sw2)
            : encodeCommand(one),
        );
        const decoder = new FrameDecoder();
        const bodies = cut(Buffer.concat(frames), sizes).flatMap((piece) => decoder.push(piece));
        const read = bodies.map((found, at) => {
          if (found.kind === 'damaged') return found.kind;
          const sent = messages[at];
          return typeof sent === 'object' && 'sw3' in sent ? readReply(found.body) : readCommand(found.body);
        });
        expect(read).toEqual(messages);
        expect(decoder.pendingBytes).toBe(0);
      }),
    );
  });

  test('[M-08] a hundred thousand noisy streams never give a card', { timeout: 60_000 }, () => {
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
          const parts = reply && readCardParts(reply.data);
          expect(parts && readCardText(parts.text)).toBeUndefined();
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

test('what does not fit into a frame is a bug', () =>
  expect(() => encodeFrame(new Uint8Array(0x0910))).toThrow(RangeError));

test('a reader waits for no command that is longer than any', () => {
  const decoder = new FrameDecoder(MAX_COMMAND_LENGTH);
  decoder.push(bytes('aaaaaa9669 0040 30'));
  expect(feed(decoder, [encodeReply(0x90)])).toEqual(['000090']);
});
