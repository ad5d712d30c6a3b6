import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fourKey from './profiles/four-key-ff68.json' with { type: 'json' };
import { parsePadProfile, profileNamed, profileNames } from './profile.ts';
import { acknowledgementOf, encodeCommand, encodeFrame, FrameDecoder, levelOfKey, pressedKey } from './protocol.ts';
import type { PadFrame } from './protocol.ts';

const four = profileNamed('four-key-ff68');
const five = profileNamed('five-key-aa55');
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const decode = (hex: string): PadFrame[] => new FrameDecoder(four).push(bytesOf(hex));

describe('the four-key pad, byte for byte as its public source has it', () => {
  it('reads a press of key 2 and acknowledges it', () => {
    const [press] = decode('FF 68 03 03 68 01 11 02 14 16');
    if (!press) throw new Error('no press');
    expect(pressedKey(four, press)).toBe(2);
    expect(levelOfKey(four, 2)).toBe('satisfied');
    expect(hexOf(acknowledgementOf(four, press))).toBe('ff680303680101020416');
  });

  it.each([
    ['start', 0, 'ff6803036801010b0d16'],
    ['stars', 0, 'ff680303680102050816'],
    ['beep', 0, 'ff6802026801030416'],
    ['number', 123, 'ff6808086801020a0a0a0102032716'],
  ] as const)('encodes %s %i', (name, number, hex) => {
    expect(hexOf(encodeCommand(four, name, number))).toBe(hex);
  });

  it.each([
    ['a wrong checksum', 'FF 68 03 03 68 01 11 02 15 16'],
    ['a wrong end', 'FF 68 03 03 68 01 11 02 14 17'],
    ['two lengths that differ', 'FF 68 03 04 68 01 11 02 14 16'],
    ['a length that is too long', 'FF 68 20 20 68 01 11 02 14 16'],
    ['a length that is too short', 'FF 68 01 01 68 01 11 02 14 16'],
  ])('takes no press from %s', (_, hex) => {
    expect(decode(hex)).toEqual([]);
  });

  it('finds a press behind the beginning of another frame', () => {
    expect(decode('FF 68 03 FF FF 68 03 03 68 01 11 02 14 16')).toHaveLength(1);
  });

  it('leaves presses of other pads on the same line alone', () => {
    const [press] = decode('FF 68 03 03 68 02 11 02 15 16');
    expect(press && pressedKey(four, press)).toBeUndefined();
    expect(press?.address).toBe(2);
  });
});

describe('another pad by another table', () => {
  it('has its own frame, checksum and keys', () => {
    expect(hexOf(encodeCommand(five, 'beep'))).toBe('aa5504a41001b10d');
    expect(hexOf(encodeCommand(five, 'number', 42))).toBe('aa5507a31000000402b20d');
    expect(levelOfKey(five, 0x31)).toBe('very-dissatisfied');
    expect(levelOfKey(five, 0x39)).toBeUndefined();
  });
});

describe.each(profileNames)('frames of %s', (name) => {
  const profile = profileNamed(name);
  const byte = fc.integer({ min: 0, max: 255 });
  const frame = fc
    .tuple(byte, byte, fc.uint8Array({ maxLength: profile.longestData }))
    .map(([address, code, data]): PadFrame => ({ address, function: code, data: Uint8Array.from(data) }));
  const chunked = (bytes: Uint8Array, cuts: readonly number[]): PadFrame[] => {
    const decoder = new FrameDecoder(profile);
    const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
    return places.slice(1).flatMap((end, index) => decoder.push(bytes.subarray(places[index], end)));
  };

  it('come back from any chunking', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 10 }), fc.array(fc.nat(), { maxLength: 20 }), (frames, cuts) => {
        expect(chunked(Buffer.concat(frames.map((one) => encodeFrame(profile, one))), cuts)).toEqual(frames);
      }),
    );
  });

  it('are found in noise the same way in any chunking, and noise never throws', () => {
    const noise = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, frame), { maxLength: 5 }), fc.array(fc.nat()), (parts, cuts) => {
        const bytes = Buffer.concat(parts.flatMap(([before, one]) => [before, encodeFrame(profile, one)]));
        expect(chunked(bytes, cuts)).toEqual(chunked(bytes, []));
      }),
    );
  });

  it('survive no single flipped bit', () => {
    fc.assert(
      fc.property(frame, fc.nat(), (one, place) => {
        const bytes = encodeFrame(profile, one);
        const at = place % (bytes.length * 8);
        // A single wrong length cuts the frame elsewhere, where chance may put a fitting checksum: that is for the checksum's strength.
        fc.pre(profile.frame[at >> 3] !== 'length');
        bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
        expect(new FrameDecoder(profile).push(bytes)).toEqual([]);
      }),
    );
  });
});

describe('a table with a mistake', () => {
  it.each([
    ['two keys for one level', { keys: { '00': 'satisfied', '01': 'satisfied' } }, 'two keys mean the same level'],
    ['a level that does not exist', { keys: { '00': 'fine' } }, 'keys'],
    ['no checksum in the frame', { frame: ['FF', 'length', 'address', 'function', 'data'] }, 'one checksum'],
    [
      'a length behind the data',
      { frame: ['FF', 'address', 'function', 'data', 'length', 'checksum'] },
      'before the data',
    ],
    ['a byte that is none', { address: '1' }, 'address'],
    ['a word too many', { adress: '01' }, 'adress'],
  ])('%s is refused by name', (_, mistake, message) => {
    expect(() => parsePadProfile({ ...fourKey, ...mistake })).toThrow(message);
  });
});
