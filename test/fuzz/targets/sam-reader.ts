import {
  encodeCardParts,
  encodeColumn,
  encodeSamId,
  readAddress,
  readCardParts,
  readSamId,
  samIdText,
} from '../../../drivers/sam-reader/card-data.ts';
import { readCardText } from '../../../drivers/sam-reader/card-text.ts';
import type { Command } from '../../../drivers/sam-reader/commands.ts';
import { readCommand, readReply, samBaudRates, status } from '../../../drivers/sam-reader/commands.ts';
import people from '../../../drivers/sam-reader/people.json' with { type: 'json' };
import type { DamagedFrame, Frame } from '../../../drivers/sam-reader/protocol.ts';
import {
  encodeCommand,
  encodeFrame,
  encodeReply,
  FrameDecoder,
  MAX_COMMAND_LENGTH,
  MAX_FRAME_BYTES,
} from '../../../drivers/sam-reader/protocol.ts';
import { findSimulatedCard, partsOfCard } from '../../../drivers/sam-reader/simulated-card.ts';
import type { HidFramingConfig } from '../../../src/contract/config.ts';
import { hidFramingOf } from '../../../src/devices/transports/hid-framing.ts';
import type { SeededRandom } from '../../../src/devices/faults/random.ts';
import { cardDoesNotSay } from '../card-oracle.ts';
import type { FuzzTarget, Sample } from '../target.ts';

type Found = Frame | DamagedFrame;

const preamble = Buffer.from('aaaaaa9669', 'hex');
const heads = [
  'aa',
  'aaaaaa',
  'aaaaaa9669',
  'aaaaaa96690508',
  'aaaaaa966905080000900100',
  'aaaaaa9669ffff',
  'aaaaaa9669000400',
].map((hex) => Buffer.from(hex, 'hex'));

const cards = Object.keys(people)
  .map((name) => findSimulatedCard(name))
  .filter((card) => card !== undefined);
/** With text and photo, and with none to two fingers besides. */
const cardData = cards.flatMap((card) =>
  ([undefined, 0, 1, 2] as const).map((fingers) => encodeCardParts(partsOfCard(card, fingers))),
);
const statuses = Object.values(status);

/** Every answer a reader gives. */
function answer(random: SeededRandom): Uint8Array {
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      return encodeReply(status.success, random.of(cardData));
    case 3:
      return encodeReply(status.success, encodeColumn(random.of(cards).address.slice(0, 35), 70));
    case 4:
      return encodeReply(status.success, encodeSamId([5, 1, 20_160_102, random.below(2 ** 32), random.below(2 ** 32)]));
    case 5:
      return encodeReply(status.found, new Uint8Array(4));
    case 6:
      return encodeReply(status.success, random.bytes(8));
    default:
      return encodeReply(random.of(statuses), undefined, random.below(256), random.below(256));
  }
}

const sampleOf = (bytes: Uint8Array): Sample<Found> => ({
  bytes,
  means: [{ kind: 'frame', body: bytes.slice(7, -1) }],
});

