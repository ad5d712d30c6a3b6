import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_CODE_BYTES, MOST_FRAME_DATA_BYTES } from './limits.ts';
import { profileNamed, profileNames } from './profile.ts';
import {
  CommandDecoder,
  encodeCode,
  encodeFrameCommand,
  encodeReply,
  encodeTextCommand,
  frameType,
  replyType,
  ScannerDecoder,
} from './protocol.ts';
import type { Command, Message, Reply, ScannerFormat } from './protocol.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('hex').toUpperCase().match(/../gu)?.join(' ') ?? '';
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

const frames = profileNamed('frames');
const text = profileNamed('text');
const named = profileNamed('text-cr-aim');
const decode = (format: ScannerFormat, ...chunks: readonly Uint8Array[]): Message[] => {
  const decoder = new ScannerDecoder(format);
  return chunks.flatMap((chunk) => decoder.push(chunk));
};
const code = (content: string): Message => ({ kind: 'code', code: { bytes: latin1(content) } });

describe('frames, byte for byte as public sources have them', () => {
  it.each([
    ['wait for a trigger', frameType.write, 0x00_00, 0xd5, '7E 00 08 01 00 00 D5 EF 41'],
    ['trigger on', frameType.write, 0x00_02, 0x01, '7E 00 08 01 00 02 01 02 DA'],
    ['trigger off', frameType.write, 0x00_02, 0x02, '7E 00 08 01 00 02 02 32 B9'],
    ['read one byte', frameType.read, 0x00_0a, 0x01, '7E 00 07 01 00 0A 01 EE 8A'],
    ['write one byte', frameType.write, 0x00_0a, 0x3e, '7E 00 08 01 00 0A 3E 4C CF'],
  ])('command: %s', (_, type, address, value, hex) => {
    expect(hexOf(encodeFrameCommand(type, address, value))).toBe(hex);
    expect(new CommandDecoder('frames').push(bytesOf(hex))).toEqual([
      { framing: 'frames', type, address, data: Uint8Array.of(value) },
    ]);
  });

  it.each([
    ['done', replyType.done, 0x00, '02 00 00 01 00 33 31'],
    ['wrong check', replyType.badCrc, 0x00, '02 00 01 01 00 04 01'],
    ['invalid', replyType.invalid, 0x00, '02 00 03 01 00 6A 61'],
    ['a byte that was asked for', replyType.done, 0x3e, '02 00 00 01 3E E4 AC'],
  ])('answer: %s', (_, type, value, hex) => {
    const reply: Reply = { framing: 'frames', type, data: Uint8Array.of(value) };
    expect(hexOf(encodeReply(reply))).toBe(hex);
    expect(decode(frames, bytesOf(hex))).toEqual([{ kind: 'reply', reply }]);
  });

  it.each([
    ['a wrong check', '02 00 00 01 00 33 32'],
    ['a second byte of the other framing', '02 01 00 01 00 33 31'],
    ['more data than is ever asked for', '02 00 00 09 00 00 00 00 00 00 00 00 00 00 00'],
  ])('takes no answer from %s', (_, hex) => {
    expect(decode(frames, bytesOf(hex))).toEqual([]);
  });
});

