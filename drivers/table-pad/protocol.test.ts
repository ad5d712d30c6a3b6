import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fourKey from './profiles/four-key-ff68.json' with { type: 'json' };
import type { PadProfile } from './profile.ts';
import { parsePadProfile, profileNamed, profileNames } from './profile.ts';
import type { FromHost, FromPad, PadCommand, PadFrame } from './protocol.ts';
import {
  encodeAcknowledgement,
  encodeAnswer,
  encodeCommand,
  encodeFrame,
  encodePress,
  FrameDecoder,
  hostTemplates,
  levelOfKey,
  readFromHost,
  readFromPad,
} from './protocol.ts';

const four = profileNamed('four-key-ff68');
const five = profileNamed('five-key-ff68');
const sample = profileNamed('five-key-aa55');
const modbus = parsePadProfile({
  ...fourKey,
  frame: ['AA', 'length', 'address', 'function', 'data', 'checksum'],
  checksum: { rule: 'crc16', over: ['address', 'function', 'data'] },
});
const hexOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');
const bytesOf = (hex: string): Uint8Array => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const decode = (hex: string, profile = four): PadFrame[] => new FrameDecoder(profile).push(bytesOf(hex));
const fromPad = (hex: string, profile = four): (FromPad | undefined)[] =>
  decode(hex, profile).map((frame) => readFromPad(profile, frame));
const fromHost = (hex: string, profile = four): (FromHost | undefined)[] =>
  new FrameDecoder(profile, hostTemplates(profile)).push(bytesOf(hex)).map((frame) => readFromHost(profile, frame));

