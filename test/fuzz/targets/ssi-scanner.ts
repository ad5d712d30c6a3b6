import { MOST_CODE_BYTES } from '../../../drivers/ssi-scanner/limits.ts';
import type { Found } from '../../../drivers/ssi-scanner/protocol.ts';
import {
  CodeAssembler,
  encodePacket,
  MOST_PACKET_BYTES,
  opcode,
  PacketDecoder,
  packetsOfCode,
} from '../../../drivers/ssi-scanner/protocol.ts';
import type { FuzzTarget, Sample } from '../target.ts';
import { missingIn } from '../target.ts';
import type { SeededRandom } from '../../../src/devices/faults/random.ts';

const opcodes = Object.values(opcode);

function sample(random: SeededRandom): Sample<Found> {
  const packets =
    random.below(3) === 0
      ? packetsOfCode({ symbology: random.below(256), bytes: random.bytes(random.below(800)) })
      : [
          {
            opcode: random.of(opcodes),
            source: random.below(5),
            status: random.below(256),
            data: random.bytes(random.below(30)),
          },
        ];
  return {
    bytes: Buffer.concat(packets.map((packet) => encodePacket(packet))),
    means: packets.map((packet) => ({ kind: 'packet', packet })),
  };
}

const packets: FuzzTarget<Found> = {
  name: 'ssi-scanner',
  weight: 4,
  mostPendingBytes: MOST_PACKET_BYTES,
  heads: ['04', '04d0', 'fff3', 'ff73', 'ff73020000f3', '05d1'].map((hex) => Buffer.from(hex, 'hex')),
  open: () => new PacketDecoder(),
  sample,
  complaint(stream, found) {
    const whole = found.flatMap((one) => (one.kind === 'packet' ? [one.packet] : []));
    const assembler = new CodeAssembler();
    const carried = Buffer.concat(whole.map(({ data }) => data));
    for (const packet of whole) {
      const reception = assembler.take(packet);
      if (reception.kind !== 'code') continue;
      const { bytes } = reception.decoded;
      if (bytes.length > MOST_CODE_BYTES) return 'a code longer than any';
      // The first bytes, which stand in one segment whatever the length.
      if (carried.indexOf(bytes.subarray(0, 200)) === -1) return 'a code that no packet carries';
    }
    return missingIn(stream, whole, (packet) => [encodePacket(packet)]);
  },
};

export const ssiScanner: readonly FuzzTarget<Found>[] = [packets];