describe('text commands, byte for byte as public sources have them', () => {
  it('are sent for now only', () => {
    expect(hexOf(encodeTextCommand('SCNTRG1'))).toBe('7E 01 30 30 30 30 23 53 43 4E 54 52 47 31 3B 03');
  });

  it.each([
    ['ack', '06'],
    ['nak', '15'],
    ['enq', '05'],
  ] as const)('are echoed with their status: %s', (status, hex) => {
    const reply: Reply = { framing: 'text', command: 'C11ENA1', status };
    const echoed = `02 01 30 30 30 30 40 43 31 31 45 4E 41 31 ${hex} 3B 03`;
    expect(decode(text, bytesOf(echoed))).toEqual([{ kind: 'reply', reply }]);
    expect(hexOf(encodeReply(reply))).toBe(echoed.replace(' 40 ', ' 23 '));
  });

  it('come back from what a host sends', () => {
    const sent = Buffer.concat([latin1('~~\u0001'), encodeTextCommand('SCNMOD*'), encodeTextCommand('SCNTRG1')]);
    const decoder = new CommandDecoder('text');
    const commands = Array.from(sent, (byte) => decoder.push(Uint8Array.of(byte))).flat();
    expect(commands).toEqual([
      { framing: 'text', command: 'SCNMOD*' },
      { framing: 'text', command: 'SCNTRG1' },
    ]);
    expect(new CommandDecoder('frames').push(sent)).toEqual([]);
  });

  it.each([
    ['no status', '\u00020\u00010000#SCNTRG1;\u0003'],
    ['no status in its place', '\u0002\u00010000#SCNTRG1;\u0003'],
    ['another store', '\u0002\u00010000!SCNTRG1\u0006;\u0003'],
    ['nothing in it', '\u0002\u00010000;\u0003'],
    ['a control character in it', '\u0002\u00010000#SCN\u0006TRG1\u0006;\u0003'],
    ['an end that is none', '\u0002\u00010000#SCNTRG1\u0006;;\u0003'],
    ['another head', '\u0002\u00010001#SCNTRG1\u0006;\u0003'],
    ['more than is ever asked for', `\u0002\u00010000#${'X'.repeat(80)}\u0006;\u0003`],
  ])('are not taken for answered with: %s', (_, sent) => {
    expect(decode(text, latin1(sent))).toEqual([]);
    // Nothing of it is waited for either: what follows is read at once.
    expect(decode(text, latin1(`${sent}\r\ncode\r\n`)).at(-1)).toEqual(code('code'));
    expect(decode(text, ...Array.from(latin1(`${sent}\r\ncode\r\n`), (byte) => Uint8Array.of(byte))).at(-1)).toEqual(
      code('code'),
    );
  });
});

describe('codes', () => {
  it('stand between answers; text before an answer that has no end is noise', () => {
    const done = encodeReply({ framing: 'frames', type: 0, data: Uint8Array.of(0) });
    const stream = Buffer.concat([latin1('one\r\nnoi'), done, latin1('two\r\n'), done, latin1('\r\n')]);
    const reply: Message = { kind: 'reply', reply: { framing: 'frames', type: 0, data: Uint8Array.of(0) } };
    expect(decode(frames, stream)).toEqual([code('one'), reply, code('two'), reply]);
  });

  it('may hold what looks like the head of an answer', () => {
    const held = latin1('a\u0002\u0000b\u0005\r\n');
    expect(decode(frames, held)).toEqual([]);
    expect(decode(frames, held, latin1('next\r\n'))).toEqual([code('a\u0002\u0000b\u0005'), code('next')]);
    expect(decode(frames, latin1('a\u0002\u0000bcdefghij\r\n'))).toEqual([code('a\u0002\u0000bcdefghij')]);
    expect(decode(frames, latin1('a\u0002b\r\n'))).toEqual([code('a\u0002b')]);
  });

  it('tell their symbology only where the profile says so and the identifier is one', () => {
    expect(decode(named, latin1(']Q1abc\r]\u0001\u0002a\r]Q1\r'))).toEqual([
      { kind: 'code', code: { bytes: latin1('abc'), symbology: 'Q1' } },
      code(']\u0001\u0002a'),
    ]);
    expect(decode(text, latin1(']Q1abc\r\n'))).toEqual([code(']Q1abc')]);
  });

  it('are forgotten when the buffer is cleared', () => {
    const decoder = new ScannerDecoder(text);
    decoder.push(latin1('one'));
    decoder.clear();
    expect(decoder.push(latin1('two\r\n'))).toEqual([code('two')]);
  });

  it.each([
    ['the longest', MOST_CODE_BYTES, 2],
    ['one more', MOST_CODE_BYTES + 1, 1],
    ['two more', MOST_CODE_BYTES + 2, 1],
    ['very many', MOST_CODE_BYTES * 5, 1],
  ])('of %s bytes come or are dropped whole', (_, length, count) => {
    for (const format of [frames, text, named]) {
      const stream = latin1(`${'x'.repeat(length)}${format.end}next${format.end}`);
      const pieces = Array.from({ length: Math.ceil(stream.length / 500) }, (__, at) =>
        stream.subarray(at * 500, at * 500 + 500),
      );
      expect(decode(format, stream)).toHaveLength(count);
      expect(decode(format, ...pieces)).toEqual(decode(format, stream));
    }
  });
});

