import { profileNamed, profileNames } from '../../../drivers/table-pad/profile.ts';
import type { PadFrame } from '../../../drivers/table-pad/protocol.ts';
import {
  acknowledgementOf,
  encodeFrame,
  FrameDecoder,
  levelOfKey,
  pressedKey,
} from '../../../drivers/table-pad/protocol.ts';
import type { FuzzTarget } from '../target.ts';
import { missingIn } from '../target.ts';

export const tablePad = profileNames.map((name): FuzzTarget<PadFrame> => {
  const profile = profileNamed(name);
  const fixed = profile.frame.filter((part) => typeof part === 'number');
  return {
    name: `table-pad ${name}`,
    weight: 2,
    mostPendingBytes: profile.frame.length - 1 + profile.longestData,
    heads: [Uint8Array.from(fixed.slice(0, 1)), Uint8Array.from(fixed.slice(0, 2))],
    open: () => new FrameDecoder(profile),
    sample(random) {
      const data = random.bytes(random.below(profile.longestData + 1));
      const code = random.of([profile.press.function, profile.press.acknowledge, random.below(256)]);
      const frame: PadFrame = { address: random.of([profile.address, random.below(256)]), function: code, data };
      return { bytes: encodeFrame(profile, frame), means: [frame] };
    },
    complaint(stream, found) {
      for (const frame of found) {
        const key = pressedKey(profile, frame);
        if (key === undefined) continue;
        if (frame.address !== profile.address) return 'the press of another pad';
        // Nothing but that it does no harm: what a key means is a table.
        levelOfKey(profile, key);
        acknowledgementOf(profile, frame);
      }
      return missingIn(stream, found, (frame) => [encodeFrame(profile, frame)]);
    },
  };
});
