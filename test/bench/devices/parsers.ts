import type { Transform } from 'node:stream';
import { once } from 'node:events';
import { ReadlineParser } from '@serialport/parser-readline';
import { ByteLengthParser, DelimiterParser, PacketLengthParser } from 'serialport';
import { encodeReply as encodePrinterReply, ReplyParser } from '../../../drivers/escpos-printer/replies.ts';
import { encodeLine, LineDecoder } from '../../../drivers/line-scanner/protocol.ts';
import { encodeReply, FrameDecoder } from '../../../drivers/sam-reader/protocol.ts';
import { encodePacket, opcode, PacketDecoder } from '../../../drivers/ssi-scanner/protocol.ts';
import { profileNamed } from '../../../drivers/table-pad/profile.ts';
import { encodeFrame as encodePadFrame, FrameDecoder as PadDecoder } from '../../../drivers/table-pad/protocol.ts';
import type { Measure, Measured, Row } from '../measure.ts';
import { median } from '../measure.ts';

const ROUNDS = 7;
const STREAM_BYTES = 500_000;
/** What a full-speed USB bridge hands over at most at once. */
const CHUNK_BYTES = 64;
const TARGET = 1;

interface Decoder {
  push(bytes: Uint8Array): readonly unknown[];
}

interface Contest {
  readonly name: string;
  /** The other parser, for the report. */
  readonly beside: string;
  /** One message, sent over and over. */
  readonly message: Uint8Array;
  readonly ours: () => Decoder;
  readonly theirs: () => Transform;
}

/** Text and photo of a card, as long as they are on the line: 256 and 1024 bytes with their two lengths. */
const cardData = Uint8Array.from({ length: 4 + 256 + 1_024 }, (_, at) => (at * 7) % 160);
const lineFormat = { end: '\r\n', aim: false };
const code = Buffer.from('https://example.invalid/receipt/0123456789');
const scan = encodePacket({ opcode: opcode.decodeData, source: 0, status: 0, data: Uint8Array.of(0x1c, ...code) });
const pad = profileNamed('four-key-ff68');

const contests: readonly Contest[] = [
  {
    name: 'parse-sam-reader',
    beside: 'parser-delimiter',
    message: encodeReply(0x90, cardData),
    ours: () => new FrameDecoder(),
    theirs: () => new DelimiterParser({ delimiter: [0xaa, 0xaa, 0xaa, 0x96, 0x69] }),
  },
  {
    name: 'parse-table-pad',
    beside: 'parser-packet-length',
    message: encodePadFrame(pad, { address: 1, function: 0x11, data: Uint8Array.of(3) }),
    ours: () => new PadDecoder(pad),
    theirs: () => new PacketLengthParser({ delimiter: 0xff, lengthOffset: 2, packetOverhead: 7 }),
  },
  {
    name: 'parse-escpos-replies',
    beside: 'parser-byte-length',
    message: encodePrinterReply({ kind: 'automatic', status: [0x10, 0x00, 0x00, 0x0f] }),
    ours: () => new ReplyParser(),
    theirs: () => new ByteLengthParser({ length: 4 }),
  },
  {
    name: 'parse-ssi-scanner',
    beside: 'parser-packet-length',
    message: scan,
    ours: () => new PacketDecoder(),
    // Packets of one length begin with the same byte, which is that length.
    theirs: () => new PacketLengthParser({ delimiter: scan.length - 2, lengthOffset: 0, packetOverhead: 2 }),
  },
  {
    name: 'parse-line-scanner',
    beside: 'parser-readline',
    message: encodeLine(lineFormat, { bytes: code }),
    ours: () => new LineDecoder(lineFormat),
    theirs: () => new ReadlineParser({ delimiter: '\r\n', encoding: 'utf8' }),
  },
];

interface Stream {
  readonly messages: number;
  readonly bytes: number;
  readonly chunks: readonly Buffer[];
}

function streamOf(message: Uint8Array): Stream {
  const messages = Math.ceil(STREAM_BYTES / message.length);
  const whole = Buffer.concat(Array.from({ length: messages }, () => message));
  const count = Math.ceil(whole.length / CHUNK_BYTES);
  const chunks = Array.from({ length: count }, (_, at) => whole.subarray(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES));
  return { messages, bytes: whole.length, chunks };
}

interface Pass {
  readonly messages: number;
  readonly ms: number;
}

function passOfOurs({ chunks }: Stream, decoder: Decoder): Pass {
  let messages = 0;
  const start = performance.now();
  for (const chunk of chunks) messages += decoder.push(chunk).length;
  return { messages, ms: performance.now() - start };
}

/** As behind `port.pipe()`: what is written waits when the parser says so. */
async function passOfTheirs({ chunks }: Stream, parser: Transform): Promise<Pass> {
  let messages = 0;
  parser.on('data', () => {
    messages += 1;
  });
  const start = performance.now();
  for (const chunk of chunks) if (!parser.write(chunk)) await once(parser, 'drain');
  parser.end();
  await once(parser, 'end');
  return { messages, ms: performance.now() - start };
}

async function hold({
  name,
  beside,
  message,
  ours,
  theirs,
}: Contest): Promise<{ row: Row; raw: object; text: string }> {
  const stream = streamOf(message);
  const rounds: { readonly ours: number; readonly theirs: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const own = passOfOurs(stream, ours());
    const other = await passOfTheirs(stream, theirs());
    if (own.messages !== stream.messages || other.messages !== stream.messages)
      throw new Error(`${name}: ${own.messages} and ${other.messages} messages of ${stream.messages}`);
    rounds.push({ ours: speed(stream, own), theirs: speed(stream, other) });
  }
  const part = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
  return {
    row: { name, value: part((round) => round.ours / round.theirs), target: TARGET, atLeast: true },
    raw: { beside, messageBytes: message.length, messages: stream.messages, rounds },
    text: `${name}: ${part((round) => round.ours).toFixed(1)} MB/s, ${beside} ${part((round) => round.theirs).toFixed(1)} MB/s`,
  };
}

const speed = ({ bytes }: Stream, { ms }: Pass): number => bytes / 1_000 / ms;

export const parsers: Measure = {
  name: 'parsers',
  explanation:
    `Throughput of drivers' parsers over that of the nearest @serialport/parser-*, by turns, on the same ${CHUNK_BYTES}-byte ` +
    'pieces of the same stream. Ours verify checksums, lengths and fixed bits, theirs only cut; they are streams, as they ship.',
  async run({ say }): Promise<Measured> {
    const held = [];
    for (const contest of contests) {
      const result = await hold(contest);
      say(result.text);
      held.push(result);
    }
    return {
      rows: held.map(({ row }) => row),
      raw: { unit: 'MB/s', contests: Object.fromEntries(held.map(({ row, raw }) => [row.name, raw])) },
    };
  },
};
