import { profileNamed, profileNames } from '../../../drivers/table-pad/profile.ts';
import type { PadFrame } from '../../../drivers/table-pad/protocol.ts';
import { encodeFrame, FrameDecoder } from '../../../drivers/table-pad/protocol.ts';
import type { FuzzTarget } from '../target.ts';
import { missingIn } from '../target.ts';

export const tablePad = profileNames.map((name): FuzzTarget<PadFrame> => {
  const profile = profileNamed(name);
  const fixed = profile.frame.filter((part) => typeof part === 'number');
  return {
    name: `table-pad ${name}`,
    weight: 2,
    mostPendingBytes: profile.frame.length + profile.longestData,
    heads: [Uint8Array.from(fixed.slice(0, 1)), Uint8Array.from(fixed.slice(0, 2))],
    open: () => new FrameDecoder(profile),
    sample(random) {
      const data = random.bytes(random.below(profile.longestData + 1));
      const address = random.of([profile.address, random.below(256)]);
      const frame: PadFrame = { address, function: random.below(256), data };
      return { bytes: encodeFrame(profile, frame), means: [frame] };
    },
    complaint: (stream, found) => missingIn(stream, found, (frame) => [encodeFrame(profile, frame)]),
  };
});
