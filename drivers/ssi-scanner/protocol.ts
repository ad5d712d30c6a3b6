import { MOST_CODE_BYTES } from './limits.ts';

/**
 * Packets of Zebra's Simple Serial Interface, both directions. Pure.
 *
 * `LEN OPCODE SOURCE STATUS DATA… CHK CHK`: LEN counts all but the checksum; the checksum is the two's complement of the sum of all
 * bytes before it, 16 bits, big-endian.
 */

export interface Packet {
  readonly opcode: number;
  /** 4 host, 0 scanner. Not to be relied on: scanners put other things here, see the README. */
  readonly source: number;
  /** Not to be relied on either. */
  readonly status: number;
  readonly data: Uint8Array;
}

/** Something like a packet whose checksum does not fit. */
export type Found = { readonly kind: 'packet'; readonly packet: Packet } | { readonly kind: 'damaged' };

export const opcode = {
  segment: 0x73,
  segmentAck: 0x74,
  revisionRequest: 0xa3,
  revisionReply: 0xa4,
  parameters: 0xc6,
  ack: 0xd0,
  nak: 0xd1,
  flushQueue: 0xd2,
  startSession: 0xe4,
  stopSession: 0xe5,
  enableScan: 0xe9,
  disableScan: 0xea,
  decodeData: 0xf3,
  imagerMode: 0xf7,
} as const;

export const source = { scanner: 0, host: 4 } as const;
/** Why a packet was not taken. */
export const nakReason = { resend: 1, badContext: 2 } as const;

/** Every opcode of the interface. A byte that is none of them begins no packet. */
const OPCODES = new Set([
  0x73, 0x74, 0x80, 0xa3, 0xa4, 0xb1, 0xb4, 0xc0, 0xc1, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xd0, 0xd1, 0xd2, 0xd3, 0xd4,
  0xd5, 0xd6, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xf3, 0xf6, 0xf7,
]);
const HEAD_BYTES = 4;
const CHECK_BYTES = 2;
const MOST_LENGTH = 0xff;
/** More is never kept between two calls of {@link PacketDecoder.push}. */
export const MOST_PACKET_BYTES = MOST_LENGTH + CHECK_BYTES;

/** Throws for more than 251 bytes of data. */
export function encodePacket(packet: Packet): Uint8Array {
  const length = HEAD_BYTES + packet.data.length;
  if (length > MOST_LENGTH) throw new RangeError('too much data for one packet');
  const bytes = Buffer.alloc(length + CHECK_BYTES);
  bytes.set([length, packet.opcode, packet.source, packet.status]);
  bytes.set(packet.data, HEAD_BYTES);
  bytes.writeUInt16BE(checksum(bytes.subarray(0, length)), length);
  return new Uint8Array(bytes);
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return -sum & 0xff_ff;
}

/** Temporary parameter, by number: 9F software handshaking, EE packeted decode data, EC parameter bar codes, 5E no-read message. */
export type Parameter = 0x9f | 0xee | 0xec | 0x5e;
/** Before number and value: no beep. */
const NO_BEEP = 0xff;

export const encodeCommand = (code: number, ...data: readonly number[]): Uint8Array =>
  encodePacket({ opcode: code, source: source.host, status: 0, data: Uint8Array.from(data) });

export const encodeParameter = (parameter: Parameter, value: number): Uint8Array =>
  encodeCommand(opcode.parameters, NO_BEEP, parameter, value);

/** Finds packets in a stream, in any chunking. After something that does not fit the search goes on one byte further. */
export class PacketDecoder {
  #pending = Buffer.alloc(0);

  get pendingBytes(): number {
    return this.#pending.length;
  }

  push(bytes: Uint8Array): Found[] {
    return this.#scan(Buffer.concat([this.#pending, bytes]), false);
  }

  /** The line is quiet: what looked like the head of a packet was none, and a packet may stand behind it. */
  expire(): Found[] {
    return this.#scan(this.#pending, true);
  }

  clear(): void {
    this.#pending.fill(0);
    this.#pending = Buffer.alloc(0);
  }

  #scan(bytes: Buffer, isEnd: boolean): Found[] {
    const found: Found[] = [];
    let at = 0;
    while (at < bytes.length) {
      const read = readPacket(bytes.subarray(at));
      if (read === 'unfinished' && !isEnd) break;
      if (typeof read === 'string') {
        if (read === 'damaged') found.push({ kind: 'damaged' });
        at += 1;
      } else {
        found.push({ kind: 'packet', packet: read.packet });
        at += read.bytes;
      }
    }
    this.#pending = Buffer.from(bytes.subarray(at));
    return found;
  }
}

function readPacket(bytes: Buffer): { packet: Packet; bytes: number } | 'unfinished' | 'damaged' | 'noise' {
  const length = bytes.readUInt8(0);
  if (length < HEAD_BYTES) return 'noise';
  if (bytes.length > 1 && !OPCODES.has(bytes.readUInt8(1))) return 'noise';
  if (bytes.length < length + CHECK_BYTES) return 'unfinished';
  if (bytes.readUInt16BE(length) !== checksum(bytes.subarray(0, length))) return 'damaged';
  const packet: Packet = {
    opcode: bytes.readUInt8(1),
    source: bytes.readUInt8(2),
    status: bytes.readUInt8(3),
    data: new Uint8Array(bytes.subarray(HEAD_BYTES, length)),
  };
  return { packet, bytes: length + CHECK_BYTES };
}

/** A decoded bar code as the scanner tells it: its own number for the symbology, and the bytes. */
export interface Decoded {
  readonly symbology: number;
  readonly bytes: Uint8Array;
}

