import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_CODE_BYTES } from './limits.ts';
import {
  aimOf,
  CodeAssembler,
  encodeCommand,
  encodePacket,
  encodeParameter,
  isNoRead,
  opcode,
  PacketDecoder,
  packetsOfCode,
} from './protocol.ts';
import type { Decoded, Found, Packet, Reception } from './protocol.ts';

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('hex').toUpperCase().match(/../gu)?.join(' ') ?? '';
const decode = (bytes: Uint8Array): Found[] => new PacketDecoder().push(bytes);
const packetsIn = (found: readonly Found[]): Packet[] =>
  found.flatMap((one) => (one.kind === 'packet' ? [one.packet] : []));
const take = (packets: readonly Packet[], assembler = new CodeAssembler()): Reception[] =>
  packets.map((packet) => assembler.take(packet));

describe('packets, byte for byte as public sources have them', () => {
  it.each([
    ['revision request', opcode.revisionRequest, [], '04 A3 04 00 FF 55'],
    ['start session', opcode.startSession, [], '04 E4 04 00 FF 14'],
    ['stop session', opcode.stopSession, [], '04 E5 04 00 FF 13'],
    ['acknowledgement', opcode.ack, [], '04 D0 04 00 FF 28'],
    ['enable', opcode.enableScan, [], '04 E9 04 00 FF 0F'],
    ['disable', opcode.disableScan, [], '04 EA 04 00 FF 0E'],
    ['flush', opcode.flushQueue, [], '04 D2 04 00 FF 26'],
    ['resend', opcode.nak, [1], '05 D1 04 00 01 FF 25'],
    ['decode mode', opcode.imagerMode, [0], '05 F7 04 00 00 FF 00'],
  ])('%s', (_, code, data, hex) => {
    expect(hexOf(encodeCommand(code, ...data))).toBe(hex);
    expect(packetsIn(decode(bytesOf(hex)))).toEqual([
      { opcode: code, source: 4, status: 0, data: Uint8Array.from(data) },
    ]);
  });

  it('sets parameters without a beep', () => {
    expect(hexOf(encodeParameter(0x9f, 1))).toBe('07 C6 04 00 FF 9F 01 FD 90');
    expect(hexOf(encodeParameter(0xee, 1))).toBe('07 C6 04 00 FF EE 01 FD 41');
  });

  it('reads a parameter packet of another host', () => {
    const [packet] = packetsIn(decode(bytesOf('0A C6 00 00 FF F4 F0 3E 04 FF FB 0C')));
    expect(packet?.data).toEqual(bytesOf('FF F4 F0 3E 04 FF'));
  });

  it('reads a code whatever the status byte says', () => {
    for (const status of [0x00, 0x01, 0x02, 0x20, 0x80, 0xff]) {
      const sent = encodePacket({ opcode: opcode.decodeData, source: 0, status, data: bytesOf('1C 41 42') });
      expect(take(packetsIn(decode(sent)))).toEqual([
        { kind: 'code', decoded: { symbology: 0x1c, bytes: bytesOf('41 42') } },
      ]);
    }
  });

  it('cuts a code of 500 bytes like the public capture', () => {
    const sent = packetsOfCode({ symbology: 0x1c, bytes: new Uint8Array(500) }).map((packet) => encodePacket(packet));
    expect(sent.map((bytes) => bytes.length)).toEqual([257, 257, 16]);
    expect(sent.map((bytes) => hexOf(bytes.subarray(0, 5)))).toEqual([
      'FF 73 02 00 00',
      'FF 73 00 00 01',
      '0E 73 00 00 02',
    ]);
    expect(hexOf(sent[0]?.subarray(5, 14) ?? new Uint8Array())).toBe('F3 00 00 01 F7 1C 01 01 F4');
  });

  it('does not fit more than 251 bytes into one packet', () => {
    const packet = (size: number): Packet => ({
      opcode: opcode.decodeData,
      source: 0,
      status: 0,
      data: new Uint8Array(size),
    });
    expect(encodePacket(packet(251))).toHaveLength(257);
    expect(() => encodePacket(packet(252))).toThrow(RangeError);
  });
});

describe('what is no packet', () => {
  it.each([
    ['a length below four', '03 D0 04 00 FF 29', []],
    ['an opcode of nothing', '04 01 04 00 FF F7', []],
    ['a wrong checksum', '04 D0 04 00 FF 29', [{ kind: 'damaged' }]],
  ])('%s', (_, hex, found) => {
    expect(decode(bytesOf(hex))).toEqual(found);
  });

  it('hides the packet behind it only until the line is quiet', () => {
    const decoder = new PacketDecoder();
    expect(decoder.push(bytesOf('40 F3 00 04 D0 00 00 FF 2C'))).toEqual([]);
    expect(decoder.pendingBytes).toBe(9);
    expect(packetsIn(decoder.expire()).map((packet) => packet.opcode)).toEqual([opcode.ack]);
    expect(decoder.pendingBytes).toBe(0);
  });

  it('is forgotten when the buffers are cleared', () => {
    const decoder = new PacketDecoder();
    decoder.push(bytesOf('04 D0 04 00'));
    decoder.clear();
    expect(decoder.push(bytesOf('FF 28'))).toEqual([]);
  });
});

const byte = fc.integer({ min: 0, max: 255 });
const anyPacket = fc
  .record({
    opcode: fc.constantFrom(...Object.values(opcode)),
    source: byte,
    status: byte,
    data: fc.uint8Array({ maxLength: 251 }),
  })
  .map((packet): Packet => ({ ...packet, data: Uint8Array.from(packet.data) }));

