import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeReply, ReplyParser } from './replies.ts';
import type { Reply } from './replies.ts';

const parse = (bytes: readonly number[]): Reply[] => new ReplyParser().push(Uint8Array.from(bytes));

/** Cuts bytes at the given places. */
function inChunks(bytes: Uint8Array, cuts: readonly number[]): Reply[] {
  const parser = new ReplyParser();
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).flatMap((end, index) => parser.push(bytes.subarray(places[index], end)));
}

const status = fc.constantFrom(0, 0x04, 0x08, 0x0c, 0x20, 0x40, 0x60, 0x68).map((bits) => 0x12 | bits);
const plainByte = fc.integer({ min: 0, max: 0x7f }).filter((byte) => (byte & 0x90) === 0);
const automaticHead = fc.constantFrom(0x10, 0x14, 0x18, 0x1c, 0x30, 0x38, 0x58, 0x78);
const reply = fc.oneof(
  status.map((value): Reply => ({ kind: 'status', status: value })),
  fc
    .tuple(automaticHead, plainByte, plainByte, plainByte)
    .map((value): Reply => ({ kind: 'automatic', status: value })),
  plainByte.map((value): Reply => ({ kind: 'request-answer', status: value })),
  fc
    .tuple(fc.constantFrom(0x35, 0x37, 0x3b, 0x3d, 0x5f), fc.string({ unit: 'binary-ascii', maxLength: 60 }))
    .map(([header, text]): Reply => ({ kind: 'block', header, body: text.replaceAll(/[^\x20-\x7e]/gu, ' ') })),
  fc.constantFrom('send' as const, 'wait' as const).map((may): Reply => ({ kind: 'flow', may })),
);

describe('replies of a ticket printer', () => {
  it('reads the idle answer, a cutter fault and paper out', () => {
    expect(parse([0x12, 0x16, 0x1a, 0x72])).toEqual([
      { kind: 'status', status: 0x12 },
      { kind: 'status', status: 0x16 },
      { kind: 'status', status: 0x1a },
      { kind: 'status', status: 0x72 },
    ]);
  });

  it('reads the block of GS ( H function 48', () => {
    expect(parse([0x37, 0x22, 0x30, 0x30, 0x34, 0x32, 0x00])).toEqual([{ kind: 'block', header: 0x37, body: '"0042' }]);
  });

  it('lets flow control stand inside an automatic status', () => {
    expect(parse([0x30, 0x13, 0x00, 0x11, 0x03, 0x00])).toEqual([
      { kind: 'flow', may: 'wait' },
      { kind: 'flow', may: 'send' },
      { kind: 'automatic', status: [0x30, 0x00, 0x03, 0x00] },
    ]);
  });

  it('gives up a broken automatic status and reads what broke it', () => {
    expect(parse([0x10, 0x00, 0x12])).toEqual([
      { kind: 'noise', byte: 0x10 },
      { kind: 'noise', byte: 0x00 },
      { kind: 'status', status: 0x12 },
    ]);
  });

  it('gives up a block that never ends', () => {
    const replies = parse([0x5f, ...Array.from({ length: 200 }, () => 0x41)]);
    expect(replies.filter((one) => one.kind === 'block')).toEqual([]);
    expect(replies.length).toBeGreaterThan(60);
  });

  it('forgets half a reply when the line begins anew', () => {
    const parser = new ReplyParser();
    expect(parser.push(Uint8Array.of(0x37, 0x22))).toEqual([]);
    parser.reset();
    expect(parser.push(Uint8Array.of(0x12))).toEqual([{ kind: 'status', status: 0x12 }]);
  });

  it('reads back any sequence of replies, in any chunking', () => {
    fc.assert(
      fc.property(fc.array(reply, { maxLength: 30 }), fc.array(fc.nat(), { maxLength: 20 }), (replies, cuts) => {
        const bytes = Buffer.concat(replies.map((one) => (one.kind === 'noise' ? new Uint8Array() : encodeReply(one))));
        expect(inChunks(bytes, cuts)).toEqual(replies);
      }),
    );
  });

  it('treats any garbage the same in any chunking, loses no byte of it, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(), { maxLength: 20 }), (bytes, cuts) => {
        const whole = new ReplyParser().push(bytes);
        expect(inChunks(bytes, cuts)).toEqual(whole);
        const back = whole.map((one) => (one.kind === 'noise' ? Uint8Array.of(one.byte) : encodeReply(one)));
        expect(back.reduce((sum, part) => sum + part.length, 0)).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});