/** Every good frame stands in the stream with the right check byte, and no card is read that is not in one. */
function falseFrame(stream: Buffer, found: readonly Found[]): string | undefined {
  let from = 0;
  for (const one of found) {
    if (one.kind === 'damaged') continue;
    const end = endOfFrame(stream, from, one.body);
    if (end === undefined) return `a frame that is not there: ${Buffer.from(one.body).toString('hex')}`;
    from = end;
    const wrong = falseCard(one.body);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Reads frames as GA/T 467-2019 has them, without the driver. */
function endOfFrame(stream: Buffer, from: number, body: Uint8Array): number | undefined {
  for (let at = stream.indexOf(preamble, from); at !== -1; at = stream.indexOf(preamble, at + 1)) {
    const end = at + 7 + body.length + 1;
    const isIt =
      end <= stream.length &&
      stream.readUInt16BE(at + 5) === body.length + 1 &&
      stream.subarray(at + 7, end - 1).equals(body);
    if (isIt && stream.subarray(at + 5, end).reduce((check, byte) => check ^ byte, 0) === 0) return end;
  }
  return undefined;
}

/** Whatever a good frame holds is read without harm, and a card only says what stands on it. */
function falseCard(body: Uint8Array): string | undefined {
  const reply = readReply(body);
  if (!reply) return undefined;
  const id = readSamId(reply.data);
  if (id && !/^\d{2,3}\.\d{2,3}-\d{8,10}-\d{10}-\d{10}$/u.test(samIdText(id)))
    return 'the number of a reader that is none';
  const address = readAddress(reply.data);
  if (address !== undefined && /\p{Cc}/u.test(address)) return 'an address with a control character';
  const parts = readCardParts(reply.data);
  const person = parts && readCardText(parts.text);
  if (!parts || !person) return undefined;
  const used = parts.text.length + parts.photo.length + (parts.fingerprints?.length ?? 0);
  if (used !== reply.data.length - (parts.fingerprints ? 6 : 4)) return 'parts that do not fill the answer';
  return cardDoesNotSay(Buffer.from(parts.text), person);
}

const replies: FuzzTarget<Found> = {
  name: 'sam-reader replies',
  weight: 5,
  mostPendingBytes: MAX_FRAME_BYTES,
  heads,
  open: () => new FrameDecoder(),
  sample: (random) => sampleOf(answer(random)),
  complaint: falseFrame,
};

/** Damage before the check byte was made: the frame is right, and what it holds is not. */
const cardsInGoodFrames: FuzzTarget<Found> = {
  ...replies,
  name: 'sam-reader cards in good frames',
  weight: 5,
  sample: (random) => sampleOf(encodeFrame(damagedBody(random))),
};

function damagedBody(random: SeededRandom): Uint8Array {
  const body = Buffer.concat([Buffer.of(0, 0, status.success), random.of(cardData)]);
  for (let left = random.below(4); left > 0; left -= 1) {
    // Mostly in the lengths and the text; the photo means nothing here.
    const at = random.below(random.of([9, 270, body.length]));
    body.writeUInt8(random.of([random.below(256), 0x20, 0x00, 0x30 + random.below(10), 0x49, 0x59]), at);
  }
  const end = random.below(6) === 0 ? random.below(body.length) : body.length;
  return Uint8Array.from(body.subarray(0, Math.max(2, end)));
}

const plainCommands = [
  'reset',
  'status',
  'samId',
  'find',
  'select',
  'readText',
  'readNewestAddress',
  'readManagementNumber',
  'readFingerprints',
] as const;

const commands: FuzzTarget<Found> = {
  name: 'sam-reader commands',
  weight: 2,
  mostPendingBytes: 7 + MAX_COMMAND_LENGTH,
  heads: heads.slice(0, 3),
  open: () => new FrameDecoder(MAX_COMMAND_LENGTH),
  sample: (random) => sampleOf(encodeCommand(command(random))),
  complaint(stream, found) {
    const wrong = found.find((one) => {
      const said = one.kind === 'frame' ? readCommand(one.body) : undefined;
      return said && one.kind === 'frame' && !Buffer.from(encodeCommand(said)).equals(encodeFrame(one.body));
    });
    return wrong ? 'a command that was not sent' : falseFrame(stream, found);
  },
};

function command(random: SeededRandom): Command {
  if (random.below(4) === 0) return { setMaxRf: random.below(256) };
  if (random.below(4) === 0) return { setBaud: random.of(samBaudRates) };
  return random.of(plainCommands);
}

/** Answers in HID reports of each kind that a reader may have. */
function overHid(kind: string, framing: HidFramingConfig, reportBytes: number): FuzzTarget<Found> {
  const { pack, unpack } = hidFramingOf(framing).toHost;
  const carried = (stream: Buffer): Buffer => {
    const count = Math.ceil(stream.length / reportBytes);
    const reports = Array.from({ length: count }, (_, at) => stream.subarray(at * reportBytes, (at + 1) * reportBytes));
    return Buffer.concat(reports.map(unpack));
  };
  return {
    name: `sam-reader over ${kind}`,
    weight: 1,
    mostPendingBytes: MAX_FRAME_BYTES,
    heads: pack(preamble),
    reportBytes,
    keepsApart: true,
    open() {
      const decoder = new FrameDecoder();
      return {
        push: (report) => decoder.push(unpack(report)),
        get pendingBytes() {
          return decoder.pendingBytes;
        },
      };
    },
    sample(random) {
      const { bytes, means } = sampleOf(answer(random));
      return { bytes: Buffer.concat(pack(bytes)), means };
    },
    complaint(stream, found) {
      const line = carried(stream);
      if (JSON.stringify(new FrameDecoder().push(line)) !== JSON.stringify(found)) return 'depends on the reports';
      return falseFrame(line, found);
    },
  };
}

export const samReader: readonly FuzzTarget<Found>[] = [
  replies,
  cardsInGoodFrames,
  commands,
  overHid('HID reports', { kind: 'unnumbered-64' }, 64),
  overHid('counted HID reports', { kind: 'length-prefixed-64' }, 64),
  overHid('numbered HID reports', { kind: 'numbered', output: 4, input: 2 }, 64),
  overHid('CH9325', { kind: 'ch9325', baudRate: 9_600 }, 8),
  overHid('CP2110', { kind: 'cp2110', baudRate: 115_200 }, 64),
];
