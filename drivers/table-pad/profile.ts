import { z } from 'zod';
import { ratingLevel } from '../../src/domain/rating.ts';
import manifest from './manifest.json' with { type: 'json' };
import fiveKeySample from './profiles/five-key-aa55.json' with { type: 'json' };
import fiveKey from './profiles/five-key-ff68.json' with { type: 'json' };
import fourKey from './profiles/four-key-ff68.json' with { type: 'json' };

const hexByte = z.string().regex(/^[0-9A-F]{2}$/u);
const byte = hexByte.transform((hex) => Number.parseInt(hex, 16));
const bytes = z
  .string()
  .regex(/^(?:[0-9A-F]{2})*$/u)
  .transform((hex) => Uint8Array.from(hex.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16)));

const fieldNames = ['length', 'address', 'function', 'data', 'checksum'] as const;
const field = z.enum(fieldNames);
export type FrameField = z.infer<typeof field>;

const template = z.array(z.union([field, byte]));
/** A frame from first to last byte: fixed bytes and fields. Each field is one byte, `data` none or more, a CRC two. */
export type FrameTemplate = z.infer<typeof template>;

const command = z.strictObject({
  function: byte,
  data: bytes,
  /** So many decimal digits of the value follow the data, one byte each (0 to 9), most significant first. */
  digits: z.int().min(1).max(8).optional(),
});

/** What a pad speaks, as a table. Two hex digits stand for one byte. */
const padProfile = z
  .strictObject({
    frame: template,
    /** What the length field counts. */
    lengthCounts: z.array(field).min(1),
    /**
     * Over every byte of these fields. `sum8`: sum modulo 256; `xor8`: exclusive or; `crc16`: CRC-16 with the low byte first
     * (Modbus over Serial Line 1.02, 6.2.2).
     */
    checksum: z.strictObject({ rule: z.enum(['sum8', 'xor8', 'crc16']), over: z.array(field).min(1) }),
    /** A longer data field is noise. */
    longestData: z.int().positive(),
    /** Which of the pads on one line it is as it comes from its maker; the configuration may name another. */
    address: byte,
    /** Those that the pad has. `start` lights it and asks for a rating. */
    commands: z.strictObject({
      start: command,
      stars: command.optional(),
      number: command.optional(),
      beep: command.optional(),
    }),
    /** The frame that answers each command, in which time, and how often a command without an answer is sent again. */
    answer: z
      .strictObject({ function: byte, data: bytes, withinMs: z.int().positive(), retries: z.int().min(0).max(5) })
      .optional(),
    /** What a pad that answers is asked to learn whether it is there. */
    probe: z.strictObject({ command: z.enum(['stars', 'number', 'beep']), value: z.int().nonnegative() }).optional(),
    /** Function of a press, whose data is the raw key. */
    press: byte,
    /** The host's word that a press was taken, with the key in it or without; some pads want it in a frame of its own. */
    acknowledge: z
      .strictObject({ function: byte, data: z.enum(['key', 'none']), frame: template.optional() })
      .optional(),
    /** Without an acknowledgement the press is sent again after so long, at most so often. */
    repeat: z.strictObject({ afterMs: z.int().positive(), times: z.int().min(0).max(20) }),
    /** Raw key to level. Levels without a key are offered on the screen only. */
    keys: z.record(hexByte, ratingLevel),
  })
  .check((context) => {
    for (const message of mistakesOf(context.value)) {
      context.issues.push({ code: 'custom', message, input: context.value });
    }
  });
export type PadProfile = z.infer<typeof padProfile>;

function mistakesOf(profile: z.input<typeof padProfile> | PadProfile): string[] {
  const { lengthCounts, checksum, keys, acknowledge, answer, probe, commands } = profile;
  const mistakes = [
    ...mistakesOfFrame(profile.frame),
    ...(acknowledge?.frame ? mistakesOfFrame(acknowledge.frame) : []),
  ];
  if (!lengthCounts.includes('data')) mistakes.push('the length must count the data');
  if (checksum.over.includes('checksum')) mistakes.push('the checksum cannot cover itself');
  if (probe && !answer) mistakes.push('a pad that answers nothing cannot be asked');
  if (probe && !commands[probe.command]) mistakes.push('the pad is asked by a command that it has not');
  const levels = Object.values(keys);
  if (new Set(levels).size !== levels.length) mistakes.push('two keys mean the same level');
  return mistakes;
}

function mistakesOfFrame(frame: readonly unknown[]): string[] {
  const mistakes: string[] = [];
  for (const name of fieldNames.filter((one) => one !== 'length')) {
    if (frame.filter((part) => part === name).length !== 1) mistakes.push(`the frame needs one ${name}`);
  }
  if (!frame.includes('length')) mistakes.push('the frame needs a length');
  if (frame.indexOf('length') > frame.indexOf('data')) mistakes.push('the length must stand before the data');
  if (fieldNames.some((name) => name === frame[0])) mistakes.push('the frame must begin with a fixed byte');
  return mistakes;
}

/** Throws a ZodError that names the wrong place. */
export const parsePadProfile = (table: unknown): PadProfile => padProfile.parse(table);

const tables = {
  'four-key-ff68': parsePadProfile(fourKey),
  'five-key-ff68': parsePadProfile(fiveKey),
  'five-key-aa55': parsePadProfile(fiveKeySample),
} as const;

const profiles = z
  .record(
    z.string(),
    z.strictObject({
      table: z.literal(Object.keys(tables) as (keyof typeof tables)[]),
      /** The framing that the configuration of a HID link needs. */
      framing: z.enum(['unnumbered-64', 'length-prefixed-64', 'numbered', 'ch9325', 'cp2110']).optional(),
    }),
  )
  .parse(manifest.profiles);
export const profileNames: readonly string[] = Object.keys(profiles);

/**
 * The table of a profile, for the pad with that address on the line. Throws for a name that the manifest does not have: the
 * configuration was checked against {@link profileNames} before.
 */
export function profileNamed(name: string, address?: number): PadProfile {
  const profile = profiles[name];
  if (!profile) throw new Error(`table-pad has no profile ${name}`);
  const table = tables[profile.table];
  return address === undefined ? table : { ...table, address };
}

/** How the reports of a HID pad are framed; nothing for a pad on a serial line. */
export const framingOf = (name: string): string | undefined => profiles[name]?.framing;