const chunked = (bytes: Uint8Array, cuts: readonly number[]): Found[] => {
  const decoder = new PacketDecoder();
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).flatMap((end, index) => decoder.push(bytes.subarray(places[index], end)));
};

describe('a stream of packets', () => {
  it('comes back from any chunking', () => {
    fc.assert(
      fc.property(fc.array(anyPacket, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 20 }), (packets, cuts) => {
        const bytes = Buffer.concat(packets.map((packet) => encodePacket(packet)));
        expect(packetsIn(chunked(bytes, cuts))).toEqual(packets);
      }),
    );
  });

  it('means the same in any chunking when noise stands between, and is never kept longer than a packet', () => {
    const noise = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, anyPacket), { maxLength: 4 }), fc.array(fc.nat()), (parts, cuts) => {
        const bytes = Buffer.concat(parts.flatMap(([before, packet]) => [before, encodePacket(packet)]));
        expect(chunked(bytes, cuts)).toEqual(chunked(bytes, []));
        const decoder = new PacketDecoder();
        decoder.push(bytes);
        decoder.expire();
        expect(decoder.pendingBytes).toBe(0);
      }),
    );
  });

  it('loses a packet with a flipped bit, and takes no other for it', () => {
    fc.assert(
      fc.property(anyPacket, fc.nat(), (packet, place) => {
        const bytes = encodePacket(packet);
        // A wrong length or opcode cuts the packet elsewhere, where chance may put a fitting checksum: that is for its strength.
        const at = 16 + (place % (bytes.length * 8 - 16));
        bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7));
        expect(
          decode(bytes).filter((one) => one.kind === 'packet' && one.packet.data.length === packet.data.length),
        ).toEqual([]);
      }),
    );
  });
});

describe('a code', () => {
  const decoded = fc
    .record({ symbology: byte, bytes: fc.uint8Array({ maxLength: MOST_CODE_BYTES }) })
    .map((code): Decoded => ({ ...code, bytes: Uint8Array.from(code.bytes) }));
  const long: Decoded = { symbology: 0x1c, bytes: Uint8Array.from({ length: 600 }, (_, at) => at & 0xff) };
  const segments = packetsOfCode(long);
  const segment = (hex: string): Packet => ({ opcode: opcode.segment, source: 0, status: 0, data: bytesOf(hex) });

  it('of any length comes back from its packets', () => {
    fc.assert(
      fc.property(decoded, (code) => {
        const receptions = take(packetsOfCode(code));
        expect(receptions.at(-1)).toEqual({ kind: 'code', decoded: code });
        expect(receptions.slice(0, -1).every(({ kind }) => kind === 'part')).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('in segments survives segments that are sent again', () => {
    const [first, second, third] = segments;
    if (!first || !second || !third) throw new Error('not three segments');
    const kinds = take([first, first, second, second, third, third]).map((one) =>
      one.kind === 'again' ? `again ${one.isLast}` : one.kind,
    );
    expect(kinds).toEqual(['part', 'part', 'part', 'again false', 'code', 'again true']);
  });

  it('with a segment missing is no code, and the next one is', () => {
    const [first, , third] = segments;
    if (!first || !third) throw new Error('not three segments');
    expect(take([first, third, ...segments]).map(({ kind }) => kind)).toEqual([
      'part',
      'unusable',
      'part',
      'part',
      'code',
    ]);
  });

  it('that goes on after its end is no code', () => {
    const assembler = new CodeAssembler();
    take(segments, assembler);
    expect(assembler.take(segment('03 41'))).toEqual({ kind: 'unusable' });
  });

  it.each([
    ['a segment without a number', segment('')],
    ['a first segment without its head', segment('00 F3 00 00 01 F7 1C 01 01')],
    ['a first segment of something else', segment('00 B1 00 00 01 F7 1C 01 01 F4 41')],
    ['a first segment of more than any code holds', segment('00 F3 00 00 FF FF 1C 01 FF FF 41')],
    ['a segment that continues nothing', segment('01 41')],
    ['a packet that is no code', { opcode: opcode.ack, source: 0, status: 0, data: new Uint8Array() }],
    ['decode data without a symbology', { opcode: opcode.decodeData, source: 0, status: 0, data: new Uint8Array() }],
  ])('is not %s', (_, packet) => {
    expect(take([packet])).toEqual([{ kind: 'unusable' }]);
  });

  it('ends where its length says, whatever follows in the segment', () => {
    expect(take([segment('00 F3 00 00 00 05 1C 01 00 02 41 42 43 44')])).toEqual([
      { kind: 'code', decoded: { symbology: 0x1c, bytes: bytesOf('41 42') } },
    ]);
  });

  it('has the AIM identifier of its symbology, where that is known', () => {
    expect([0x01, 0x03, 0x0b, 0x11, 0x1b, 0x1c, 0x2d, 0xee].map((number) => aimOf(number))).toEqual([
      'A0',
      'C0',
      'E0',
      'L0',
      'd1',
      'Q1',
      'z0',
      undefined,
    ]);
  });

  it('tells the message that nothing was read', () => {
    expect(isNoRead({ symbology: 1, bytes: bytesOf('4E 52') })).toBe(true);
    expect(isNoRead({ symbology: 1, bytes: bytesOf('4E 52 31') })).toBe(false);
  });
});
