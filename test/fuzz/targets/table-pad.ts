import { profileNamed, profileNames } from '../../../drivers/table-pad/profile.ts';
import type { PadProfile } from '../../../drivers/table-pad/profile.ts';
import type { PadFrame } from '../../../drivers/table-pad/protocol.ts';
import {
  encodeAcknowledgement,
  encodeAnswer,
  encodeCommand,
  encodeFrame,
  encodePress,
  FrameDecoder,
  hostTemplates,
  readFromHost,
  readFromPad,
} from '../../../drivers/table-pad/protocol.ts';
import type { FuzzTarget } from '../target.ts';
import { missingIn } from '../target.ts';

/** Fixed bytes that a frame begins with, and the longest that a decoder may have to wait for. */
function common(profile: PadProfile): Pick<FuzzTarget, 'weight' | 'heads' | 'mostPendingBytes'> {
  const fixed = profile.frame.filter((part) => typeof part === 'number');
  return {
    weight: 1,
    heads: [Uint8Array.from(fixed.slice(0, 1)), Uint8Array.from(fixed.slice(0, 2))],
    mostPendingBytes: profile.frame.length + profile.longestData,
  };
}

/** What a pad sends. A frame that says something says it back byte for byte. */
const fromPad = (name: string): FuzzTarget<PadFrame> => {
  const profile = profileNamed(name);
  return {
    ...common(profile),
    name: `table-pad ${name}`,
    open: () => new FrameDecoder(profile),
    sample(random) {
      const data = random.bytes(random.below(profile.longestData + 1));
      const press: PadFrame = { address: profile.address, function: profile.press, data: random.bytes(1) };
      const frame = random.of([press, { address: random.below(256), function: random.below(256), data }]);
      return { bytes: encodeFrame(profile, frame), means: [frame] };
    },
    complaint(stream, found) {
      for (const frame of found) {
        const said = readFromPad(profile, frame);
        const again = said?.kind === 'press' ? encodePress(profile, said.key) : said && encodeAnswer(profile);
        if (again && !Buffer.from(again).equals(encodeFrame(profile, frame))) return 'a press that was not sent';
      }
      return missingIn(stream, found, (frame) => [encodeFrame(profile, frame)]);
    },
  };
};

/** What a host sends: commands, and acknowledgements that may have a frame of their own. */
const toPad = (name: string): FuzzTarget<PadFrame> => {
  const profile = profileNamed(name);
  const templates = hostTemplates(profile);
  const names = (['start', 'stars', 'number', 'beep'] as const).filter((one) => profile.commands[one]);
  const ways = (frame: PadFrame): readonly Uint8Array[] => templates.map((one) => encodeFrame(profile, frame, one));
  return {
    ...common(profile),
    name: `table-pad ${name}, commands`,
    open: () => new FrameDecoder(profile, templates),
    sample(random) {
      const acknowledgement = random.below(2) === 0 ? encodeAcknowledgement(profile, random.below(256)) : undefined;
      const bytes = acknowledgement ?? encodeCommand(profile, random.of(names), random.below(100_000));
      return { bytes, means: new FrameDecoder(profile, templates).push(bytes) };
    },
    complaint(stream, found) {
      for (const frame of found) {
        const said = readFromHost(profile, frame);
        if (!said) continue;
        const again =
          said.kind === 'command'
            ? encodeCommand(profile, said.name, said.value)
            : encodeAcknowledgement(profile, said.key ?? 0);
        if (!again || !ways(frame).some((way) => Buffer.from(way).equals(again))) return 'a command that was not sent';
      }
      return missingIn(stream, found, ways);
    },
  };
};

export const tablePad = profileNames.flatMap((name) => [fromPad(name), toPad(name)]);