/** What to answer to a packet that carries a code or a part of one. */
export type Reception =
  | { readonly kind: 'code'; readonly decoded: Decoded }
  /** A good part; more follow. */
  | { readonly kind: 'part' }
  /** Sent again, although it was taken: its acknowledgement got lost. */
  | { readonly kind: 'again'; readonly isLast: boolean }
  /** Nothing that could be taken. */
  | { readonly kind: 'unusable' };

/** Inner head of a segmented code, after the segment's number: `F3 TOTAL(4) SYMBOLOGY 01 LENGTH(2)`. */
const INNER_HEAD_BYTES = 9;
const SEGMENT_BYTES = MOST_LENGTH - HEAD_BYTES - 1;
const FIRST_SEGMENT_BYTES = SEGMENT_BYTES - INNER_HEAD_BYTES;
/** Symbology (counted once with the byte after it) and length are part of the total: 503 for 500 bytes in the public capture. */
const TOTAL_BESIDES_DATA = 3;

/** Puts the segments of long codes together: at most {@link MOST_CODE_BYTES}, in order, each once. */
export class CodeAssembler {
  #symbology = 0;
  #missing = 0;
  /** Number of the segment that came last; nothing before the first. */
  #last: number | undefined;
  #parts: Uint8Array[] = [];

  take({ opcode: code, data }: Packet): Reception {
    if (code === opcode.decodeData) return this.#whole(data);
    if (code !== opcode.segment || data.length < 1) return { kind: 'unusable' };
    const segment = Buffer.from(data);
    const number = segment.readUInt8(0);
    // A first segment always begins anew, also when it comes twice: the rest of an older code may never come.
    if (number === 0) return this.#first(segment);
    if (number === this.#last) return { kind: 'again', isLast: this.#missing === 0 };
    return this.#next(number, segment.subarray(1));
  }

  clear(): void {
    for (const part of this.#parts) part.fill(0);
    this.#parts = [];
    this.#missing = 0;
    this.#last = undefined;
  }

  #whole(data: Uint8Array): Reception {
    this.clear();
    if (data.length < 1) return { kind: 'unusable' };
    return { kind: 'code', decoded: { symbology: Buffer.from(data).readUInt8(0), bytes: data.slice(1) } };
  }

  #first(segment: Buffer): Reception {
    this.clear();
    if (segment.length < 1 + INNER_HEAD_BYTES || segment.readUInt8(1) !== opcode.decodeData)
      return { kind: 'unusable' };
    const length = segment.readUInt16BE(8);
    if (length > MOST_CODE_BYTES) return { kind: 'unusable' };
    this.#symbology = segment.readUInt8(6);
    this.#missing = length;
    return this.#append(0, segment.subarray(1 + INNER_HEAD_BYTES));
  }

  #next(number: number, part: Uint8Array): Reception {
    if (this.#missing > 0 && this.#last !== undefined && number === this.#last + 1) return this.#append(number, part);
    this.clear();
    return { kind: 'unusable' };
  }

  #append(number: number, part: Uint8Array): Reception {
    const kept = part.slice(0, this.#missing);
    this.#parts.push(kept);
    this.#missing -= kept.length;
    this.#last = number;
    if (this.#missing > 0) return { kind: 'part' };
    const bytes = new Uint8Array(Buffer.concat(this.#parts));
    this.#parts = [];
    return { kind: 'code', decoded: { symbology: this.#symbology, bytes } };
  }
}

/** What a scanner sends for a code: one packet, or as many segments as it takes. */
export function packetsOfCode({ symbology, bytes }: Decoded): Packet[] {
  const packet = (code: number, from: number, data: Uint8Array): Packet => ({
    opcode: code,
    source: from,
    status: 0,
    data,
  });
  if (bytes.length <= SEGMENT_BYTES) {
    return [packet(opcode.decodeData, source.scanner, Uint8Array.of(symbology, ...bytes))];
  }
  const head = Buffer.alloc(1 + INNER_HEAD_BYTES);
  head.writeUInt8(opcode.decodeData, 1);
  head.writeUInt32BE(bytes.length + TOTAL_BESIDES_DATA, 2);
  head.set([symbology, 1], 6);
  head.writeUInt16BE(bytes.length, 8);
  const first = Buffer.concat([head, bytes.subarray(0, FIRST_SEGMENT_BYTES)]);
  const packets = [packet(opcode.segment, FIRST_SEGMENT_SOURCE, new Uint8Array(first))];
  for (let at = FIRST_SEGMENT_BYTES; at < bytes.length; at += SEGMENT_BYTES) {
    const part = bytes.subarray(at, at + SEGMENT_BYTES);
    packets.push(packet(opcode.segment, source.scanner, Uint8Array.of(packets.length, ...part)));
  }
  return packets;
}

/** Where the first segment of the public capture has 02. */
const FIRST_SEGMENT_SOURCE = 2;

const AIM: ReadonlyMap<number, string> = new Map([
  [0x01, 'A0'],
  [0x03, 'C0'],
  [0x04, 'S0'],
  [0x06, 'I0'],
  [0x0b, 'E0'],
  [0x11, 'L0'],
  [0x1b, 'd1'],
  [0x1c, 'Q1'],
  [0x2d, 'z0'],
]);

/** AIM identifier of a symbology number; absent for those whose meaning has no public source. */
export const aimOf = (symbology: number): string | undefined => AIM.get(symbology);

/** Not a code, but the message that a session ended without one. */
export const isNoRead = ({ bytes }: Decoded): boolean => Buffer.from(bytes).toString('latin1') === 'NR';
