import { MOST_CODE_BYTES } from '../../../drivers/line-scanner/limits.ts';
import manifest from '../../../drivers/line-scanner/manifest.json' with { type: 'json' };
import type { LineCode } from '../../../drivers/line-scanner/protocol.ts';
import { encodeLine, LineDecoder } from '../../../drivers/line-scanner/protocol.ts';
import type { SeededRandom } from '../../../src/devices/faults/random.ts';
import type { FuzzTarget } from '../target.ts';
import { missingIn } from '../target.ts';

/** Bytes of a code that holds no end and no beginning of an identifier: a line of text cannot tell those. */
export const codeBytes = (random: SeededRandom, most: number): Uint8Array =>
  random.bytes(1 + random.below(most)).map((byte) => ([0x0d, 0x0a, 0x02, 0x5d].includes(byte) ? 0x2a : byte));

export const lineScanner = Object.entries(manifest.profiles).map(([name, format]): FuzzTarget<LineCode> => ({
  name: `line-scanner ${name}`,
  weight: 1,
  mostPendingBytes: MOST_CODE_BYTES + format.end.length,
  heads: [']', ']Q1', '\r', '\n', format.end].map((text) => Buffer.from(text)),
  open: () => new LineDecoder(format),
  sample(random) {
    const bytes = codeBytes(random, 60);
    const code: LineCode = format.aim ? { bytes, symbology: random.of(['Q1', 'C0', 'z0']) } : { bytes };
    return { bytes: encodeLine(format, code), means: [code] };
  },
  complaint(stream, found) {
    if (found.some(({ bytes }) => bytes.length === 0 || bytes.length > MOST_CODE_BYTES))
      return 'a code of no possible length';
    return missingIn(stream, found, (code) => [encodeLine(format, code)]);
  },
}));
