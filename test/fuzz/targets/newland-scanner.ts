import {
  MOST_CODE_BYTES,
  MOST_FRAME_DATA_BYTES,
  MOST_TEXT_REPLY_BYTES,
} from '../../../drivers/newland-scanner/limits.ts';
import { profileNamed, profileNames } from '../../../drivers/newland-scanner/profile.ts';
import type { Command, Message, Reply, ScannerFormat } from '../../../drivers/newland-scanner/protocol.ts';
import {
  CommandDecoder,
  encodeCode,
  encodeFrameCommand,
  encodeReply,
  encodeTextCommand,
  ScannerDecoder,
} from '../../../drivers/newland-scanner/protocol.ts';
import type { SeededRandom } from '../../../src/devices/faults/random.ts';
import type { FuzzTarget } from '../target.ts';
import { missingIn } from '../target.ts';
import { codeBytes } from './line-scanner.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const word = (random: SeededRandom): string =>
  Array.from({ length: 1 + random.below(20) }, () => String.fromCharCode(0x41 + random.below(26))).join('');
/** `@` keeps a setting for good, `#` until power-off; the decoder does not tell which. */
const withOtherStore = (bytes: Uint8Array): Uint8Array =>
  latin1(Buffer.from(bytes).toString('latin1').replace('0000#', '0000@'));

function reply(framing: ScannerFormat['framing'], random: SeededRandom): Reply {
  return framing === 'frames'
    ? { framing, type: random.below(256), data: random.bytes(random.below(MOST_FRAME_DATA_BYTES + 1)) }
    : { framing, command: word(random), status: random.of(['ack', 'nak', 'enq']) };
}

const replies = profileNames.map((name): FuzzTarget<Message> => {
  const format = profileNamed(name);
  return {
    name: `newland-scanner ${name}`,
    weight: 2,
    mostPendingBytes: MOST_CODE_BYTES + format.end.length + MOST_TEXT_REPLY_BYTES,
    heads: ['\u0002', '\u0002\u0000', '\u0002\u00010000#', '\u0002\u00010000@A\u0006;', ']Q1', format.end].map(latin1),
    open: () => new ScannerDecoder(format),
    sample(random) {
      if (random.below(2) === 0) {
        const answer = reply(format.framing, random);
        return { bytes: encodeReply(answer), means: [{ kind: 'reply', reply: answer }] };
      }
      const bytes = codeBytes(random, 60);
      const code = format.aim ? { bytes, symbology: random.of(['Q1', 'C0']) } : { bytes };
      return { bytes: encodeCode(format, code), means: [{ kind: 'code', code }] };
    },
    complaint: (stream, found) =>
      missingIn(stream, found, (message) => {
        if (message.kind === 'code') return [encodeCode(format, message.code)];
        const bytes = encodeReply(message.reply);
        return [bytes, withOtherStore(bytes)];
      }),
  };
});

const written = (command: Command): Uint8Array =>
  command.framing === 'frames'
    ? encodeFrameCommand(command.type, command.address, ...command.data)
    : encodeTextCommand(command.command);

const commands = (['frames', 'text'] as const).map((framing): FuzzTarget<Command> => ({
  name: `newland-scanner commands, ${framing}`,
  weight: 1,
  mostPendingBytes: MOST_TEXT_REPLY_BYTES,
  heads: ['~', '~\u0000', '~\u00010000#', '~\u0000\u0008\u00ff'].map(latin1),
  open: () => new CommandDecoder(framing),
  sample(random) {
    const command: Command =
      framing === 'frames'
        ? {
            framing,
            type: random.below(256),
            address: random.below(65_536),
            data: random.bytes(random.below(MOST_FRAME_DATA_BYTES - 1)),
          }
        : { framing, command: word(random) };
    return { bytes: written(command), means: [command] };
  },
  complaint: (stream, found) =>
    missingIn(stream, found, (command) => {
      // What a command with a status in it would be is told without the status.
      const bytes = written(command);
      return command.framing === 'frames' ? [bytes] : [bytes, withOtherStore(bytes), ...withStatus(command.command)];
    }),
}));

const withStatus = (command: string): readonly Uint8Array[] =>
  ['\u0005', '\u0006', '\u0015'].flatMap((status) =>
    ['#', '@'].map((store) => latin1(`~\u00010000${store}${command}${status};\u0003`)),
  );

export const newlandScanner: readonly FuzzTarget[] = [...replies, ...commands];
