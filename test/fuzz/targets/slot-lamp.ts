import type { BoardMessage } from '../../../drivers/slot-lamp/protocol.ts';
import { encodeMessage, MESSAGE_BYTES, MessageDecoder } from '../../../drivers/slot-lamp/protocol.ts';
import type { FuzzTarget } from '../target.ts';
import { missingIn } from '../target.ts';

const messages: FuzzTarget<BoardMessage> = {
  name: 'slot-lamp',
  weight: 2,
  mostPendingBytes: MESSAGE_BYTES - 1,
  heads: ['I', 'I(', 'O(00', 'I(00,01,'].map((text) => Buffer.from(text)),
  open: () => new MessageDecoder(),
  sample(random) {
    const message: BoardMessage = {
      direction: random.of(['I', 'O']),
      channel: random.below(100),
      value: random.below(10),
    };
    return { bytes: encodeMessage(message), means: [message] };
  },
  complaint: (stream, found) => missingIn(stream, found, (message) => [encodeMessage(message)]),
};

export const slotLamp: readonly FuzzTarget<BoardMessage>[] = [messages];
