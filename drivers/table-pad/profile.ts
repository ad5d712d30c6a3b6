import { z } from 'zod';
import { ratingLevel } from '../../src/domain/rating.ts';
import manifest from './manifest.json' with { type: 'json' };
import fiveKey from './profiles/five-key-aa55.json' with { type: 'json' };
import fourKey from './profiles/four-key-ff68.json' with { type: 'json' };

const byte = z
  .string()
  .regex(/^[0-9A-F]{2}$/u)
  .transform((hex) => Number.parseInt(hex, 16));
const bytes = z
  .string()
  .regex(/^(?:[0-9A-F]{2})*$/u)
  .transform((hex) => Uint8Array.from(hex.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16)));

const fieldNames = ['length', 'address', 'function', 'data', 'checksum'] as const;
const field = z.enum(fieldNames);
export type FrameField = z.infer<typeof field>;

const command = z.strictObject({
  function: byte,
  data: bytes,
  /** So many decimal digits follow the data, one byte each (0 to 9), most significant first. */
  digits: z.int().positive().optional(),
});

/** What a pad speaks, as a table. Two hex digits stand for one byte. */
const padProfile = z
  .strictObject({
    /** The frame from first to last byte: fixed bytes and fields. Each field is one byte, `data` none or more. */
    frame: z.array(z.union([field, byte])),
    /** What the length field counts. */
    lengthCounts: z.array(field).min(1),
    /** `sum8`: sum modulo 256; `xor8`: exclusive or. Over every byte of these fields. */
    checksum: z.strictObject({ rule: z.enum(['sum8', 'xor8']), over: z.array(field).min(1) }),
    /** A longer data field is noise. */
    longestData: z.int().positive(),
    /** Which of the pads on one line is ours. */
    address: byte,
    commands: z.strictObject({ start: command, stars: command, number: command, beep: command }),
    /** The command that a pad answers with this frame; absent for a pad that answers nothing. */
    probe: z
      .strictObject({
        command: z.enum(['stars', 'beep']),
        answer: z.strictObject({ function: byte, data: bytes }),
      })
      .optional(),
    /** A press is a frame with this function and the raw key as data; its acknowledgement is the same frame with the other function. */
    press: z.strictObject({ function: byte, acknowledge: byte }),
    /** Raw key to level. Levels without a key are offered on the screen only. */
    keys: z.record(z.string().regex(/^[0-9A-F]{2}$/u), ratingLevel),
  })
  .check((context) => {
    for (const message of mistakesOf(context.value)) {
      context.issues.push({ code: 'custom', message, input: context.value });
    }
  });
export type PadProfile = z.infer<typeof padProfile>;

function mistakesOf({ frame, lengthCounts, checksum, keys }: z.input<typeof padProfile> | PadProfile): string[] {
  const mistakes: string[] = [];
  for (const name of fieldNames.filter((one) => one !== 'length')) {
    if (frame.filter((part) => part === name).length !== 1) mistakes.push(`the frame needs one ${name}`);
  }
  if (frame.includes('length') && frame.indexOf('length') > frame.indexOf('data')) {
    mistakes.push('the length must stand before the data');
  }
  if (!frame.includes('length')) mistakes.push('the frame needs a length');
  if (isField(frame[0])) mistakes.push('the frame must begin with a fixed byte');
  if (!lengthCounts.includes('data')) mistakes.push('the length must count the data');
  if (checksum.over.includes('checksum')) mistakes.push('the checksum cannot cover itself');
  const levels = Object.values(keys);
  if (new Set(levels).size !== levels.length) mistakes.push('two keys mean the same level');
  return mistakes;
}

const isField = (part: unknown): boolean => fieldNames.some((name) => name === part);

/** Throws a ZodError that names the wrong place. */
export const parsePadProfile = (table: unknown): PadProfile => padProfile.parse(table);

const profiles: ReadonlyMap<string, PadProfile> = new Map([
  ['four-key-ff68', parsePadProfile(fourKey)],
  ['five-key-aa55', parsePadProfile(fiveKey)],
]);
export const profileNames: readonly string[] = manifest.profiles;

/** Throws for a name that the manifest does not have: the configuration was checked against {@link profileNames} before. */
export function profileNamed(name: string): PadProfile {
  const profile = profiles.get(name);
  if (!profile) throw new Error(`table-pad has no profile ${name}`);
  return profile;
}