describe('the four-key pad, byte for byte as its public source has it', () => {
  it('reads a press of key 2 and acknowledges it', () => {
    expect(fromPad('FF 68 03 03 68 01 11 02 14 16')).toEqual([{ kind: 'press', key: 2 }]);
    expect(levelOfKey(four, 2)).toBe('satisfied');
    expect(hexOf(encodeAcknowledgement(four, 2))).toBe('ff680303680101020416');
    expect(fromHost('FF 68 03 03 68 01 01 02 04 16')).toEqual([{ kind: 'acknowledged', key: 2 }]);
  });

  it.each([
    ['start', 0, 'ff6803036801010b0d16'],
    ['stars', 5, 'ff680303680102050816'],
    ['beep', 0, 'ff6802026801030416'],
    ['number', 123, 'ff6808086801020a0a0a0102032716'],
  ] as const)('%s %i', (name, value, hex) => {
    expect(hexOf(encodeCommand(four, name, value))).toBe(hex);
    expect(fromHost(hex)).toEqual([{ kind: 'command', name, value }]);
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

  it('keeps no more than one frame that is not finished', () => {
    const decoder = new FrameDecoder(four);
    decoder.push(bytesOf('FF 68 08 08 68 01 02'));
    expect(decoder.pendingBytes).toBe(7);
    decoder.reset();
    expect(decoder.pendingBytes).toBe(0);
  });

  it('reads nothing from what the pad says as a counter’s call pad', () => {
    expect(fromPad('FF 68 03 03 68 01 0C 0C 19 16')).toEqual([undefined]);
    expect(fromPad('FF 68 04 04 68 01 11 02 02 16 16')).toEqual([undefined]);
  });
});

describe('the five-key pad, byte for byte as its public source has it', () => {
  it('has a key for each level and wants its acknowledgement without lead byte and key', () => {
    expect(fromPad('FF 68 03 03 68 81 11 04 96 16', five)).toEqual([{ kind: 'press', key: 4 }]);
    expect(levelOfKey(five, 4)).toBe('very-satisfied');
    expect(hexOf(encodeAcknowledgement(five, 4))).toBe('6802026881018216');
    expect(fromHost('68 02 02 68 81 01 82 16', five)).toEqual([{ kind: 'acknowledged' }]);
  });

  it('is started and shows stars, and has no other command', () => {
    expect(hexOf(encodeCommand(five, 'start'))).toBe('ff6803036881010b8d16');
    expect(hexOf(encodeCommand(five, 'stars', 3))).toBe('ff680303688102038616');
    expect(() => encodeCommand(five, 'beep')).toThrow('no command beep');
  });
});

describe('other tables', () => {
  it('have their own frame, checksum and keys', () => {
    expect(hexOf(encodeCommand(sample, 'beep'))).toBe('aa5504a41001b10d');
    expect(hexOf(encodeCommand(sample, 'number', 42))).toBe('aa5507a31000000402b20d');
    expect(fromPad(hexOf(encodeAnswer(sample)), sample)).toEqual([{ kind: 'answer' }]);
    expect(levelOfKey(sample, 0x31)).toBe('very-dissatisfied');
    expect(levelOfKey(sample, 0x39)).toBeUndefined();
  });

  it('have a CRC as Modbus has it', () => {
    // The request 01 03 00 00 00 0A, whose check bytes are C5 CD wherever Modbus is explained.
    const frame = { address: 1, function: 3, data: Uint8Array.of(0, 0, 0, 0x0a) };
    expect(hexOf(encodeFrame(modbus, frame)).slice(-4)).toBe('c5cd');
    expect(decode(hexOf(encodeFrame(modbus, frame)), modbus)).toEqual([frame]);
  });

  it('may want no acknowledgement, and may answer nothing', () => {
    const { acknowledge: _, ...quiet } = four;
    expect(encodeAcknowledgement(quiet, 2)).toBeUndefined();
    expect(encodeAnswer(quiet)).toBeUndefined();
    expect(readFromHost(quiet, { address: 1, function: 1, data: Uint8Array.of(2) })).toBeUndefined();
  });

  it.each([
    [five, [1, 2]],
    [four, [2, 2]],
    [four, []],
  ])('an acknowledgement of another length is none', (profile, data) => {
    const frame = { address: profile.address, function: 1, data: Uint8Array.from(data) };
    expect(readFromHost(profile, frame)).toBeUndefined();
  });
});

describe('pads that share a line', () => {
  const second = profileNamed('four-key-ff68', 2);

  it('have their own address in every frame', () => {
    expect(hexOf(encodePress(second, 2))).toBe('ff680303680211021516');
    expect(hexOf(encodeAcknowledgement(second, 2))).toBe('ff680303680201020516');
    expect(fromPad('FF 68 03 03 68 02 11 02 15 16', second)).toEqual([{ kind: 'press', key: 2 }]);
  });

  it('leave the frames of the others alone', () => {
    expect(fromPad('FF 68 03 03 68 02 11 02 15 16', four)).toEqual([undefined]);
    expect(fromHost('FF 68 03 03 68 02 01 0B 0E 16', four)).toEqual([undefined]);
  });
});

describe.each([
  ...profileNames.map((name) => [name, profileNamed(name)] as const),
  ['a table with a CRC', modbus] as const,
])('frames of %s', (_, profile) => {
  const byte = fc.integer({ min: 0, max: 255 });
  const frame = fc
    .tuple(byte, byte, fc.uint8Array({ maxLength: profile.longestData }))
    .map(([address, code, data]): PadFrame => ({ address, function: code, data: Uint8Array.from(data) }));
  const chunked = (bytes: Uint8Array, cuts: readonly number[]): PadFrame[] => {
    const decoder = new FrameDecoder(profile, hostTemplates(profile));
    const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
    return places.slice(1).flatMap((end, index) => decoder.push(bytes.subarray(places[index], end)));
  };
  const either = fc.constantFrom(...hostTemplates(profile));

  it('come back from any chunking', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(frame, either), { maxLength: 10 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (sent, cuts) => {
          const bytes = Buffer.concat(sent.map(([one, template]) => encodeFrame(profile, one, template)));
          expect(chunked(bytes, cuts)).toEqual(sent.map(([one]) => one));
        },
      ),
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
        const bytes = Uint8Array.from(encodeFrame(profile, one));
        const at = place % (bytes.length * 8);
        // A single wrong length cuts the frame elsewhere, where chance may put a fitting checksum: that is for the checksum's strength.
        fc.pre(profile.frame[at >> 3] !== 'length');
        bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
        expect(new FrameDecoder(profile).push(bytes)).toEqual([]);
      }),
    );
  });

  it('say what was meant, whatever it was and whichever pad it was for', () => {
    fc.assert(
      fc.property(byte, messagesOf(profile), (address, message) => {
        const pad = { ...profile, address };
        const decoder = new FrameDecoder(pad, hostTemplates(pad));
        const read = isFromPad(message) ? readFromPad : readFromHost;
        expect(decoder.push(encoded(pad, message)).map((one) => read(pad, one))).toEqual([message]);
      }),
    );
  });
});