describe.each(profileNames)('what a scanner sends with profile %s', (name) => {
  const format = profileNamed(name);
  const byte = fc.integer({ min: 0, max: 255 });
  const reply: fc.Arbitrary<Reply> =
    format.framing === 'frames'
      ? fc.record({
          framing: fc.constant('frames'),
          type: byte,
          data: fc.uint8Array({ maxLength: 8 }).map((data) => Uint8Array.from(data)),
        })
      : fc.record({
          framing: fc.constant('text'),
          command: fc.stringMatching(/^[A-Z0-9]{1,20}$/u),
          status: fc.constantFrom('ack', 'nak', 'enq'),
        });
  // No byte of an end or of the head of an answer, and no `]` in front: the format cannot tell those.
  const bytes = fc
    .uint8Array({ minLength: 1, maxLength: 40 })
    .map((all) => Uint8Array.from(all, (one) => ([0x0d, 0x0a, 0x02, 0x5d].includes(one) ? 0x2a : one)));
  const scanned = fc
    .tuple(bytes, fc.constantFrom('Q1', 'C0'))
    .map(([content, symbology]) => (format.aim ? { bytes: content, symbology } : { bytes: content }));
  const message: fc.Arbitrary<Message> = fc.oneof(
    reply.map((one): Message => ({ kind: 'reply', reply: one })),
    scanned.map((one): Message => ({ kind: 'code', code: one })),
  );
  const encoded = (one: Message): Uint8Array =>
    one.kind === 'reply' ? encodeReply(one.reply) : encodeCode(format, one.code);
  const chunked = (stream: Uint8Array, cuts: readonly number[]): Message[] => {
    const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)).toSorted((a, b) => a - b), stream.length];
    return decode(format, ...places.slice(1).map((end, index) => stream.subarray(places[index], end)));
  };

  it('comes back from any chunking', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 20 }), (messages, cuts) => {
        expect(chunked(Buffer.concat(messages.map(encoded)), cuts)).toEqual(messages);
      }),
    );
  });

  it('means the same in any chunking of any bytes', () => {
    const head = fc
      .constantFrom('\u0002', '\u0002\u0000', '\u0002\u00010000#', format.end, ';\u0003', '\u0006')
      .map((one) => latin1(one));
    const some = fc.array(fc.oneof(fc.uint8Array({ maxLength: 12 }), head, message.map(encoded)));
    fc.assert(
      fc.property(some, fc.array(fc.nat()), (parts, cuts) => {
        const stream = Buffer.concat(parts);
        expect(chunked(stream, cuts)).toEqual(chunked(stream, []));
      }),
    );
  });
});

describe.each(['frames', 'text'] as const)('what a host sends as %s', (framing) => {
  const command: fc.Arbitrary<Command> =
    framing === 'frames'
      ? fc.record({
          framing: fc.constant(framing),
          type: fc.integer({ min: 0, max: 255 }),
          address: fc.integer({ min: 0, max: 65_535 }),
          data: fc.uint8Array({ maxLength: MOST_FRAME_DATA_BYTES - 2 }).map((data) => Uint8Array.from(data)),
        })
      : fc.record({ framing: fc.constant(framing), command: fc.stringMatching(/^[A-Z0-9*]{1,20}$/u) });
  const encoded = (one: Command): Uint8Array =>
    one.framing === 'frames' ? encodeFrameCommand(one.type, one.address, ...one.data) : encodeTextCommand(one.command);
  const chunked = (stream: Uint8Array, cuts: readonly number[]): Command[] => {
    const decoder = new CommandDecoder(framing);
    const places = [0, ...cuts.map((cut) => cut % (stream.length + 1)).toSorted((a, b) => a - b), stream.length];
    return places.slice(1).flatMap((end, index) => decoder.push(stream.subarray(places[index], end)));
  };

  it('comes back from any chunking', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 20 }), (commands, cuts) => {
        expect(chunked(Buffer.concat(commands.map(encoded)), cuts)).toEqual(commands);
      }),
    );
  });

  it('means the same in any chunking of any bytes', () => {
    const head = fc.constantFrom('~', '~\u0000', '~\u00010000#', ';\u0003').map((one) => latin1(one));
    const some = fc.array(fc.oneof(fc.uint8Array({ maxLength: 12 }), head, command.map(encoded)));
    fc.assert(
      fc.property(some, fc.array(fc.nat()), (parts, cuts) => {
        const stream = Buffer.concat(parts);
        expect(chunked(stream, cuts)).toEqual(chunked(stream, []));
      }),
    );
  });
});

it('codes without a symbology are sent without one', () => {
  expect(encodeCode(named, { bytes: latin1('abc') })).toEqual(latin1('abc\r'));
});
