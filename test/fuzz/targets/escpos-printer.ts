import { HostStream } from '../../../drivers/escpos-printer/host-stream.ts';
import { MOST_HOST_COMMAND_BYTES } from '../../../drivers/escpos-printer/limits.ts';
import * as command from '../../../drivers/escpos-printer/protocol.ts';
import type { Reply } from '../../../drivers/escpos-printer/replies.ts';
import { BLOCK_LIMIT, encodeReply, ReplyParser } from '../../../drivers/escpos-printer/replies.ts';
import type { SeededRandom } from '../../../src/devices/faults/random.ts';
import type { FuzzTarget } from '../target.ts';

const blockHeads = [0x35, 0x37, 0x3b, 0x3d, 0x5f];
const [XON, XOFF] = [0x11, 0x13];

/** A byte without the bits that tell other replies. */
const plain = (random: SeededRandom): number => random.below(256) & ~0x90;

type SentReply = Exclude<Reply, { kind: 'noise' }>;

function reply(random: SeededRandom): SentReply {
  switch (random.below(5)) {
    case 0:
      return { kind: 'status', status: 0x12 | (random.below(256) & 0x6c) };
    case 1:
      return {
        kind: 'automatic',
        status: [0x10 | (random.below(256) & 0x6c), plain(random), plain(random), plain(random)],
      };
    case 2: {
      const status = plain(random);
      // A byte that begins a block cannot be told from an answer.
      return { kind: 'request-answer', status: blockHeads.includes(status) ? 0 : status };
    }
    case 3: {
      const body = Array.from({ length: random.below(BLOCK_LIMIT) }, () =>
        String.fromCharCode(0x20 + random.below(0x5f)),
      );
      return { kind: 'block', header: random.of(blockHeads), body: body.join('') };
    }
    default:
      return { kind: 'flow', may: random.of(['send', 'wait']) };
  }
}

const replies: FuzzTarget<Reply> = {
  name: 'escpos-printer replies',
  weight: 5,
  mostPendingBytes: BLOCK_LIMIT,
  heads: [Buffer.of(0x10), Buffer.of(0x37, 0x22), Buffer.of(0x5f), Buffer.of(XOFF)],
  open: () => new ReplyParser(),
  sample(random) {
    const one = reply(random);
    return { bytes: encodeReply(one), means: [one] };
  },
  /** Each byte is told once and in its order, but for flow control, which may stand anywhere, and what has not ended. */
  complaint(stream, found) {
    const flow = stream.filter((byte) => byte === XON || byte === XOFF).length;
    if (found.filter(({ kind }) => kind === 'flow').length !== flow) return 'flow control that was not sent';
    const told = found
      .filter(({ kind }) => kind !== 'flow')
      .map((one) => (one.kind === 'noise' ? Buffer.of(one.byte) : encodeReply(one)));
    return Buffer.from(stream.filter((byte) => byte !== XON && byte !== XOFF)).indexOf(Buffer.concat(told)) === 0
      ? undefined
      : 'bytes that were not sent, or not in this order';
  },
};

const settingBytes = 3;

/** A bar code's height, width and text are set by commands of their own. */
function barcode(random: SeededRandom): Uint8Array[] {
  const bytes = command.barcode(random.bytes(random.below(60)), 2);
  const settings = [0, 1, 2].map((at) => bytes.subarray(at * settingBytes, (at + 1) * settingBytes));
  return [...settings, bytes.subarray(3 * settingBytes)];
}

function hostCommand(random: SeededRandom): Uint8Array {
  switch (random.below(8)) {
    case 0:
      return command.raster(1 + random.below(20), Buffer.alloc(0));
    case 1: {
      const rowBytes = 1 + random.below(20);
      return command.raster(rowBytes, random.bytes(rowBytes * random.below(20)));
    }
    case 2:
      return command.inlinePicture(random.bytes(3 * random.below(40)));
    case 3:
      return command.requestStatus(random.of(['printer', 'offline-cause', 'error', 'paper']));
    case 4:
      return command.requestProcessId(command.processId(random.below(1_000_000)));
    default:
      return random.of([
        command.initialise,
        command.chineseMode,
        command.lineFeed,
        command.feedAndCut,
        command.automaticStatus,
        command.requestPaperStatus,
        command.clearBuffers,
        command.align('centre'),
        command.bold(true),
        command.size(2),
        command.feed(3),
      ]);
  }
}

const hostStream: FuzzTarget<Uint8Array> = {
  name: 'escpos-printer commands',
  weight: 2,
  mostPendingBytes: MOST_HOST_COMMAND_BYTES,
  heads: ['1b', '1d', '1d7630', '1d763000ffffffff', '1d763000ffff0100', '1d286bffff', '1b2a21ffff', '10', '1014'].map(
    (hex) => Buffer.from(hex, 'hex'),
  ),
  open: () => new HostStream(),
  sample(random) {
    const means = random.below(8) === 0 ? barcode(random) : [hostCommand(random)];
    return { bytes: Buffer.concat(means), means };
  },
  /** Nothing is lost between two commands, but for one that is too long and what has not ended. */
  complaint(stream, found) {
    if (found.some(({ length }) => length > MOST_HOST_COMMAND_BYTES)) return 'a command longer than any';
    let at = 0;
    for (const one of found) {
      const next = stream.indexOf(one, at);
      if (next === -1) return 'a command that was not sent';
      const isTooLong = announced(stream, at) > MOST_HOST_COMMAND_BYTES;
      if (next !== at && !isTooLong) return 'bytes that belong to no command';
      at = next + one.length;
    }
    return undefined;
  },
};

/** Bytes of the picture whose head stands there: the only command that can be too long. */
const announced = (stream: Buffer, at: number): number =>
  stream.length - at < 8 ? 0 : 8 + stream.readUInt16LE(at + 4) * stream.readUInt16LE(at + 6);

export const escposPrinter: readonly FuzzTarget[] = [replies, hostStream];