type Message = FromHost | FromPad;
const isFromPad = (message: Message): message is FromPad => message.kind === 'press' || message.kind === 'answer';

/** Everything that a pad of this profile says or is told. */
function messagesOf(profile: PadProfile): fc.Arbitrary<Message> {
  const { commands, acknowledge, answer, keys } = profile;
  const key = fc.constantFrom(...Object.keys(keys).map((hex) => Number.parseInt(hex, 16)));
  const names = (['start', 'stars', 'number', 'beep'] as const).filter((name) => commands[name]);
  const command = fc
    .constantFrom<PadCommand>(...names)
    .chain((name) =>
      fc
        .integer({ min: 0, max: 10 ** (commands[name]?.digits ?? 0) - 1 })
        .map((value): Message => ({ kind: 'command', name, value })),
    );
  return fc.oneof(
    command,
    key.map((pressed): Message => ({ kind: 'press', key: pressed })),
    ...(answer ? [fc.constant<Message>({ kind: 'answer' })] : []),
    ...(acknowledge?.data === 'key' ? [key.map((taken): Message => ({ kind: 'acknowledged', key: taken }))] : []),
    ...(acknowledge?.data === 'none' ? [fc.constant<Message>({ kind: 'acknowledged' })] : []),
  );
}

function encoded(profile: PadProfile, message: Message): Uint8Array {
  switch (message.kind) {
    case 'command':
      return encodeCommand(profile, message.name, message.value);
    case 'acknowledged':
      return encodeAcknowledgement(profile, message.key ?? 0) ?? expect.unreachable();
    case 'press':
      return encodePress(profile, message.key);
    case 'answer':
      return encodeAnswer(profile) ?? expect.unreachable();
  }
}

describe('a table with a mistake', () => {
  const bare = ['FF', 'length', 'address', 'function', 'data'];
  it.each([
    ['two keys for one level', { keys: { '00': 'satisfied', '01': 'satisfied' } }, 'two keys mean the same level'],
    ['a level that does not exist', { keys: { '00': 'fine' } }, 'keys'],
    ['no checksum in the frame', { frame: bare }, 'one checksum'],
    ['no length in the frame', { frame: ['FF', 'address', 'function', 'data', 'checksum'] }, 'needs a length'],
    ['nothing to find the frame by', { frame: [...bare.slice(1), 'checksum'] }, 'begin with a fixed byte'],
    [
      'a length behind the data',
      { frame: ['FF', 'address', 'function', 'data', 'length', 'checksum'] },
      'before the data',
    ],
    ['a length that leaves the data out', { lengthCounts: ['address'] }, 'must count the data'],
    ['a checksum over itself', { checksum: { rule: 'sum8', over: ['checksum'] } }, 'cannot cover itself'],
    [
      'an acknowledgement without a frame',
      { acknowledge: { function: '01', data: 'none', frame: ['68'] } },
      'the frame needs one address',
    ],
    ['a question nobody answers', { probe: { command: 'beep', value: 0 } }, 'cannot be asked'],
    [
      'a question that the pad does not know',
      {
        probe: { command: 'beep', value: 0 },
        answer: { function: '02', data: '', withinMs: 1, retries: 0 },
        commands: { start: { function: '01', data: '' } },
      },
      'a command that it has not',
    ],
    ['a byte that is none', { address: '1' }, 'address'],
    ['a word too many', { adress: '01' }, 'adress'],
  ])('%s is refused by name', (_, mistake, message) => {
    expect(() => parsePadProfile({ ...fourKey, ...mistake })).toThrow(message);
  });
});
